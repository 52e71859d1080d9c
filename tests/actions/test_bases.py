"""On what each value rests, as settling writes it and the files say it."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.claims.links import save_sector
from models_catalog.claims.settle import settle
from models_catalog.fields.declared import DECLARED
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Basis, EventKind, Field, Kind
from tests.factories import make_claim, make_entry, make_sector, make_source
from tests.views.test_exports import csv_rows, json_rows

pytestmark = pytest.mark.django_db
CURATOR: dict[str, Any] = {"basis": Basis.CURATOR, "reason_zh": "x", "reason_en": "x"}
INFERRED: dict[str, Any] = {"basis": Basis.INFERRED, "reason_zh": "x", "reason_en": "x"}


def settled(entry: Entry) -> dict[str, str]:
    settle([entry])
    return dict(Entry.objects.get(pk=entry.pk).bases)


def test_value_without_a_claim_has_no_basis() -> None:
    assert settled(make_entry()) == {"name_zh": "stated", "kind": "stated"}


def test_curators_industry_is_not_taken_for_the_articles_word() -> None:
    entry = make_entry()
    make_claim(entry, Field.SECTOR, sector=make_sector(), **CURATOR)
    assert settled(entry)["sectors"] == "curator"


def test_values_of_different_bases_have_one_each_in_the_order_of_the_values(client: Client) -> None:
    """Industries stand in the order of their vocabulary, not of the claims."""
    entry = make_entry(sectors=[make_sector("医疗", position=2)])
    make_claim(entry, Field.SECTOR, sector=make_sector("金融", position=1), **INFERRED)
    settle([entry])
    (row,), (told,) = csv_rows(client), json_rows(client)
    assert (row["sectors"], row["sectors_basis"]) == ("金融; 医疗", "inferred; stated")
    assert told["sectors_basis"] == ["inferred", "stated"]


def test_industry_that_moves_takes_its_basis_along() -> None:
    last = make_sector("医疗", position=2)
    entry = make_entry(sectors=[last])
    make_claim(entry, Field.SECTOR, sector=make_sector("金融", position=1), **INFERRED)
    assert settled(entry)["sectors"] == "inferred; stated"
    last.position = 0
    save_sector(sector=last)
    assert Entry.objects.get(pk=entry.pk).bases["sectors"] == "stated; inferred"


def test_strongest_of_several_claims_of_one_value_counts() -> None:
    entry = make_entry(category="general")
    make_claim(entry, Field.CATEGORY, token="general", preferred=False, source=make_source("b"), **INFERRED)
    assert settled(entry)["category"] == "stated"


def test_another_value_that_was_accepted_lends_no_basis() -> None:
    entry = make_entry()
    make_claim(entry, Field.CATEGORY, token="general", **INFERRED)
    make_claim(entry, Field.CATEGORY, token="industry", preferred=False)
    assert settled(entry)["category"] == "inferred"


def test_stage_rests_on_the_events_that_reached_it() -> None:
    entry = make_entry(events={EventKind.ANNOUNCED: "2023-03"})
    make_claim(entry, Field.EVENT, event=EventKind.DEPLOYED, **INFERRED)
    assert settled(entry)["stage"] == "inferred"


def test_platform_has_no_category_and_so_no_basis_of_it() -> None:
    entry = make_entry(kind=Kind.PLATFORM, category="general")
    assert (entry.category, entry.not_applicable, "category" in entry.bases) == ("", ["category"], False)


def test_update_alone_gives_no_stage() -> None:
    assert make_entry(events={EventKind.UPDATED: "2021"}).stage == ""


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([EventKind.BETA, EventKind.DEPLOYED, EventKind.UPDATED], "in-use"),
        ([EventKind.DEPLOYED, EventKind.APPROVED], "released"),
        ([EventKind.PLANNED, EventKind.UPDATED], "planned"),
    ],
)
def test_stage_is_the_furthest_that_an_event_reaches(events: list[EventKind], stage: str) -> None:
    assert make_entry(events=dict.fromkeys(events, "2023")).stage == stage


def test_index_and_database_say_the_same_of_bases(client: Client) -> None:
    """Files of the present are copied by PostgreSQL, those of the past are written by Python."""
    entry = make_entry(parameters="2600亿", sectors=["金融"], developers=["百度"], name_en="ERNIE")
    make_claim(entry, Field.MODALITY, token="text", **CURATOR)
    settle([entry])
    (copied,), (told,) = csv_rows(client), json_rows(client)
    names = [name for name in copied if name.endswith("_basis")]
    assert len(names) == 13 + sum(one.is_newer for one in DECLARED)
    assert [copied[name] for name in names] == ["; ".join(told[name]) for name in names]
