"""Every parameter of the catalog, what it lets through and what it refuses."""

import pytest
from django.http import QueryDict

from models_catalog.catalog.filters import EntryFilter
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Category, DeveloperKind, EventKind, Kind, Modality, Openness
from tests.factories import make_developer, make_entry, make_source
from tests.nasties import NASTIES
from tests.once import once

pytestmark = pytest.mark.django_db


def filtered(query: str) -> EntryFilter:
    return EntryFilter(data=QueryDict(query), queryset=Entry.objects.listed())


def slugs(query: str) -> list[str]:
    """The slugs that a query string lets through, in order; fails if it is refused."""
    catalog = filtered(query)
    assert catalog.errors == {}
    return [entry.slug for entry in catalog.qs]


def _make_catalog() -> None:
    baidu = make_developer("百度", kind=DeveloperKind.BIG_TECH)
    tsinghua = make_developer("清华大学", slug="tsinghua", kind=DeveloperKind.ACADEMIA)
    make_entry(
        "文心一言",
        slug="ernie",
        developers=[baidu],
        category=Category.GENERAL,
        parameters="2600亿",
        released="2023-03-16",
        sectors=["金融"],
        openness=Openness.CLOSED,
        modalities=[Modality.TEXT, Modality.IMAGE],
    )
    make_entry(
        "盘古",
        slug="pangu",
        developers=[tsinghua, baidu],
        category=Category.INDUSTRY,
        kind=Kind.FAMILY,
        parameters="千亿级",
        released="2021",
        sectors=["气象", "金融"],
        modalities=[Modality.TEXT],
        source=make_source("jingwei-2023"),
    )
    make_entry("书生", slug="shusheng", events={EventKind.BETA: "2023-07-06"}, parameters="超10亿")


shared_catalog = once(_make_catalog)


@pytest.mark.usefixtures("shared_catalog")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["pangu", "shusheng", "ernie"]),
        ("developer=baidu", ["pangu", "ernie"]),
        ("developer=tsinghua", ["pangu"]),
        ("developer=tsinghua&developer=baidu", ["pangu", "ernie"]),
        ("developer=unstated", ["shusheng"]),
        ("developer=unstated&developer=tsinghua", ["pangu", "shusheng"]),
        ("developer_kind=academia", ["pangu"]),
        ("developer_kind=unstated", ["shusheng"]),
        ("category=general", ["ernie"]),
        ("category=unstated", ["shusheng"]),
        ("kind=family", ["pangu"]),
        ("modality=image", ["ernie"]),
        ("modality=image&modality=unstated", ["shusheng", "ernie"]),
        ("sector=jinrong", ["pangu", "ernie"]),
        ("sector=jinrong&category=general", ["ernie"]),
        ("sector=qixiang&category=general", []),
        ("sector=unstated", ["shusheng"]),
        ("openness=closed", ["ernie"]),
        ("openness=open&openness=unstated", ["pangu", "shusheng"]),
        ("stage=beta", ["shusheng"]),
        ("stage=released", ["pangu", "ernie"]),
        ("source=jingwei-2023", ["pangu"]),
        ("source=unstated", []),
        ("sector=-qixiang", ["shusheng", "ernie"]),
        ("sector=jinrong&sector=-qixiang", ["ernie"]),
        ("sector=-unstated", ["pangu", "ernie"]),
        ("developer=-tsinghua", ["shusheng", "ernie"]),
        ("developer_kind=-academia&developer_kind=-unstated", ["ernie"]),
        ("modality=-image", ["pangu", "shusheng"]),
        ("kind=-family&kind=family", []),
        ("evidence=-one-source", []),
        ("q=wxyy", ["ernie"]),
        ("q=百度&category=industry", ["pangu"]),
        ("q=·", []),
        ("parameters_min=", ["pangu", "shusheng", "ernie"]),
        ("page=2", ["pangu", "shusheng", "ernie"]),
    ],
)
def test_filter_lets_through(query: str, expected: list[str]) -> None:
    assert slugs(query) == expected


@pytest.mark.usefixtures("shared_catalog")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("parameters_min=2600亿", {"ernie", "pangu", "shusheng"}),
        ("parameters_min=260B&certainty=possible", {"ernie", "pangu", "shusheng"}),
        ("parameters_min=260B&certainty=certain", {"ernie"}),
        ("parameters_min=1000亿&certainty=certain", {"ernie", "pangu"}),
        ("parameters_max=1000亿", {"pangu", "shusheng"}),
        ("parameters_max=99999999999", {"shusheng"}),
        ("parameters_max=2600亿&certainty=certain", {"ernie"}),
        ("parameters_min=100B&parameters_max=999999999999&certainty=certain", {"ernie", "pangu"}),
        ("parameters_max=9223372036854775806&certainty=certain", {"ernie", "pangu"}),
        ("parameters_min=9223372036854775806", {"shusheng"}),
        ("parameters_min=0", {"ernie", "pangu", "shusheng"}),
        ("released_from=2021-06", {"ernie", "pangu"}),
        ("released_from=2021-06&certainty=certain", {"ernie"}),
        ("released_from=2022", {"ernie"}),
        ("released_to=2023-03-15", {"pangu"}),
        ("released_to=2023-03", {"ernie", "pangu"}),
        ("released_to=2099", {"ernie", "pangu"}),
        ("released_from=2023-03-16&released_to=2023-03-16", {"ernie"}),
        ("released_from=2022&include_unstated=1", {"ernie", "shusheng"}),
        ("released_from=2022&include_unstated=0", {"ernie"}),
        ("released_from=2022&include_unstated=1&certainty=certain", {"ernie", "shusheng"}),
    ],
)
def test_filter_reads_intervals(query: str, expected: set[str]) -> None:
    assert set(slugs(query)) == expected


@pytest.mark.usefixtures("shared_catalog")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["pangu", "shusheng", "ernie"]),
        ("-name", ["ernie", "shusheng", "pangu"]),
        ("parameters", ["shusheng", "pangu", "ernie"]),
        ("-parameters", ["ernie", "pangu", "shusheng"]),
        ("released", ["pangu", "ernie", "shusheng"]),
        ("-released", ["ernie", "pangu", "shusheng"]),
        ("developer", ["ernie", "pangu", "shusheng"]),
        ("-developer", ["pangu", "ernie", "shusheng"]),
        ("stage", ["shusheng", "pangu", "ernie"]),
        ("-stage", ["pangu", "ernie", "shusheng"]),
    ],
)
def test_filter_sorts_unknown_last(sort: str, expected: list[str]) -> None:
    assert slugs(f"sort={sort}") == expected


@pytest.mark.usefixtures("shared_catalog")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("developer=nobody", "developer"),
        ("developer=", "developer"),
        ("developer=baidu&developer=nobody", "developer"),
        ("sector=general", "sector"),
        ("category=unknown", "category"),
        ("category=-unknown", "category"),
        ("sector=-", "sector"),
        ("sector=--jinrong", "sector"),
        ("parameters_min=many", "parameters_min"),
        ("parameters_min=1e999999", "parameters_min"),
        ("parameters_min=NaN", "parameters_min"),
        ("parameters_min=-1", "parameters_min"),
        ("parameters_min=9223372036854775808", "parameters_min"),
        ("parameters_min=2B&parameters_max=1B", "parameters_max"),
        ("released_from=0000", "released_from"),
        ("released_from=2023-02-30", "released_from"),
        ("released_from=2023&released_to=2022", "released_to"),
        ("certainty=perhaps", "certainty"),
        ("include_unstated=yes", "include_unstated"),
        ("sort=size", "sort"),
        ("page=0", "page"),
        ("page=99999999999999999999", "page"),
        ("q=a&q=b", "q"),
        ("q=" + "+".join("abcdefghijklm"), "q"),
        ("q=" + "a" * 101, "q"),
        ("sectr=finance", "__all__"),
        ("utm_source=x", "__all__"),
    ],
)
def test_filter_refuses_what_is_mistyped(query: str, field: str) -> None:
    catalog = filtered(query)
    assert (list(catalog.errors), list(catalog.qs)) == ([field], [])


def test_filter_allows_parameters_that_a_view_reads_itself() -> None:
    catalog = EntryFilter(
        data=QueryDict("columns=slug"), queryset=Entry.objects.all(), also_allowed=["columns"]
    )
    assert catalog.is_valid()


@pytest.mark.parametrize("name", EntryFilter.base_filters)
@pytest.mark.parametrize("value", NASTIES, ids=range(len(NASTIES)))
def test_filter_survives(name: str, value: str) -> None:
    data = QueryDict(mutable=True)
    data[name] = value
    catalog = EntryFilter(data=data, queryset=Entry.objects.listed())
    assert (list(catalog.qs), set(catalog.errors) <= {name, "__all__"}) == ([], True)
