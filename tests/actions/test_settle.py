"""Entry columns follow accepted claims, and nothing else."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange

from models_catalog.claims.settle import settle
from models_catalog.models import Entry, SearchKey
from models_catalog.models.vocabulary import Answer, EventKind, Field, NameKind, Ruling, Status
from tests import factories as make

pytestmark = pytest.mark.django_db


def settled(entry: Entry) -> Entry:
    settle([entry])
    return Entry.objects.get(pk=entry.pk)


def test_settle_fills_columns_from_preferred_claims() -> None:
    entry = make.make_entry(parameters="2600亿", released="2023-03-16", category="general", openness="closed")
    assert entry.parameters == NumericRange(260_000_000_000, 260_000_000_001, "[)")
    assert entry.parameters_stated == "2600亿"
    assert (entry.released.lower, entry.released.upper) == (date(2023, 3, 16), date(2023, 3, 17))
    assert (entry.category, entry.openness, entry.stage) == ("general", "closed", "released")


def test_settle_leaves_proposed_and_disputed_claims_out() -> None:
    entry = make.make_entry()
    make.make_claim(entry, Field.OPENNESS, token="open", status=Status.PROPOSED)
    make.make_claim(entry, Field.CATEGORY, token="general", status=Status.DISPUTED, ruling=Ruling.CURATOR)
    found = settled(entry)
    assert (found.openness, found.category) == ("", "")


def test_settle_empties_a_column_whose_claim_was_rejected() -> None:
    entry = make.make_entry(parameters="2600亿")
    entry.claims.filter(field=Field.PARAMETERS).update(status=Status.REJECTED, preferred=False)
    found = settled(entry)
    assert (found.parameters, found.parameters_stated) == (None, "")


def test_settle_takes_a_plan_for_no_release() -> None:
    entry = make.make_entry(events={EventKind.PLANNED: "2023-05-06"})
    assert (entry.released, entry.stage) == (None, "planned")


def test_settle_keeps_corrupted_names_out_of_the_aliases_but_in_the_search() -> None:
    entry = make.make_entry("书生", aliases=[(NameKind.CORRUPTED, "墨客"), "书生大模型"])
    assert entry.aliases == ["书生大模型"]
    assert SearchKey.objects.filter(entry=entry, key="墨客").exists()


def test_settle_keeps_joint_developers_in_order() -> None:
    entry = make.make_entry(developers=["昆仑万维", "奇点智源"])
    names = [row.developer.name_zh for row in entry.entry_developers.all()]
    assert names == ["昆仑万维", "奇点智源"]


def test_settle_records_declared_absence() -> None:
    entry = make.make_entry()
    make.make_claim(entry, Field.PARAMETERS, words="未公开", answer=Answer.UNDISCLOSED)
    assert settled(entry).undisclosed == ["parameters"]


def test_settle_unlists_an_entry_without_an_accepted_name() -> None:
    entry = make.make_entry()
    entry.claims.update(status=Status.PROPOSED, preferred=False)
    assert not settled(entry).is_listed


def test_settle_twice_changes_nothing() -> None:
    entry = make.make_entry(parameters="62亿", developers=["清华大学"], sectors=["科研"])
    before = Entry.objects.values().get(pk=entry.pk)
    settle([entry])
    assert Entry.objects.values().get(pk=entry.pk) == before
