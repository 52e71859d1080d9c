"""Pages that are kept are the pages that would be made, and are gone when anything on them changes."""

from collections.abc import Callable
from gzip import decompress
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from models_catalog.models import Developer, MarketFigure
from models_catalog.pages.http.public import PageMemory
from tests.factories import make_developer, make_entry, make_figure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keeping(settings: Any) -> None:
    settings.PAGES_IN_MEMORY_BYTES = 1_000_000
    make_entry("文心", slug="wenxin", developers=["百度"])
    make_figure()


@pytest.mark.parametrize(
    "path", ["/models/", "/models/wenxin/", "/developers/", "/market/", "/", "/compare/?model=wenxin"]
)
def test_a_page_that_is_kept_takes_one_query(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    made = client.get(path)
    with django_assert_num_queries(1):
        kept = client.get(path)
    assert (kept.content, kept.headers) == (made.content, made.headers)


def test_a_page_is_compressed_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a reader who takes no compression gets the same page plain."""
    made = client.get("/models/", headers={"accept-encoding": "gzip"})
    monkeypatch.setattr("django.middleware.gzip.compress_string", None)
    kept = client.get("/models/", headers={"accept-encoding": "gzip"})
    assert (kept.content, kept.headers, kept["Content-Encoding"]) == (made.content, made.headers, "gzip")
    assert decompress(kept.content) == client.get("/models/").content


CHANGES: list[tuple[str, Callable[[], object], str]] = [
    ("/models/", lambda: make_entry("盘古"), "盘古"),
    ("/models/wenxin/", lambda: Developer.objects.update(name_zh="改名"), "改名"),
    ("/developers/", lambda: make_developer("无模型"), "无模型"),
    ("/market/", lambda: MarketFigure.objects.update(name_zh="别的数字"), "别的数字"),
]


@pytest.mark.parametrize(("path", "change", "words"), CHANGES)
def test_a_page_follows_what_it_shows(
    client: Client, path: str, change: Callable[[], object], words: str
) -> None:
    before = client.get(path).content.decode()
    change()
    assert (words in before, words in client.get(path).content.decode()) == (False, True)


def test_each_language_address_and_fragment_is_a_page_of_its_own(client: Client) -> None:
    asked: list[dict[str, Any]] = [
        {"path": "/models/"},
        {"path": "/models/", "headers": {"accept-language": "en"}},
        {"path": "/en/models/"},
        {"path": "/models/", "headers": {"hx-request": "true"}},
        {"path": "/models/?sort=-name"},
        {"path": "/models/", "headers": {"host": "localhost"}},
    ]
    first = [client.get(**one).content for one in asked]
    assert ([client.get(**one).content for one in asked], len(set(first))) == (first, len(asked))


@pytest.mark.parametrize("path", ["/models/?sectr=x", "/models/none/", "/models/?as_of=2026-01-01"])
def test_refusals_and_the_past_are_made_each_time(client: Client, path: str) -> None:
    assert client.get(path).content == client.get(path).content


def test_the_oldest_pages_make_room() -> None:
    pages = PageMemory()
    for name in ("a", "b", "c"):
        pages.keep(1, (name,), HttpResponse(b"x" * 40_000), most=100_000)  # type: ignore[arg-type]  # a whole number serves
    assert [name for name in ("a", "b", "c") if pages.get(1, (name,))] == ["b", "c"]  # type: ignore[arg-type]  # as above


def test_addresses_of_readers_count_too() -> None:
    """A page of a few bytes may have an address of thousands, and there may be many of them."""
    pages = PageMemory()
    for number in range(50):
        pages.keep(1, (f"{number:09000}",), HttpResponse(b"x"), most=100_000)  # type: ignore[arg-type]  # as above
    assert sum(pages.get(1, (f"{n:09000}",)) is not None for n in range(50)) == 9  # type: ignore[arg-type]


@pytest.mark.parametrize("charset", ["gb18030", "utf-7", "hex"])
def test_no_reader_gets_the_page_of_another_reading_of_his_address(client: Client, charset: str) -> None:
    client.get("/models/?q=文心", headers={"content-type": f"text/plain; charset={charset}"})
    assert "wenxin" in client.get("/models/?q=文心").content.decode()
