"""An import, its acceptance, and the undoing of either are one item of the feed each; what only waits is none."""

from datetime import timedelta

import pytest
from django.test import Client

from models_catalog.history import changes
from models_catalog.intake.tables.accept import Scope, decide_on_import, outlook
from models_catalog.intake.tables.undo import since_applied, undo_import
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field, Status
from tests.decisions import reject_claim
from tests.factories import make_developer, make_entry
from tests.imports.test_import import apply, batch_of
from tests.releases.test_feeds import get, titles

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "公司,大模型\n度小满,轩辕\n旷视,太乙\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))


def test_an_import_and_its_undoing_are_one_item_each(client: Client) -> None:
    batch = apply(batch_of(TABLE, Status.ACCEPTED))
    slug = batch.source.slug if batch.source else ""
    first = titles(client, "en")
    assert list(first.values()) == ["Import of a.csv: 2 entries, 2 developers, 4 claims"]
    assert f"/en/models/?source={slug}" in client.get("/en/feeds/changes.atom").content.decode()
    undo_import(batch=batch, by="curator")
    both = titles(client, "en")
    assert next(iter(both.values())) == "The import of a.csv was undone: 2 entries, 2 developers, 4 claims"
    assert list(both.items())[1:] == list(first.items())


def test_what_an_import_only_proposes_is_not_told(client: Client) -> None:
    batch = apply(batch_of(TABLE, Status.PROPOSED))
    assert (titles(client, "en"), get(client)["results"]) == ({}, [])
    undo_import(batch=batch, by="curator")
    assert (titles(client, "en"), get(client)["results"]) == ({}, [])


def test_accepting_an_import_and_taking_that_back_are_one_item_each(client: Client) -> None:
    batch = apply(batch_of(TABLE, Status.PROPOSED))
    decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ALL).version)
    assert list(titles(client, "en").values()) == [
        "Accepted together, of the import of a.csv: 2 entries, 4 claims"
    ]
    batch.refresh_from_db()
    decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ACCEPTED).version)
    assert list(titles(client, "en").values())[:-1] == [
        "Waiting again, of the import of a.csv: 2 entries, 4 claims"
    ]


def test_claims_that_wait_for_the_name_of_their_entry_are_not_counted(client: Client) -> None:
    batch = apply(batch_of(TABLE, Status.PROPOSED))
    reject_claim(claim=Claim.objects.get(entry__slug="taiyi", field=Field.NAME), reviewer="editors")
    decide_on_import(batch=batch, by="curator", seen=outlook(batch, Scope.ALL).version)
    assert Claim.objects.accepted().count() == 3
    batch.refresh_from_db()
    undo_import(batch=batch, by="curator", seen=since_applied(batch).version)
    assert list(titles(client, "en").values()) == [
        "The import of a.csv was undone: 1 entry, 1 developer, 2 claims",
        "Accepted together, of the import of a.csv: 1 entry, 2 claims",
    ]


def test_what_is_decided_one_by_one_stays_an_item(client: Client) -> None:
    make_entry("文心一言")
    make_developer("百度")
    apply(batch_of(TABLE, Status.ACCEPTED))
    assert len(titles(client, "en")) == 6
