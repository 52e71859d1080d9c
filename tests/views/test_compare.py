"""The comparison's page, csv and json."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.catalog.index.current import current
from models_catalog.claims.settle import settle
from models_catalog.models import Entry
from models_catalog.models.vocabulary import EventKind
from tests.factories import dispute_size, make_entries, make_entry
from tests.nasties import NASTIES
from tests.once import once

pytestmark = pytest.mark.django_db

SUGGEST = "/compare/suggest/"
FORMS = ["/compare/", "/compare.csv", "/compare.json"]
QUERIES = 5
"""Entries; their sources; their claims; what is said of their developers; their members."""


def query(*slugs: str, **more: str) -> dict[str, Any]:
    return {"model": slugs, **more}


def _make_pair() -> list[Entry]:
    """文心一言 and 商量: 2600亿 against 千亿级."""
    return [
        make_entry("文心一言", slug="wenxin-yiyan", parameters="2600亿", openness="closed"),
        make_entry("商量", slug="sensechat", parameters="千亿级", openness="open"),
    ]


shared_pair = once(_make_pair)


@pytest.fixture
def pair(shared_pair: list[Entry], db: None) -> list[Entry]:
    return [Entry.objects.get(pk=row.pk) for row in shared_pair]


def merge(entry: Entry, target: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(merged_into=target, is_listed=False)


def rows_by_field(response: Any) -> dict[str, Any]:
    return {row["field"]: row for row in response.json()["rows"]}


def lines_by_field(response: Any) -> dict[str, list[str]]:
    return {line[0]: line[1:] for line in csv.reader(StringIO(response.content.decode("utf-8-sig")))}


def test_page_shows_values_with_their_words_and_verdicts(client: Client, pair: list[Entry]) -> None:
    page = client.get("/en/compare/", query("wenxin-yiyan", "sensechat")).content.decode()
    for expected in ("100–&lt;1,000", "order of magnitude only", "<mark>千亿级</mark>", "May be equal"):
        assert expected in page


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("n", [2, 6])
def test_queries_do_not_grow_with_entries_and_claims(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, n: int
) -> None:
    events = dict.fromkeys(EventKind, "2023-03-16")
    facts = {
        "parameters": "2600亿",
        "developers": ["甲", "乙"],
        "sectors": ["金融", "医疗"],
        "events": events,
    }
    slugs = [entry.slug for entry in make_entries(n, **facts)]
    current()  # takes the entries into memory
    # Both ask for the state of the registry; the page for all members, releases (also in its form) and the last change too.
    with django_assert_num_queries(QUERIES + (5 if path == "/compare/" else 1)):
        assert client.get(path, query(*slugs)).status_code == 200
    with django_assert_num_queries(3 if path == "/compare/" else QUERIES + 1):  # the page's parts are kept
        assert client.get(path, query(*slugs)).status_code == 200


def test_only_differences_says_what_it_hides(client: Client, pair: list[Entry]) -> None:
    response = client.get("/compare/", query("wenxin-yiyan", "sensechat", only="differences"))
    shown = [row.field for _group, rows in response.context["groups"] for row in rows]
    assert (shown, response.context["summary"].hidden > 5) == (["openness"], True)


def test_no_differences_is_said(client: Client) -> None:
    slugs = [entry.slug for entry in make_entries(2)]
    page = client.get("/en/compare/", query(*slugs, only="differences")).content.decode()
    assert "No row is known to differ." in page


@pytest.mark.parametrize(
    ("slugs", "status"),
    [
        ([], 200),
        (["wenxin-yiyan"], 200),
        (["wenxin-yiyan", "wenxin-yiyan"], 200),
        (["wenxin-yiyan", "sensechat"], 200),
        (["wenxin-yiyan", "sensechat", "sensechat"], 200),
        (["", "wenxin-yiyan", "sensechat"], 200),
        (["wenxin-yiyan", "nobody"], 404),
        (["wenxin-yiyan", "No Such Name"], 404),
        (["wenxin-yiyan", "·"], 400),
        ([f"s{i}" for i in range(51)], 400),
    ],
)
def test_page_answers_each_kind_of_set(
    client: Client, pair: list[Entry], slugs: list[str], status: int
) -> None:
    assert client.get("/compare/", query(*slugs)).status_code == status


@pytest.mark.parametrize(
    ("slugs", "status"),
    [
        ([], 400),
        (["wenxin-yiyan"], 400),
        (["wenxin-yiyan", "nobody"], 404),
        (["wenxin-yiyan", "No Such Name"], 404),
        (["wenxin-yiyan", "·"], 400),
    ],
)
@pytest.mark.parametrize("path", FORMS[1:])
def test_files_refuse_in_their_own_form(
    client: Client, pair: list[Entry], path: str, slugs: list[str], status: int
) -> None:
    response = client.get(path, query(*slugs))
    kind = "application/json" if path.endswith("json") else "text/plain; charset=utf-8"
    assert (response.status_code, response["Content-Type"]) == (status, kind)


@pytest.mark.parametrize("path", FORMS)
def test_seven_entries_are_refused(client: Client, path: str) -> None:
    slugs = [entry.slug for entry in make_entries(7)]
    assert client.get(path, query(*slugs)).status_code == 400


def test_seven_entries_can_be_cut_to_six(client: Client) -> None:
    slugs = [entry.slug for entry in make_entries(7)]
    page = client.get("/en/compare/", query(*slugs)).content.decode()
    assert (page.count('name="model"'), page.count(" checked>")) == (7, 6)


def test_an_unknown_address_offers_the_rest_and_what_may_be_meant(client: Client, pair: list[Entry]) -> None:
    response = client.get("/compare/", query("sensechat", "wenxin"))
    hits = [entry for _slug, found in response.context["guesses"] for entry, _url in found]
    assert (response.context["known"], hits) == ([pair[1]], [pair[0]])


def test_unknown_json_names_the_unknown(client: Client, pair: list[Entry]) -> None:
    assert client.get("/compare.json", query("sensechat", "nobody")).json()["unknown"] == ["nobody"]


@pytest.mark.parametrize("path", FORMS)
def test_a_merged_entry_leads_to_its_target(client: Client, pair: list[Entry], path: str) -> None:
    merge(make_entry("文心", slug="wenxin"), pair[0])
    response = client.get(path, query("wenxin", "sensechat", only="differences"))
    expected = f"{path}?model=wenxin-yiyan&model=sensechat&only=differences"
    assert (response.status_code, response["Location"]) == (301, expected)


def test_a_merged_entry_beside_its_target_is_shown_once(client: Client, pair: list[Entry]) -> None:
    merge(make_entry("文心", slug="wenxin"), pair[0])
    response = client.get("/en/compare/", query("wenxin", "wenxin-yiyan"))
    assert response["Location"] == "/en/compare/?model=wenxin-yiyan"


def test_an_entry_given_twice_is_shown_once_and_said_so(client: Client, pair: list[Entry]) -> None:
    response = client.get("/compare/", query("sensechat", "wenxin-yiyan", "sensechat"))
    assert (response.context["entries"], response.context["repeated"]) == (pair[::-1], [pair[1]])


def test_search_finds_what_can_be_added(client: Client, pair: list[Entry]) -> None:
    response = client.get("/compare/", query("sensechat", q="wxyy"))
    assert response.context["hits"] == [(pair[0], "/compare/?model=sensechat&model=wenxin-yiyan")]


def test_suggestions_lead_to_the_set_with_the_entry(client: Client, pair: list[Entry]) -> None:
    page = client.get("/en/compare/suggest/", query("sensechat", q="wxyy")).content.decode()
    assert page.count("role=") == 1
    assert 'href="/en/compare/?model=sensechat&amp;model=wenxin-yiyan"' in page


def test_an_empty_set_offers_four_ready_ones(client: Client, pair: list[Entry]) -> None:
    make_entry("盘古", developers=["百度"], sectors=["金融"], released="2023-04")
    make_entry("星火", developers=["百度"], sectors=["金融"], released="2023-05")
    examples = client.get("/en/compare/").context["examples"]
    found = {str(heading): url for heading, _entries, url in examples}
    assert found["The largest"] == "/en/compare/?model=wenxin-yiyan&model=sensechat"
    assert found["The latest releases"].startswith("/en/compare/?model=xinghuo&model=pangu")
    assert len(found) == 4


def test_a_full_set_offers_no_addition(client: Client) -> None:
    slugs = [entry.slug for entry in make_entries(6)]
    make_entry("文心一言")
    response = client.get("/compare/", query(*slugs, q="文心"))
    assert [url for _entry, url in response.context["hits"]] == [""]


def test_addresses_remove_and_move(client: Client, pair: list[Entry]) -> None:
    first, last = client.get("/compare/", query("wenxin-yiyan", "sensechat")).context["chosen"]
    swapped = "/compare/?model=sensechat&model=wenxin-yiyan"
    assert (first.left, first.right, first.without) == ("", swapped, "/compare/?model=sensechat")
    assert (last.left, last.right) == (swapped, "")


def test_json_gives_ends_disputes_and_places(client: Client, pair: list[Entry]) -> None:
    dispute_size(pair[0], "千亿")
    settle(pair)
    row = rows_by_field(client.get("/compare.json", query("wenxin-yiyan", "sensechat")))["parameters"]
    values = row["cells"][0]["values"]
    assert [(value["value"], value["stated"], value["disputed"]) for value in values] == [
        ({"low": 260_000_000_000, "high": 260_000_000_000}, "2600亿", False),
        ({"low": 100_000_000_000, "high": 999_999_999_999}, "千亿", True),
    ]
    assert (row["verdict"], values[0]["claims"][0]["place"]) == ("may-be-equal", "1:0-5")


def test_json_says_null_where_nothing_is_stated(client: Client) -> None:
    slugs = [entry.slug for entry in make_entries(2)]
    row = rows_by_field(client.get("/compare.json", query(*slugs)))["openness"]
    assert (row["verdict"], row["cells"][0]["answer"], row["cells"][0]["values"]) == (
        "not-comparable",
        None,
        [],
    )


def test_csv_has_fields_as_rows(client: Client, pair: list[Entry]) -> None:
    lines = lines_by_field(client.get("/compare.csv", query("wenxin-yiyan", "sensechat")))
    assert lines["field"] == ["verdict", "wenxin-yiyan", "sensechat"]
    assert lines["name_zh"] == ["", "文心一言", "商量"]
    assert lines["parameters_stated"] == ["may-be-equal", "2600亿", "千亿级"]
    assert lines["parameters_high"] == ["may-be-equal", "260000000000", "999999999999"]
    assert lines["openness"] == ["differs", "closed", "open"]
    assert lines["released_earliest"] == ["not-comparable", "", ""]


def test_csv_is_safe_in_a_spreadsheet(client: Client, pair: list[Entry]) -> None:
    make_entry("=1+1", slug="formula")
    lines = lines_by_field(client.get("/compare.csv", query("formula", "sensechat")))
    assert lines["name_zh"][1] == "'=1+1"


def test_json_holds_the_rows_of_the_page(client: Client, pair: list[Entry]) -> None:
    asked = query("wenxin-yiyan", "sensechat", only="differences")
    page = client.get("/compare/", asked).context["groups"]
    assert [row.field for _group, rows in page for row in rows] == list(
        rows_by_field(client.get("/compare.json", asked))
    )


@pytest.mark.parametrize("path", [*FORMS, SUGGEST])
@pytest.mark.parametrize("parameter", ["model", "only", "q", "nonsense"])
def test_no_input_breaks_it(client: Client, path: str, parameter: str) -> None:
    for nasty in NASTIES:
        for given in ([nasty], [nasty] * 2, [nasty, "wenxin-yiyan"]):
            response = client.get(path, {parameter: given})
            assert response.status_code in {200, 400, 404}, (parameter, nasty[:20])


def test_a_thousand_models_are_refused_without_looking_them_up(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/compare.json", query(*(f"model-{i}" for i in range(1_000))))
    assert (response.status_code, "1000" in json.dumps(response.json()).replace(",", "")) == (400, True)


def test_an_unknown_parameter_is_refused_by_the_files(client: Client) -> None:
    assert client.get("/compare.csv", {"modle": "wenxin-yiyan"}).status_code == 400
