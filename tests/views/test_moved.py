"""Old addresses: whatever stands below a merged entry leads to the same of the kept one, at once, until the merge is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from models_catalog.claims.merge import merge_entries, undo_merge
from models_catalog.models import Claim, Entry, Merge
from models_catalog.models.vocabulary import Openness
from tests.factories import make_entry
from tests.history.test_as_of import history_moved_back
from tests.once import once

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)
PARTS = ["/models/{}/history/", "/models/{}/cite/"]
"""Pages that take nothing but a day."""
BELOW = [
    "/models/{}/", "/models/{}/cite.bib", "/models/{}/cite.txt", "/models/{}/report/", "/models/{}/history/", "/models/{}/cite/",
    "/compare/?model={}&model=third",
    "/compare.csv?model={}&model=third", "/compare.json?model={}&model=third", "/compare/cite.bib?model={}&model=third",
    "/api/v1/models/{}/",
]  # fmt: skip
"""Everything that is addressed by the slug of an entry."""


def _make_claim() -> Claim:
    make_entry("第三", slug="third")
    return make_entry("文心", slug="old", openness=Openness.CLOSED).claims.get(field="openness")


def _make_merge() -> Merge:
    kept = make_entry("文心一言", slug="new", openness=Openness.OPEN)
    return merge_entries(kept=kept, merged=_make_claim().entry, by="admin")


shared_merge = once(_make_merge)


@pytest.fixture
def merge(shared_merge: Merge, db: None) -> Merge:
    return Merge.objects.get(pk=shared_merge.pk)


def led(client: Client, address: str, **more: Any) -> tuple[int, str]:
    response = client.get(address, **more)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("prefix", ["", "/zh", "/en"])
@pytest.mark.parametrize("address", BELOW)
def test_every_address_leads_on(client: Client, merge: Merge, address: str, prefix: str) -> None:
    assert led(client, prefix + address.format("old")) == (301, prefix + address.format("new"))


@pytest.mark.parametrize("address", BELOW)
def test_the_query_is_kept(client: Client, merge: Merge, address: str) -> None:
    # A page keeps what it takes; a file and the API refuse what they do not.
    page = "?sort=name" if address == "/models/{}/" else "?fields=slug"
    page = "" if address in PARTS else page
    query = "&only=differences" if "compare" in address else page
    assert led(client, address.format("old") + query) == (301, address.format("new") + query)


@pytest.mark.parametrize("address", BELOW)
def test_several_merges_are_one_step(client: Client, merge: Merge, address: str) -> None:
    merge_entries(kept=make_entry("最后", slug="last"), merged=Entry.objects.get(slug="new"), by="admin")
    assert led(client, address.format("old")) == (301, address.format("last"))


@pytest.mark.parametrize("address", BELOW)
def test_no_browser_goes_on_without_asking_and_undoing_gives_the_address_back(
    client: Client, merge: Merge, address: str
) -> None:
    assert client.get(address.format("old"))["Cache-Control"] == "no-cache"
    undo_merge(merge=merge, by="admin")
    assert client.get(address.format("old")).status_code == 200


def test_what_is_sent_is_sent_on(client: Client, merge: Merge) -> None:
    response = client.post("/models/old/report/", {"field": "kind"})
    assert (response.status_code, response["Location"]) == (308, "/models/new/report/")


def test_a_claim_leads_to_itself_under_its_new_key(client: Client, merge: Merge) -> None:
    claim = Claim.objects.get(token="closed")
    old_key = merge.moved["claims"][str(claim.pk)]["key"]
    assert claim.key != old_key
    new = f"/api/v1/claims/new/{claim.key}/"
    assert led(client, f"/api/v1/claims/old/{old_key}/?fields=key") == (301, f"{new}?fields=key")
    assert client.get(new).json()["value"] == "closed"


def test_claims_of_the_old_address_are_those_of_the_kept_entry(client: Client, merge: Merge) -> None:
    found = [client.get(f"/api/v1/claims/?model={slug}").json()["results"] for slug in ("old", "new")]
    assert found[0] == found[1] != []


@pytest.fixture
def merged_today() -> None:
    claim = _make_claim()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with history_moved_back(2):
        kept = make_entry("文心一言", slug="new")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    merge_entries(kept=kept, merged=claim.entry, by="admin")


def test_the_past_shows_the_old_entry_as_it_stood(client: Client, merged_today: None) -> None:
    page = client.get("/models/old/", {"as_of": YESTERDAY.isoformat()})
    assert (page.status_code, page.context["entry"].name_zh) == (200, "文心")


@pytest.mark.parametrize("address", BELOW[:3] + BELOW[4:8])
def test_a_day_after_the_merge_goes_along(client: Client, merge: Merge, address: str) -> None:
    query = ("&" if "?" in address else "?") + f"as_of={timezone.localdate()}"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with history_moved_back(1):
        pass
    assert led(client, address.format("old") + query) == (301, address.format("new") + query)
