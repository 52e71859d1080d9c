"""What a chart does with few values far from the others, with many on one day, and with more entries than rows can show."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from models_catalog.catalog.index.current import current
from models_catalog.charts import chart as charts
from models_catalog.charts import coverage, parameters, timeline
from models_catalog.models.vocabulary import Field
from models_catalog.pages import charts as pages
from tests.charts.conftest import built
from tests.factories import dispute_size, make_developer, make_entry, make_sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def releases(db: None) -> None:
    """Four of one spring, two of them of one maker on one day, and one that is six years older."""
    maker = make_developer("商汤科技")
    family = make_entry("日日新", released="2023-04-10", developers=[maker])
    make_entry("商量", released="2023-04-10", developers=[maker], parent=family)
    make_entry("秒画", released="2023-04", developers=[maker])
    make_entry("文心一言", released="2023-03-16")
    make_entry("小爱同学", released="2017")


@pytest.fixture
def of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries are more than rows can show."""
    for module in (charts, coverage, parameters, timeline):
        monkeypatch.setattr(module, "DRAWN", 1)


def trace(name: str, label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in built(name).figure()["data"] if one.get("name") == label)
    return found


@pytest.mark.usefixtures("releases")
def test_what_is_far_older_stands_in_a_gutter() -> None:
    axis = built("timeline").figure()["layout"]["xaxis"]
    assert (axis["ticktext"][:2], axis["tickvals"][1]) == (["更早", ""], "2023-03-01")
    assert trace("timeline", "更早（不按比例）")["x"] == [axis["tickvals"][0]]


@pytest.mark.usefixtures("releases")
def test_the_gutter_says_when_it_was() -> None:
    words = [one["text"] for one in built("timeline").figure()["data"] if one.get("mode") == "text"]
    assert [[said.strip() for said in texts] for texts in words] == [["2017年"]]


def test_years_alike_have_no_gutter() -> None:
    for name, year in (("甲", "2019"), ("乙", "2021"), ("丙", "2023")):
        make_entry(name, released=year)
    assert built("timeline").figure()["layout"]["xaxis"]["ticktext"][0] != "更早"


@pytest.mark.usefixtures("releases")
def test_one_maker_on_one_day_is_one_launch_named_by_its_family() -> None:
    labels = built("timeline").figure()["layout"]["yaxis"]["ticktext"]
    assert [label for label in labels if "另外" in label] == ["日日新及另外1个"]
    assert "秒画" in labels  # some day of that month


@pytest.mark.usefixtures("releases")
def test_a_launch_leads_to_its_entries() -> None:
    address = next(url for url in trace("timeline", "精确")["customdata"] if "?" in url)
    query = parse_qs(urlsplit(address).query)
    assert query["released_from"] == query["released_to"] == ["2023-04-10"]
    assert query["developer"] == [make_developer("商汤科技").slug]


@pytest.mark.usefixtures("releases", "of_many")
def test_many_releases_are_counted_by_year_with_the_years_between() -> None:
    figure = built("timeline").figure()
    assert figure["layout"]["yaxis"]["ticktext"][0] == "2017"
    assert trace("timeline", "已发布")["x"] == [1, 0, 0, 0, 0, 0, 4]
    assert (figure["layout"]["meta"]["subtitle"], built("timeline").hidden) == ("各时期发布的条目数。", 0)


@pytest.mark.usefixtures("of_many")
def test_a_period_that_no_source_gives_is_hollow() -> None:
    for name, days in (("甲", "2022-02"), ("乙", "2022-05-03"), ("丙", "2022")):
        make_entry(name, released=days)
    assert trace("timeline", "已发布")["x"] == [1, 1, 0]
    assert trace("timeline", "只说了更长的时段")["x"] == [0, 0, 1]


@pytest.mark.usefixtures("shared_registry", "of_many")
def test_many_sizes_are_counted_by_order_of_magnitude() -> None:
    assert trace("parameters", "条目")["x"] == [1, 0, 2, 0]
    assert trace("parameters", "可能属于不止一级")["x"] == [0, 0, 0, 2]


@pytest.mark.usefixtures("shared_registry", "of_many")
def test_many_entries_are_counted_by_what_backs_each_field() -> None:
    sizes = list(Field).index(Field.PARAMETERS)
    assert (trace("coverage", "写明")["x"][sizes], trace("coverage", "写明")["x"][0]) == (5, 5)


def test_a_disputed_size_stands_beside_the_one_that_was_preferred() -> None:
    entry = make_entry("ChatGLM-6B", parameters="62亿")
    dispute_size(entry)
    assert (trace("parameters", "有争议的陈述")["x"], trace("parameters", "精确")["x"]) == (
        [6 * 10**9],
        [62 * 10**8],
    )
    assert built("parameters").title == "已提及的参数规模从60亿到62亿，1个中有1个是精确值"


def test_what_is_not_stated_does_not_press_the_others_together() -> None:
    make_entry("甲", sectors=[make_sector("金融")])
    for place in range(12):
        make_entry(f"乙{place}")
    figure = built("sectors").figure()
    assert figure["layout"]["xaxis"]["range"][1] < 12
    assert figure["data"][-1]["text"][-1].strip() == "12 →"


@pytest.mark.usefixtures("releases")
@pytest.mark.parametrize(("most", "kept"), [(4, 0), (5, 1)])
def test_a_chart_of_too_many_rows_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", most)
    client.get("/charts/timeline.json")
    assert len([key for key in current().kept if key[0] == "chart"]) == kept
