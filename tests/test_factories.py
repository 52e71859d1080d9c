"""The factories make entries that the database accepts as backed."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from models_catalog.models import Entry, SearchKey
from models_catalog.models.vocabulary import Category, NameKind, Openness, Stage
from tests.factories import make_entries, make_entry

pytestmark = pytest.mark.django_db


def test_make_entry_settles_what_it_is_told() -> None:
    made = make_entry(
        "文心一言",
        parameters="2600亿",
        released="2023-03-16",
        developers=["百度"],
        sectors=["金融", "医疗"],
        category=Category.GENERAL,
        openness=Openness.CLOSED,
    )
    connection.check_constraints()
    assert (made.slug, made.parameters, made.released, made.stage) == (
        "wenxinyiyan",
        NumericRange(260_000_000_000, 260_000_000_001, "[)"),
        DateRange(date(2023, 3, 16), date(2023, 3, 17), "[)"),
        Stage.RELEASED,
    )


def test_make_entry_keeps_a_corrupted_name_for_the_search() -> None:
    make_entry("书生", aliases=[(NameKind.CORRUPTED, "墨客")])
    assert SearchKey.objects.get(key="mk").text == "墨客"


def test_make_entries_are_listed_under_different_names() -> None:
    make_entries(12, developers=["百度"])
    assert Entry.objects.listed().values("name_zh").distinct().count() == 12


def test_make_entry_refuses_a_fact_it_does_not_know() -> None:
    with pytest.raises(TypeError, match="colour"):
        make_entry(colour="red")
