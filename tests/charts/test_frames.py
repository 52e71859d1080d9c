"""Frames hold what the entries hold: placed and unplaced add up, and nothing is invented."""

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from pytest_django import DjangoAssertNumQueries

from models_catalog.catalog.rows import entry_rows
from models_catalog.charts.plotted import Plotted
from models_catalog.charts.registry import CHARTS
from models_catalog.models import Entry
from models_catalog.models.vocabulary import (
    Basis,
    Category,
    DeveloperKind,
    EventKind,
    Field,
    FigureUnit,
    Openness,
    Ruling,
    Status,
)
from tests.charts.conftest import rows
from tests.factories import make_claim, make_developer, make_entries, make_entry, make_figure

pytestmark = pytest.mark.django_db

OF_ENTRIES = [name for name, chart in CHARTS.items() if chart.of_entries]


def plotted(name: str) -> Plotted:
    return CHARTS[name].plot(rows())


def column(result: Plotted, name: str) -> list[object]:
    return list(result.rows[name])


@pytest.mark.parametrize("name", OF_ENTRIES)
def test_frame_of_nothing_is_empty(name: str) -> None:
    result = plotted(name)
    assert (result.placed, result.total, len(result.rows)) == (0, 0, 0)


@pytest.mark.parametrize("name", OF_ENTRIES)
def test_frame_of_bare_and_full_entries_places_or_lists_each_once(name: str) -> None:
    make_entry("盘古", kind="")
    make_entry(
        "文心", parameters="2600亿", released="2023-03-16", openness=Openness.OPEN, category=Category.GENERAL,
        sectors=["金融", "医疗"], developers=["百度", "清华"],
    )  # fmt: skip
    result = plotted(name)
    assert result.total == 2
    assert {entry.name_zh for entry in result.unplaced} == (set() if CHARTS[name].field is None else {"盘古"})


@pytest.mark.parametrize("name", OF_ENTRIES)
def test_frame_takes_as_many_queries_for_three_entries_as_for_one(
    name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_entries(3, parameters="60亿", released="2023-04", sectors=["金融"], developers=["百度"])
    entries = rows()
    with django_assert_max_num_queries(2) as one:
        CHARTS[name].plot(entries[:1])
    with django_assert_max_num_queries(len(one.captured_queries)):
        CHARTS[name].plot(entries)


@pytest.mark.parametrize(
    ("words", "low", "high", "precision"),
    [
        ("2600亿", 260_000_000_000, 260_000_000_000, "exact"),
        ("千亿级", 100_000_000_000, 999_999_999_999, "interval"),
        ("超10亿", 1_000_000_000, None, "open"),
        ("不到10亿", None, 999_999_999, "open"),
    ],
)
def test_parameters_keep_their_interval(
    words: str, low: int | None, high: int | None, precision: str
) -> None:
    make_entry(parameters=words)
    row = plotted("parameters").rows.astype(object).where(lambda frame: frame.notna(), None).iloc[0]
    assert [row.parameters_low, row.parameters_high, row.precision] == [low, high, precision]


def test_parameters_stand_largest_first() -> None:
    for name, words in [("甲", "60亿"), ("乙", "10万亿"), ("丙", "千亿级")]:
        make_entry(name, parameters=words)
    assert column(plotted("parameters"), "name_zh") == ["乙", "丙", "甲"]


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("2023-03-16", "2023-03-16", "2023-03-16", "exact"),
        ("2023-06", "2023-06-01", "2023-06-30", "interval"),
        ("2021", "2021-01-01", "2021-12-31", "interval"),
    ],
)
def test_timeline_keeps_days_as_precise_as_stated(words: str, first: str, last: str, precision: str) -> None:
    make_entry(released=words)
    row = plotted("timeline").rows.iloc[0]
    assert [row.released_earliest, row.released_latest, row.precision] == [first, last, precision]


def test_timeline_goes_by_the_first_developer() -> None:
    tsinghua = make_developer("清华", kind=DeveloperKind.ACADEMIA)
    make_entry("联合", released="2023", developers=[tsinghua, "百度"])
    make_entry("大厂", released="2023", developers=["百度"])
    make_entry("无主", released="2022")
    assert column(plotted("timeline"), "developer_kind") == ["big-tech", "academia", ""]


def test_timeline_has_no_place_for_a_plan() -> None:
    make_entry(events={EventKind.PLANNED: "2023-07"})
    assert plotted("timeline").placed == 0


def test_sectors_has_a_row_for_each_sector_even_of_a_filtered_one() -> None:
    make_entry(sectors=["金融", "医疗"])
    filtered = list(entry_rows(Entry.objects.listed().filter(sectors__name_zh="金融")))
    assert list(CHARTS["sectors"].plot(filtered).rows["sector_zh"]) == ["金融", "医疗"]


def test_developers_gives_each_with_its_kind() -> None:
    make_entry(developers=[make_developer("清华", kind=DeveloperKind.ACADEMIA), "百度"])
    assert column(plotted("developers"), "developer_kind") == ["big-tech", "academia"]


def test_stage_goes_from_planned_to_released() -> None:
    make_entry("甲", released="2023")
    make_entry("乙", events={EventKind.PLANNED: ""})
    assert column(plotted("stage"), "stage") == ["planned", "released"]


@pytest.mark.parametrize(
    ("claims", "evidence"),
    [
        ([], "unstated"),
        ([{}], "stated"),
        ([{"status": Status.PROPOSED}], "unstated"),
        ([{"basis": Basis.INFERRED, "reason_zh": "因为", "reason_en": "because"}], "inferred"),
        ([{"basis": Basis.CURATOR, "reason_zh": "因为", "reason_en": "because"}], "curator"),
        ([{}, {"status": Status.DISPUTED, "ruling": Ruling.LATER_SOURCE}], "disputed"),
        (
            [{"basis": Basis.INFERRED, "reason_zh": "因为", "reason_en": "because", "preferred": False}, {}],
            "stated",
        ),
    ],
)
def test_coverage_tells_the_most_telling_evidence(claims: list[dict[str, Any]], evidence: str) -> None:
    entry = make_entry()
    for claim in claims:
        make_claim(entry, Field.PARAMETERS, number=NumericRange(10**9, 10**9 + 1), **claim)
    rows = plotted("coverage").rows
    assert list(rows.loc[rows.field == "parameters", "evidence"]) == [evidence]


def test_coverage_has_a_row_for_each_field() -> None:
    make_entry()
    assert column(plotted("coverage"), "field") == Field.values


def test_market_places_dated_counts_in_time() -> None:
    may = DateRange(date(2023, 5, 28), date(2023, 5, 29))
    june = DateRange(date(2023, 6, 1), date(2023, 7, 1))
    make_figure("later", value=NumericRange(120, None, "(]"), as_of=june)
    make_figure("earlier", value=NumericRange(79, 79, "[]"), as_of=may)
    make_figure("undated", value=NumericRange(40, 40, "[]"))
    make_figure("money", unit=FigureUnit.USD, as_of=may)
    result = plotted("market")
    assert [row.slug for row in result.unplaced] == ["undated"]
    assert result.rows[["slug", "precision"]].values.tolist() == [["earlier", "exact"], ["later", "open"]]
    assert column(result, "low") == [79, 120]
