"""Lists of the API: the catalog's own rows, by its own parameters, a page at a time."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.models.vocabulary import Field, Status
from models_catalog.pages.api.examples import EXAMPLES
from models_catalog.publish.tables import TABLES, Table
from tests.factories import make_claim, make_developer, make_entries, make_entry, make_figure, make_omission

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> Any:
    return client.get(f"/api/v1/{path}").json()


def every_row(client: Client, path: str) -> list[Any]:
    page = get(client, path)
    rows: list[Any] = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["results"]
    return rows


def slugs(answer: Any) -> list[str]:
    return [row["slug"] for row in answer["results"]]


def test_models_are_those_of_the_json_export(client: Client) -> None:
    make_entry("文心一言", sectors=["金融"], parameters="2600亿", released="2023-03-16")
    make_entry("盘古", sectors=["金融"])
    make_entry("混元")
    response: Any = client.get("/models.json", {"sector": "jinrong"})
    exported = json.loads(b"".join(response.streaming_content))
    answer = get(client, "models/?sector=jinrong")
    assert (answer["count"], answer["results"]) == (exported["count"], exported["results"])


def test_models_keep_the_catalogs_order(client: Client) -> None:
    for name, size in (("甲模型", "100亿"), ("乙模型", "2600亿"), ("丙模型", "60亿")):
        make_entry(name, parameters=size)
    names = [row["name_zh"] for row in get(client, "models/?sort=-parameters")["results"]]
    assert names == ["乙模型", "甲模型", "丙模型"]


def test_claims_are_chosen_by_their_entry_too(client: Client) -> None:
    make_entry("文心一言", sectors=["金融"], parameters="2600亿")
    make_entry("盘古", parameters="10亿")
    (claim,) = get(client, "claims/?sector=jinrong&field=parameters")["results"]
    assert (claim["entry"], claim["number_low"], claim["stated"]) == (
        "wenxinyiyan",
        260_000_000_000,
        "2600亿",
    )


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.REJECTED])
def test_claims_that_readers_do_not_see_stay_inside(client: Client, status: Status) -> None:
    entry = make_entry()
    before = get(client, "claims/")["count"]
    make_claim(entry, Field.SECTOR, status=status, answer="undisclosed")
    assert get(client, "claims/")["count"] == before


def test_who_reviewed_a_claim_is_not_published(client: Client) -> None:
    make_entry()
    assert "reviewed_by" not in get(client, "claims/")["results"][0]


def test_fields_are_selected(client: Client) -> None:
    make_entry(parameters="2600亿")
    (row,) = get(client, "models/?fields=name_zh,parameters_low")["results"]
    assert row == {"name_zh": "文心一言", "parameters_low": 260_000_000_000}


def test_pages_follow_each_other(client: Client) -> None:
    make_entries(5)
    first = get(client, "models/?page_size=2&sort=name")
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [slugs(page) for page in (first, second, third)] == [
        ["moxing-1", "moxing-2"],
        ["moxing-3", "moxing-4"],
        ["moxing-5"],
    ]
    assert (third["next"], client.get(third["previous"]).json()["results"]) == (None, second["results"])


def test_page_beyond_the_last_is_empty(client: Client) -> None:
    make_entries(2)
    answer = get(client, "models/?page=7")
    assert (answer["count"], answer["results"], answer["next"], answer["previous"]) == (2, [], None, None)


def test_cursor_meets_every_row_once_though_rows_come_in(client: Client) -> None:
    make_entries(5)
    answer = get(client, "models/?cursor=*&page_size=2")
    met = slugs(answer)
    make_entry("阿甲", slug="before-all-by-name")
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        met += slugs(answer)
    assert met == [*(f"moxing-{i}" for i in range(1, 6)), "before-all-by-name"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("sectr=finance", "query"),
        ("sector=nothing", "sector"),
        ("sort=size", "sort"),
        ("page=0", "page"),
        ("page_size=201", "page_size"),
        ("page_size=1&page_size=2", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=*&page=2", "cursor"),
        ("cursor=*&sort=name", "cursor"),
        ("fields=slug,size", "fields"),
        ("parameters_min=many", "parameters_min"),
        ("q=%00", "q"),
    ],
)
def test_what_is_mistyped_is_refused_by_name(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/models/?{query}")
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (problem["title"], list(problem["errors"])) == ("Bad Request", [parameter])


@pytest.mark.parametrize("query", ["sort=name", "entry=x", "status=proposed", "model=a%20b", "field=size"])
def test_claims_refuse_what_chooses_no_claim(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/claims/?{query}").status_code == 400


def test_developers_are_narrowed_by_kind(client: Client) -> None:
    make_developer("百度")
    make_developer("清华大学", kind="academia")
    assert slugs(get(client, "developers/?kind=academia")) == ["qinghuadaxue"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_queries_however_long(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, table: Table, rows: int
) -> None:
    for number in range(rows):
        make_entry(f"模型{number}", developers=[f"公司{number}"], sectors=[f"行业{number}"])
        make_figure(f"figure-{number}")
        make_omission()
    client.get(f"/api/v1/{table.name}/")  # which reads the catalog into memory
    with django_assert_max_num_queries(4) as counted:
        client.get(f"/api/v1/{table.name}/")
    expected = {"developers": 4}.get(table.name, 3)  # developers with the statements about them
    assert len(counted) == expected


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_examples_have_the_columns_of_their_table(table: Table) -> None:
    assert tuple(EXAMPLES[table.name]) == table.names


def test_examples_are_rows_of_the_registry(client: Client) -> None:
    call_command("load_registry")
    for name, example in EXAMPLES.items():
        expected = json.loads(json.dumps(example).replace("https://example.org/", "http://testserver/"))
        assert expected in every_row(client, f"{name}/?page_size=100"), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "word"), [("modality", "text"), ("model", "wenxin-yiyan"), ("field", "parameters")]
)
def test_a_value_repeated_too_often_is_refused(client: Client, name: str, word: str) -> None:
    make_entry(slug="wenxin-yiyan")
    answers = [client.get("/api/v1/claims/", {name: [word] * times}) for times in (200, 201)]
    assert [answer.status_code for answer in answers] == [200, 400]
