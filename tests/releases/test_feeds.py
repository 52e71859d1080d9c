"""Feeds of changes, as readers could see them."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from models_catalog.actions.claims import accept_claim, reject_claim
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.queries import changes
from tests.factories import make_claim, make_entry

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))


def get(client: Client, query: str = "") -> Any:
    return client.get(f"/feeds/changes.json{query}").json()


def told(answer: Any) -> list[tuple[str, str, str | None]]:
    return [(one["of"], one["action"], one["field"]) for one in answer["results"]]


def test_new_entry_is_told_with_its_claims(client: Client) -> None:
    make_entry()
    assert told(get(client)) == [
        ("entry", "added", None), ("claim", "added", "name"), ("claim", "added", "kind"),
    ]  # fmt: skip


def test_cursor_tells_only_what_came_after(client: Client) -> None:
    entry = make_entry()
    cursor = get(client)["cursor"]
    assert get(client, f"?since={cursor}")["results"] == []
    claim = make_claim(entry, Field.NAME, text="文心", token=NameKind.SHORT, status=Status.PROPOSED)
    assert get(client, f"?since={cursor}")["results"] == []
    accept_claim(claim=claim, reviewer="editors")
    after = told(get(client, f"?since={cursor}"))
    assert sorted(after) == [("claim", "added", "name"), ("entry", "changed", None)]


def test_pages_of_changes_meet_each_once(client: Client) -> None:
    for name in ("甲", "乙", "丙"):
        make_entry(name)
    whole = [one["cursor"] for one in get(client)["results"]]
    answer = get(client, "?limit=4")
    met = [one["cursor"] for one in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        met += [one["cursor"] for one in answer["results"]]
    assert (met, len(set(met))) == (whole, 9)


def test_withdrawn_claim_is_told(client: Client) -> None:
    entry = make_entry(aliases=["文心"])
    cursor = get(client)["cursor"]
    reject_claim(claim=entry.claims.get(text="文心"), reviewer="editors")
    assert ("claim", "removed", "name") in told(get(client, f"?since={cursor}"))


@pytest.mark.parametrize("query", ["?since=nonsense", "?limit=0", "?limit=501", "?sinse=x", "?since=%00"])
def test_what_is_mistyped_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/feeds/changes.json{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_atom_is_well_formed_and_newest_first(client: Client) -> None:
    make_entry()
    feed = ElementTree.fromstring(client.get("/en/feeds/changes.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[-1] == "文心一言: entered the registry"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 3
