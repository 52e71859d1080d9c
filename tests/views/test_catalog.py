"""The catalog page: rows, counts, chips, pages, and the same rows as the files."""

import gzip
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.filters import EntryFilter
from models_catalog.models import Developer
from models_catalog.models.vocabulary import Category, DeveloperKind, EventKind, NameKind, Openness
from models_catalog.queries.catalog import PAGE_SIZE, FacetGroup, Page
from models_catalog.queries.facets import FACETS
from tests.factories import make_developer, make_entries, make_entry
from tests.nasties import NASTIES
from tests.views.test_exports import QUERIES, body, csv_rows, ernie

__all__ = ["ernie"]
pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[str]:
    """The slugs of all rows of all pages."""
    slugs: list[str] = []
    first = client.get(f"/models/?{query}").context
    for number in range(1, first["page"].pages + 1):
        rows = client.get(f"/models/?{query}&page={number}").context["rows"]
        slugs += [row.entry.slug for row in rows]
    return slugs


def group(client: Client, name: str, query: str = "") -> FacetGroup:
    groups: list[FacetGroup] = client.get(f"/models/?{query}").context["groups"]
    return next(one for one in groups if one.name == name)


def counts(client: Client, name: str, query: str = "") -> dict[str, int | None]:
    return {value.value: value.count for value in group(client, name, query).shown}


@pytest.fixture
def _catalog() -> None:
    baidu = make_developer("百度", kind=DeveloperKind.BIG_TECH)
    huawei = make_developer("华为", kind=DeveloperKind.BIG_TECH)
    make_developer("清华大学", slug="tsinghua", kind=DeveloperKind.ACADEMIA)
    make_entry("文心", developers=[baidu], category=Category.GENERAL, parameters="2600亿", sectors=["金融"])
    make_entry("风乌", developers=[baidu, huawei], category=Category.INDUSTRY, sectors=["金融", "气象"])
    make_entry("书生", slug="shusheng", events={EventKind.BETA: ""}, openness=Openness.OPEN)


@pytest.mark.usefixtures("_catalog")
@pytest.mark.parametrize(
    ("facet", "query", "expected"),
    [
        ("developer", "", {"baidu": 2, "huawei": 1, "tsinghua": 0, "unstated": 1}),
        ("developer", "developer=huawei", {"baidu": 2, "huawei": 1, "tsinghua": 0, "unstated": 1}),
        ("developer", "category=general", {"baidu": 1, "huawei": 0, "tsinghua": 0, "unstated": 0}),
        ("category", "developer=huawei", {"general": 0, "industry": 1, "unstated": 0}),
        ("category", "developer=huawei&category=general", {"general": 0, "industry": 1, "unstated": 0}),
        ("sector", "", {"jinrong": 2, "qixiang": 1, "unstated": 1}),
        ("openness", "", {"open": 1, "closed": 0, "unstated": 2}),
        ("stage", "", {"planned": 0, "announced": 0, "beta": 1, "released": 0, "unstated": 2}),
        ("kind", "q=书生", {"model": 1, "family": 0, "platform": 0, "application": 0, "unstated": 0}),
        ("source", "parameters_min=1B", {"thepaper-2023": 1, "unstated": 0}),
    ],
)
def test_facets_count_without_their_own_selection(
    client: Client, facet: str, query: str, expected: dict[str, int]
) -> None:
    assert counts(client, facet, query) == expected


@pytest.mark.usefixtures("_catalog")
def test_a_developer_kind_counts_an_entry_of_two_such_developers_once(client: Client) -> None:
    assert counts(client, "developer_kind")["big-tech"] == 2


@pytest.mark.usefixtures("_catalog")
def test_a_facet_count_is_what_choosing_it_gives(client: Client) -> None:
    for name in FACETS:
        for value in group(client, name, "sector=jinrong" if name != "sector" else "").shown:
            query = f"sector=jinrong&{name}={value.value}" if name != "sector" else f"sector={value.value}"
            assert (name, value.value, value.count) == (name, value.value, len(listed(client, query)))


@pytest.mark.usefixtures("_catalog")
def test_a_range_says_how_many_unknowns_it_hides(client: Client) -> None:
    assert client.get("/models/?parameters_min=1B").context["hidden"] == {"parameters": 2}


@pytest.mark.usefixtures("_catalog")
def test_a_range_that_includes_unknowns_hides_none(client: Client) -> None:
    assert client.get("/models/?parameters_min=1B&include_unstated=1").context["hidden"] == {}


@pytest.mark.usefixtures("_catalog")
def test_chips_lead_to_the_page_without_them(client: Client) -> None:
    query = "developer=baidu&developer=huawei&q=wen&sort=-name&page=1"
    chips = client.get(f"/models/?{query}", headers={"accept-language": "en"}).context["chips"]
    assert [(str(chip.heading), str(chip.label), chip.address) for chip in chips] == [
        ("Search", "wen", "?developer=baidu&developer=huawei&sort=-name"),
        ("Developer", "百度", "?q=wen&sort=-name&developer=huawei"),
        ("Developer", "华为", "?q=wen&sort=-name&developer=baidu"),
    ]


@pytest.mark.usefixtures("_catalog")
def test_an_empty_result_says_what_each_removal_gives(client: Client) -> None:
    chips = client.get("/models/?developer=tsinghua&developer=huawei&q=文心").context["chips"]
    assert [(chip.name, chip.value, chip.count) for chip in chips] == [
        ("q", "文心", 1),
        ("developer", "tsinghua", 0),
        ("developer", "huawei", 0),
    ]


def test_long_facets_are_cut_and_keep_what_is_chosen(client: Client) -> None:
    for number in range(15):
        make_entry(f"模型{number:02}", developers=[f"公司{number:02}"])
    developers = group(client, "developer", "developer=gongsi-14")
    assert (len(developers.shown), len(developers.cut), developers.has_chosen_cut) == (11, 5, True)


@pytest.fixture
def _two_thousand() -> None:
    """A full page, and more developers than a page can list."""
    make_entries(
        PAGE_SIZE, developers=["百度", "华为"], sectors=["金融"], modalities=["text"], parameters="2600亿"
    )
    Developer.objects.bulk_create(
        Developer(slug=f"d{n}", name_zh=f"第{n}号公司", kind=DeveloperKind.STARTUP, sort_key=f"z{n:04}")
        for n in range(2_000)
    )


@pytest.mark.usefixtures("_two_thousand")
def test_of_very_many_developers_fifty_and_the_chosen_are_listed(client: Client) -> None:
    developers = group(client, "developer", "developer=d1999")
    assert (developers.shown[0].value, len(developers.cut), developers.left_out) == ("baidu", 51, 1_941)
    assert [value.value for value in developers.cut if value.is_chosen] == ["d1999"]


@pytest.mark.usefixtures("_two_thousand")
def test_the_page_says_how_many_developers_it_does_not_list(client: Client) -> None:
    page = client.get("/en/models/").content.decode()
    assert "1,942 others: search for a name" in page
    assert page.count('name="developer"') == 61


@pytest.mark.usefixtures("_two_thousand")
@pytest.mark.parametrize("path", ["/zh/models/", "/en/models/"])
def test_the_page_stays_within_sixty_kilobytes(client: Client, path: str) -> None:
    assert len(gzip.compress(client.get(path).content)) <= 60_000


@pytest.mark.usefixtures("_catalog")
def test_an_empty_result_of_ranges_says_what_each_removal_gives(client: Client) -> None:
    query = "developer=huawei&parameters_min=1T&released_to=2020&certainty=certain"
    chips = client.get(f"/models/?{query}").context["chips"]
    assert [(chip.name, chip.count) for chip in chips] == [
        ("developer", 0),
        ("parameters_min", 0),
        ("released_to", 0),
        ("certainty", 0),
    ]


@pytest.mark.usefixtures("_catalog")
def test_a_refused_query_lists_nothing_and_keeps_what_was_typed(client: Client) -> None:
    response = client.get("/models/?parameters_min=lots&developer=baidu", headers={"accept-language": "en"})
    page = response.content.decode()
    assert (response.status_code, 'value="lots"' in page, "文心" in page, page.count("checked")) == (
        400,
        True,
        False,
        1,
    )


def test_an_unknown_parameter_is_refused(client: Client) -> None:
    response = client.get("/models/?sectr=finance", headers={"accept-language": "en"})
    assert (response.status_code, "There is no parameter “sectr”." in response.content.decode()) == (
        400,
        True,
    )


def test_the_reason_for_a_hit_is_shown(client: Client) -> None:
    make_entry("书生", slug="shusheng", aliases=[(NameKind.CORRUPTED, "墨客")])
    row = client.get("/models/?q=墨客").context["rows"][0]
    assert (row.entry.slug, row.reason.text, row.reason.is_developer) == ("shusheng", "墨客", False)


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_holds_the_same_rows_as_the_files(client: Client, ernie: Any, query: str) -> None:
    make_entry("盘古", developers=["华为"], parameters="2000亿", released="2021")
    make_entries(PAGE_SIZE, developers=["百度"])
    query = query.replace("page=2", "")
    assert listed(client, query) == [row["slug"] for row in csv_rows(client, query)]


def test_a_page_past_the_end_is_not_found(client: Client) -> None:
    make_entries(PAGE_SIZE)
    assert (client.get("/models/?page=1").status_code, client.get("/models/?page=2").status_code) == (
        200,
        404,
    )


def test_the_title_says_the_page(client: Client) -> None:
    make_entries(PAGE_SIZE + 1)
    page = client.get("/models/?page=2", headers={"accept-language": "en"}).content.decode()
    assert re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[0].strip() == "Models · page 2 · Baimo"


@pytest.mark.parametrize(
    ("number", "total", "near"),
    [
        (1, 0, [1]),
        (1, 51, [1, 2]),
        (5, 1_000, [1, None, 3, 4, 5, 6, 7, None, 20]),
        (20, 1_000, [1, None, 18, 19, 20]),
    ],
)
def test_pages_link_the_ends_and_their_neighbours(number: int, total: int, near: list[int | None]) -> None:
    assert Page(number, total).near == near


@pytest.mark.parametrize("n", [1, 3, 1_000])
def test_the_page_takes_a_constant_number_of_queries(
    client: Client, n: int, django_assert_num_queries: Any
) -> None:
    make_entries(n, developers=["百度", "华为"], sectors=["金融"], modalities=["text"], parameters="2600亿")
    client.get(reverse("models"))  # takes the entries into memory
    with django_assert_num_queries(3):
        client.get(reverse("models"))


@pytest.mark.parametrize("n", [1, 3])
def test_a_search_takes_a_constant_number_of_queries(
    client: Client, n: int, django_assert_num_queries: Any
) -> None:
    make_entries(n, developers=["百度"])
    client.get("/models/?q=模型")
    with django_assert_num_queries(4):
        client.get("/models/?q=模型")


def test_a_fragment_is_the_list_without_the_frame(client: Client) -> None:
    response = client.get("/models/?q=&sort=name", headers={"hx-request": "true"})
    assert (response["HX-Push-Url"], "HX-Request" in response["Vary"], b"<html" in response.content) == (
        "/models/?sort=name",
        True,
        False,
    )


def test_a_restored_page_is_whole(client: Client) -> None:
    headers = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert b"<html" in client.get("/models/", headers=headers).content


def test_suggestions_are_a_listbox(client: Client) -> None:
    make_entry("文心一言", slug="ernie", developers=["百度"])
    page = client.get("/models/suggest/?q=wx").content.decode()
    assert (page.count('role="option"'), 'href="/models/ernie/"' in page) == (1, True)


def test_suggestions_are_bounded(client: Client) -> None:
    make_entries(20)
    assert len(client.get("/models/suggest.json?q=模型").json()["results"]) == 8


def test_suggestions_say_why(client: Client) -> None:
    make_entry("书生", slug="shusheng", aliases=[(NameKind.CORRUPTED, "墨客")], developers=["商汤"])
    assert client.get("/models/suggest.json?q=mk").json() == {
        "results": [
            {
                "slug": "shusheng",
                "name": "书生",
                "name_zh": "书生",
                "name_en": None,
                "developers": ["商汤"],
                "reason": "墨客",
            }
        ]
    }


@pytest.mark.parametrize("name", [*EntryFilter.base_filters, "sectr"])
def test_nothing_typed_breaks_the_page(client: Client, name: str) -> None:
    make_entry()
    assert {status(client, "/models/", {name: value}) for value in NASTIES} <= {200, 400, 404}


@pytest.mark.parametrize("path", ["/models.csv", "/models.xlsx", "/models/suggest/", "/models/suggest.json"])
def test_nothing_typed_everywhere_breaks_a_file(client: Client, path: str) -> None:
    make_entry()
    names = ["q"] if "suggest" in path else EntryFilter.base_filters
    assert {status(client, path, dict.fromkeys(names, value)) for value in NASTIES} <= {200, 400}


def status(client: Client, path: str, data: dict[str, str]) -> int:
    response = client.get(path, data)
    if response.streaming:
        body(response)
    return response.status_code
