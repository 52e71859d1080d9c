"""Frames hold what the entries hold: placed and unplaced add up, and nothing is invented."""

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from pytest_django import DjangoAssertNumQueries

from models_catalog.charts import frames
from models_catalog.charts.frames import Plotted
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
from tests.factories import make_claim, make_developer, make_entries, make_entry, make_figure

pytestmark = pytest.mark.django_db

ENTRY_FRAMES = [
    frames.timeline, frames.parameters, frames.sectors, frames.developers,
    frames.openness, frames.stage, frames.coverage,
]  # fmt: skip


def plotted(frame: object) -> Plotted:
    assert callable(frame)
    result = frame(Entry.objects.listed())
    assert isinstance(result, Plotted)
    return result


def column(result: Plotted, name: str) -> list[object]:
    return list(result.rows[name])


@pytest.mark.parametrize("frame", ENTRY_FRAMES)
def test_frame_of_nothing_is_empty(frame: object) -> None:
    result = plotted(frame)
    assert (result.placed, result.total, len(result.rows)) == (0, 0, 0)


@pytest.mark.parametrize("frame", ENTRY_FRAMES)
def test_frame_of_bare_and_full_entries_places_or_lists_each_once(frame: object) -> None:
    make_entry("盘古")
    make_entry(
        "文心", parameters="2600亿", released="2023-03-16", openness=Openness.OPEN, category=Category.GENERAL,
        sectors=["金融", "医疗"], developers=["百度", "清华"],
    )  # fmt: skip
    result = plotted(frame)
    assert result.total == 2
    assert {entry.name_zh for entry in result.unplaced} == (set() if frame is frames.coverage else {"盘古"})


@pytest.mark.parametrize("frame", ENTRY_FRAMES)
def test_frame_takes_as_many_queries_for_three_entries_as_for_one(
    frame: object, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_entries(3, parameters="60亿", released="2023-04", sectors=["金融"], developers=["百度"])
    most = 3 if frame in (frames.timeline, frames.coverage, frames.sectors) else 2
    with django_assert_num_queries(most):
        plotted(frame)


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
    row = plotted(frames.parameters).rows.astype(object).where(lambda frame: frame.notna(), None).iloc[0]
    assert [row.parameters_low, row.parameters_high, row.precision] == [low, high, precision]


def test_parameters_stand_largest_first() -> None:
    for name, words in [("甲", "60亿"), ("乙", "10万亿"), ("丙", "千亿级")]:
        make_entry(name, parameters=words)
    assert column(plotted(frames.parameters), "name_zh") == ["乙", "丙", "甲"]


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
    row = plotted(frames.timeline).rows.iloc[0]
    assert [row.released_earliest, row.released_latest, row.precision] == [first, last, precision]


def test_timeline_goes_by_the_first_developer() -> None:
    tsinghua = make_developer("清华", kind=DeveloperKind.ACADEMIA)
    make_entry("联合", released="2023", developers=[tsinghua, "百度"])
    make_entry("大厂", released="2023", developers=["百度"])
    make_entry("无主", released="2022")
    assert column(plotted(frames.timeline), "developer_kind") == ["big-tech", "academia", ""]


def test_timeline_has_no_place_for_a_plan() -> None:
    make_entry(events={EventKind.PLANNED: "2023-07"})
    assert plotted(frames.timeline).placed == 0


def test_sectors_has_a_row_for_each_sector_even_of_a_filtered_one() -> None:
    make_entry(sectors=["金融", "医疗"])
    filtered = Entry.objects.listed().filter(sectors__name_zh="金融")
    assert list(frames.sectors(filtered).rows["sector_zh"]) == ["金融", "医疗"]


def test_developers_gives_each_with_its_kind() -> None:
    make_entry(developers=[make_developer("清华", kind=DeveloperKind.ACADEMIA), "百度"])
    assert column(plotted(frames.developers), "developer_kind") == ["big-tech", "academia"]


def test_stage_goes_from_planned_to_released() -> None:
    make_entry("甲", released="2023")
    make_entry("乙", events={EventKind.PLANNED: ""})
    assert column(plotted(frames.stage), "stage") == ["planned", "released"]


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
    rows = plotted(frames.coverage).rows
    assert list(rows.loc[rows.field == "parameters", "evidence"]) == [evidence]


def test_coverage_has_a_row_for_each_field() -> None:
    make_entry()
    assert column(plotted(frames.coverage), "field") == Field.values


def test_market_places_dated_counts_in_time() -> None:
    may = DateRange(date(2023, 5, 28), date(2023, 5, 29))
    june = DateRange(date(2023, 6, 1), date(2023, 7, 1))
    make_figure("later", value=NumericRange(120, None, "(]"), as_of=june)
    make_figure("earlier", value=NumericRange(79, 79, "[]"), as_of=may)
    make_figure("undated", value=NumericRange(40, 40, "[]"))
    make_figure("money", unit=FigureUnit.USD, as_of=may)
    result = plotted(frames.market)
    assert [row.slug for row in result.unplaced] == ["undated"]
    assert result.rows[["slug", "precision"]].values.tolist() == [["earlier", "exact"], ["later", "open"]]
    assert column(result, "low") == [79, 120]
