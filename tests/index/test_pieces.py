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
from models_catalog.catalog.nearby import alike
from models_catalog.catalog.results import with_named
from models_catalog.claims.merge import merge_entries
from models_catalog.claims.merge_developers import merge_developers
from models_catalog.claims.settle import settle
from models_catalog.models import Claim, Developer, Entry, Source
from models_catalog.models.vocabulary import Field, Ruling
from tests.factories import make_claim
from tests.index.test_follows import CHANGES, rename_a_maker

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


def join(member: str, head: str) -> None:
    """Let a source say that `member` is part of `head`."""
    made = Entry.objects.get(slug=member)
    make_claim(made, Field.PARENT, parent=Entry.objects.get(slug=head))
    settle([made])


def leave() -> None:
    left = Entry.objects.get(slug="m11")
    Claim.objects.filter(entry=left, field=Field.PARENT).update(status="rejected", preferred=False)
    settle([left])


def merge_two() -> None:
    kept, merged = (Entry.objects.get(slug=slug) for slug in ("m7", "m12"))
    merge_entries(kept=kept, merged=merged, by="admin")


def assert_same(client: Client, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    """These pages as they come are the pages made with nothing kept."""
    found = pages(client, asked)
    monkeypatch.setattr(pieces, "MOST", 0)
    index._states.clear()
    assert found == pages(client, asked)


@pytest.mark.parametrize("change", [*CHANGES, cite_another, merge])
def test_pages_put_together_are_the_pages_made_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]
) -> None:
    asked = ["/models/", "/en/models/?known_by=2030-01-01", "/en/models/?q=公司1"]
    pages(client, asked)
    change()
    assert_same(client, monkeypatch, asked)


def name_what_waits(status: str = "accepted") -> None:
    head = Entry.objects.get(slug="m5")
    Claim.objects.filter(entry=head, field=Field.NAME).update(status=status, preferred=False)
    settle([head])


def dispute_that_it_is_of_what_waits(member: str) -> None:
    name_what_waits("proposed")
    made, head = (Entry.objects.get(slug=slug) for slug in (member, "m5"))
    make_claim(
        made, Field.PARENT, parent=head, status="disputed", preferred=False, ruling=Ruling.MORE_PRECISE
    )


FAMILIES = [lambda: join("m10", "m7"), lambda: join("m7", "m13"), leave, merge_two, name_what_waits]


@pytest.mark.parametrize("change", [*CHANGES[:5], rename_a_maker, cite_another, *FAMILIES])
def test_entries_and_charts_follow_all_that_they_name(
    client: Client, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]
) -> None:
    asked = [
        "/en/",
        "/models/m7/",
        "/en/models/m14/?sort=-parameters&kind=model",
        "/charts/stage/?kind=model",
        "/models/m11/",
        "/compare/?model=m11&model=m14",
    ]
    join("m11", "m7")
    join("m14", "m11")
    dispute_that_it_is_of_what_waits("m11")
    pages(client, asked)
    change()
    assert_same(client, monkeypatch, asked)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_kept_parts_is_the_first_one(client: Client, address: str) -> None:
    index._states.clear()
    assert client.get(address).content == client.get(address).content


def test_nothing_is_read_of_an_entry_that_is_kept(client: Client) -> None:
    client.get("/models/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/models/?sort=name")
    assert [one for one in asked if "models_catalog_claim" in one["sql"]] == []


def test_claims_name_the_rows_in_memory_that_the_database_has() -> None:
    claims = Claim.objects.order_by("pk")
    joined = with_named(claims)
    with index.showing(index.current().version), CaptureQueriesContext(connection) as asked:
        found = with_named(claims, names_entries=False)
        named = [(one.source, one.developer, one.sector) for one in found]
    assert named == [(one.source, one.developer, one.sector) for one in joined]
    assert len(asked) == 1


def test_the_entries_near_one_are_those_that_the_database_has() -> None:
    for entry in Entry.objects.all():
        read = alike(entry)
        with index.showing(index.current().version):
            assert alike(entry) == read


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
