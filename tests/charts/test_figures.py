"""Figures draw what the frames hold, as plain JSON, in both languages."""

import json
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from models_catalog.charts.drawing.bars import Segment, bars
from models_catalog.charts.drawing.palette import BLUE, GROUND, HUES
from models_catalog.charts.drawing.spans import LONG
from models_catalog.charts.registry import CHARTS
from tests.charts.conftest import built
from tests.factories import make_entries, make_entry, make_figure

pytestmark = pytest.mark.django_db


def traces(name: str, query: str = "") -> dict[str, dict[str, Any]]:
    """The figure's traces in order, by name."""
    return {trace.get("name", ""): trace for trace in reversed(built(name, query).figure()["data"])}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.usefixtures("shared_registry")
def test_figure_is_plain_json(name: str, language: str) -> None:
    with translation.override(language):
        words = json.dumps(built(name).figure(), allow_nan=False)
    assert "bdata" not in words


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("shared_registry")
def test_figure_has_at_most_four_hues(name: str) -> None:
    colours = {value for trace in built(name).figure()["data"] for value in _colours(trace)}
    assert colours - {GROUND, "#5b6470"} <= set(HUES)


def _colours(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [colour for value in node.values() for colour in _colours(value)]
    return [node] if isinstance(node, str) and node.startswith("#") else []


@pytest.mark.parametrize("name", CHARTS)
def test_figure_of_nothing_says_so(name: str) -> None:
    chart = built(name)
    assert (chart.finding, chart.figure()["layout"]["meta"]["placed"]) == (None, 0)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("shared_registry")
def test_table_has_a_cell_for_each_heading(name: str) -> None:
    table = built(name).drawing.table
    assert {len(row) for row in table.rows} == {len(table.headings)}


@pytest.mark.usefixtures("shared_registry")
def test_parameters_tell_points_intervals_and_open_ends_apart() -> None:
    drawn = {(trace["name"], trace["mode"]): trace for trace in built("parameters").figure()["data"]}
    assert drawn["精确", "markers"]["x"] == [260_000_000_000, 6_200_000_000]
    assert drawn["区间", "lines+markers"]["x"] == [100_000_000_000, 999_999_999_999, None]
    assert drawn["只有上限或下限", "lines"]["x"] == [1_000_000_000, 10**12, None, 999_999_999, 10**8, None]
    assert drawn["只有上限或下限", "markers"]["marker"]["color"] == GROUND


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "1亿 10亿 100亿 1000亿 1万亿"), ("en", "100M 1B 10B 100B 1T")]
)
@pytest.mark.usefixtures("shared_registry")
def test_sizes_stand_at_round_ticks(language: str, words: str) -> None:
    with translation.override(language):
        axis = built("parameters").figure()["layout"]["xaxis"]
    assert (axis["type"], " ".join(axis["ticktext"])) == ("log", words)


@pytest.mark.usefixtures("shared_registry")
def test_timeline_draws_a_month_as_an_interval() -> None:
    assert traces("timeline")["区间"]["x"][:2] == ["2023-03-01", "2023-03-31"]


@pytest.mark.usefixtures("shared_registry")
def test_sectors_stack_categories_and_leave_unknown_hollow() -> None:
    drawn = traces("sectors")
    assert drawn["通用"]["x"] == [1, 1, 0]
    assert drawn["行业专用"]["x"] == [1, 0, 0]
    assert (drawn["未提及行业"]["x"], drawn["未提及行业"]["marker"]["color"]) == ([0, 0, 3], GROUND)


@pytest.mark.usefixtures("shared_registry")
def test_bars_lead_to_the_catalog_under_the_same_filters() -> None:
    urls = traces("openness", "q=文&page=3")["写明"]["customdata"]
    assert urls[:2] == ["/models/?q=%E6%96%87&openness=open", "/models/?q=%E6%96%87&openness=closed"]


@pytest.mark.usefixtures("shared_registry")
def test_bar_outside_the_chosen_values_leads_nowhere() -> None:
    assert traces("openness", "openness=open")["写明"]["customdata"][1] == ""


@pytest.mark.usefixtures("shared_registry")
def test_labels_are_escaped_for_plotly() -> None:
    assert "A&lt;b&gt;&amp;B" in built("parameters").figure()["layout"]["yaxis"]["ticktext"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("timeline", "2 of the 3 entries with a release date were released in 2023"),
        ("parameters", "Stated sizes range from 1B to 1T; 2 of 5 are exact"),
        ("openness", "1 of 5 entries are stated to be open source, 1 to be closed source"),
        ("stage", "3 of 5 entries have been released; 1 are only planned"),
        ("market", "2 counts by one counter range from 79 to ≥120"),
    ],
)
@pytest.mark.usefixtures("shared_registry")
def test_title_states_the_finding(name: str, title: str) -> None:
    with translation.override("en"):
        assert built(name).title == title


@pytest.mark.usefixtures("shared_registry")
def test_summary_of_the_timeline_is_no_more_exact_than_the_words() -> None:
    with translation.override("en"):
        finding = built("timeline").finding
    assert finding is not None
    assert finding.summary.startswith("The earliest release is 2021, the latest March 2023.")


def test_summary_of_exact_days_does_not_count_those_that_are_not() -> None:
    make_entries(2, released="2023-04-10")
    with translation.override("en"):
        finding = built("timeline").finding
    assert finding is not None
    assert "The exact day of each is known." in finding.summary


@pytest.mark.usefixtures("shared_registry")
def test_title_of_the_industries_counts_each_industry_of_each_entry() -> None:
    """Two of one entry are two; the parts add up to the rows."""
    with translation.override("en"):
        assert (
            "; 3 industries of entries are stated, 0 inferred, 0 added by curators" in built("sectors").title
        )


def test_a_long_chart_has_its_axis_at_both_ends() -> None:
    make_entries(LONG + 1, parameters="60亿")
    figure = built("parameters").figure()
    above, below = figure["layout"]["xaxis2"], figure["layout"]["xaxis"]
    assert (above["side"], above["ticktext"]) == ("top", below["ticktext"])


@pytest.mark.parametrize(("counts", "room"), [([1_975], 35), ([5, 1_000], 16)])
def test_the_number_after_a_bar_has_room_beyond_the_plot(counts: list[int], room: int) -> None:
    """Unless it stands inside a bar that runs off the scale."""
    drawn = bars("", ["甲"] * len(counts), [Segment("", BLUE, counts, [""] * 2)], is_last_apart=True)
    assert drawn.parts()[1]["meta"]["narrow"]["margin"]["r"] == room


def test_one_exact_size_is_no_range_of_sizes_and_a_tie_is_told() -> None:
    for name in ("盘古", "文心"):
        make_entry(name, parameters="62亿")
    finding = built("parameters").finding
    assert finding
    assert finding.title == "所示规模都是62亿"
    assert finding.summary == "规模最大的是盘古及另外1个（62亿）。各条目的规模都是精确值。"


def test_one_count_is_no_range_of_counts() -> None:
    make_figure(as_of=DateRange(date(2023, 5, 28), date(2023, 5, 29)))
    with translation.override("en"):
        finding = built("market").finding
    assert finding == (
        "Models of a billion parameters or more: 79",
        "28 May 2023 · Ministry of Science and Technology",
    )
