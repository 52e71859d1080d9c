"""Pages put together from what was kept of each entry are the pages that are made with nothing kept."""

import random
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from models_catalog.catalog.index import current as index
from models_catalog.catalog.index import pieces
from models_catalog.catalog.index.pieces import Pieces
from models_catalog.claims.merge_developers import merge_developers
from models_catalog.models import Developer, Source
from tests.index.test_follows import CHANGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_many")]

QUERIES = [
    ("", "", "", "known_by=2030-01-01"),
    ("", "sort=-parameters", "sort=developer"),
    ("", "page=2", "q=文心", "q=公司1", "sector=jinrong"),
    ("", "kind=model", "developer=d1&developer=d2", "parameters_min=60亿&include_unstated=1"),
]


def _addresses() -> list[str]:
    """Thirty addresses of chance, the same ones each time."""
    chance = random.Random(19)
    return [
        f"{chance.choice(['', '/zh', '/en'])}/models/?{'&'.join(filter(None, map(chance.choice, QUERIES)))}"
        for _ in range(30)
    ]


ADDRESSES = _addresses()


def cite_another() -> None:
    Source.objects.update(publisher_zh="另一家", position=7)


def merge() -> None:
    kept, merged = (Developer.objects.get(slug=slug) for slug in ("d1", "d2"))
    merge_developers(kept=kept, merged=merged, by="admin")


def pages(client: Client, addresses: list[str]) -> list[bytes]:
    return [client.get(address).content for address in addresses]


@pytest.mark.parametrize("change", [*CHANGES, cite_another, merge])
def test_pages_put_together_are_the_pages_made_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]
) -> None:
    asked = ["/models/", "/en/models/?known_by=2030-01-01", "/en/models/?q=公司1"]
    pages(client, asked)
    change()
    found = pages(client, asked)
    monkeypatch.setattr(pieces, "MOST", 0)
    index._states.clear()
    assert found == pages(client, asked)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_kept_parts_is_the_first_one(client: Client, address: str) -> None:
    index._states.clear()
    assert client.get(address).content == client.get(address).content


def test_nothing_is_read_of_an_entry_that_is_kept(client: Client) -> None:
    client.get("/models/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/models/?sort=name")
    assert [one for one in asked if "models_catalog_claim" in one["sql"]] == []


def test_the_oldest_pieces_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST", 10)
    kept = Pieces()
    for pk in (1, 2, 3):
        kept.keep({(pk, "en"): ("12345",)})
    assert kept.get([(pk, "en") for pk in (1, 2, 3)]).keys() == {2, 3}


def test_a_state_that_is_gone_leaves_nothing_to_the_next() -> None:
    """A thread that is slower than a change adds what it read to the state that it works on."""
    kept = Pieces()
    following = kept.without({1})
    kept.keep({(1, "en"): ("old",)})
    assert following.get([(1, "en")]) == {}
