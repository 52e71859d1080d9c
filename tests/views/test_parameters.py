"""What others hang on an address changes nothing: it is dropped, and no link, form or key of the cache carries it on."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.pages.http.public import PAGES
from tests.factories import make_entry
from tests.once import once

pytestmark = pytest.mark.django_db

HUNG_ON = "utm_source=weibo&fbclid=x&from=singlemessage&isappinstalled=0"
PATHS = [
    "/", "/models/", "/models/?q=文心", "/models/wenxin/", "/developers/", "/sectors/", "/sources/", "/market/", "/about/",
    "/compare/?model=wenxin&model=pangu", "/charts/", "/charts/stage/", "/charts/stage/?embed=1", "/data/", "/releases/", "/data/api/",
    "/models/wenxin/report/", "/feeds/changes.atom",
]  # fmt: skip


def _make_entries() -> None:
    make_entry("文心", slug="wenxin", developers=["百度"])
    make_entry("盘古", slug="pangu")


shared_entries = once(_make_entries)


@pytest.fixture(autouse=True)
def _entries(shared_entries: None, db: None) -> None:
    """Each test of this file sees them."""


def hung(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{HUNG_ON}"


@pytest.mark.parametrize("path", PATHS)
def test_what_is_hung_on_an_address_is_dropped(client: Client, path: str) -> None:
    response = client.get(hung(path))
    text = response.content.decode()
    assert (response.status_code, [one for one in ("utm_", "fbclid", "singlemessage") if one in text]) == (
        200,
        [],
    )


@pytest.mark.parametrize("path", PATHS[:5])
def test_it_is_the_same_page_and_kept_once(client: Client, settings: Any, path: str) -> None:
    settings.PAGES_IN_MEMORY_BYTES = 1_000_000
    plain = client.get(path)
    kept = len(PAGES._pages)
    found = client.get(hung(path))
    assert (found.content, found["ETag"], len(PAGES._pages)) == (plain.content, plain["ETag"], kept)


def test_links_carry_no_empty_parameter(client: Client) -> None:
    form = "q=文心&parameters_min=&parameters_max=&released_from=&released_to=&certainty=&sort=&category="
    text = client.get(f"/models/?{form}").content.decode()
    assert ("parameters_min=" in text, '/models/wenxin/?q=%E6%96%87%E5%BF%83"' in text) == (False, True)


def test_a_page_that_is_none_carries_nothing_on(client: Client) -> None:
    assert "utm_" not in client.get(hung("/nothing/")).content.decode()


@pytest.mark.parametrize(
    "path", ["/models.csv", "/claims.json", "/api/v1/models/", "/charts/stage.json", "/compare.csv"]
)
def test_files_refuse_it(client: Client, path: str) -> None:
    assert client.get(hung(path)).status_code == 400
