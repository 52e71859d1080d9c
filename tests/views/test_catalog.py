"""The catalog page: rows, pages, fragments, and the same rows as the files."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.page import PAGE_SIZE, PagePlace
from models_catalog.models.vocabulary import NameKind
from tests.factories import make_entries, make_entry
from tests.nasties import NASTIES
from tests.views.test_exports import QUERIES, body, csv_rows, ernie, shared_ernie

__all__ = ["ernie", "shared_ernie"]
pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[str]:
    """The slugs of all rows of all pages."""
    slugs: list[str] = []
    first = client.get(f"/models/?{query}").context
    for number in range(1, first["page"].pages + 1):
        page = client.get(f"/models/?{query}&page={number}").content.decode()
        slugs += re.findall('name="model" value="([^"]+)"', page)
    return slugs


@pytest.mark.parametrize(
    "path", ["/models.csv", "/models.json", "/claims.csv", "/compare.json", "/api/v1/models/"]
)
def test_an_unknown_parameter_of_a_file_is_refused(client: Client, path: str) -> None:
    response = client.get(f"/en{path}?sectr=finance")
    assert (response.status_code, "There is no parameter “sectr”." in response.content.decode()) == (
        400,
        True,
    )


def test_the_reason_for_a_hit_is_shown(client: Client) -> None:
    make_entry("书生", slug="shusheng", aliases=[(NameKind.CORRUPTED, "墨客")])
    page = client.get("/en/models/?q=墨客").content.decode()
    assert re.findall('name="model" value="([^"]+)"', page) == ["shusheng"]
    assert '· found by name: <span lang="zh-Hans">墨客</span>' in page


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_holds_the_same_rows_as_the_files(client: Client, ernie: Any, query: str) -> None:
    make_entry("盘古", developers=["华为"], parameters="2000亿", released="2021")
    make_entries(PAGE_SIZE, developers=["百度"])
    query = query.replace("page=1", "")
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
    assert PagePlace(number, total).near == near


@pytest.mark.parametrize("n", [1, 3, 1_000])
def test_the_page_takes_a_constant_number_of_queries(
    client: Client, n: int, django_assert_num_queries: Any
) -> None:
    make_entries(n, developers=["百度", "华为"], sectors=["金融"], modalities=["text"], parameters="2600亿")
    client.get(reverse("models"))  # takes the entries into memory, and keeps their rows
    with django_assert_num_queries(1):
        client.get(reverse("models"))


@pytest.mark.parametrize("n", [1, 3])
def test_a_search_takes_a_constant_number_of_queries(
    client: Client, n: int, django_assert_num_queries: Any
) -> None:
    make_entries(n, developers=["百度"])
    client.get("/models/?q=模型")
    with django_assert_num_queries(3):
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


@pytest.mark.parametrize(("makers", "named", "others"), [(3, 3, False), (4, 2, True)])
def test_a_row_names_few_developers_and_says_how_many_others(
    client: Client, makers: int, named: int, others: bool
) -> None:
    make_entry("风乌", slug="fengwu", developers=[f"机构{number}" for number in range(makers)])
    row = client.get("/en/models/").content.decode().partition("<tbody>")[2]
    found = (row.count('href="?developer='), '<a href="/en/models/fengwu/">and 2 others</a>' in row)
    assert found == (named, others)


def test_hidden_columns_are_named_and_stay_in_addresses_of_the_page_alone(client: Client) -> None:
    make_entry()
    response = client.get("/en/models/?hide=stage&hide=sector&kind=model")
    page = response.content.decode()
    assert response.context["columns"].hidden == {5: "Stage", 7: "Target industries"}
    assert "Hidden columns: Stage, Target industries" in page
    assert 'href="?kind=model"' in page  # all columns again
    assert 'models.csv?kind=model"' in page


def test_a_column_that_is_not_there_is_refused(client: Client) -> None:
    make_entry()
    response = client.get("/en/models/?hide=name")
    assert (response.status_code, response.context["rows"]) == (400, [])
    assert "“name” is not a column that can be hidden." in response.content.decode()
