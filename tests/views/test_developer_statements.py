"""What is said of developers, and by whom: on their pages, in comparisons, in files."""

import json
from typing import Any

import pytest
from django.test import Client

from models_catalog.models import Developer
from models_catalog.models.vocabulary import DeveloperKind
from tests.factories import make_developer, make_entry, make_source, make_statement
from tests.once import once

pytestmark = pytest.mark.django_db
CURATOR: dict[str, Any] = {"basis": "curator", "reason_zh": "众所周知", "reason_en": "Common knowledge"}


def _make_baidu() -> Developer:
    made = make_developer("百度", aliases=["baidu", "度娘"])
    make_entry("文心一言", developers=[made])
    make_statement(made, key="kind-1", words="百度等大厂", stated="大厂", gloss_en="big firms such as Baidu")
    make_statement(made, key="alias-1", field="alias", token="", text="baidu", words="baidu")
    return made


shared_baidu = once(_make_baidu)


@pytest.fixture
def baidu(shared_baidu: Developer, db: None) -> Developer:
    return Developer.objects.get(pk=shared_baidu.pk)


def test_page_shows_the_words_and_our_translation(client: Client, baidu: Developer) -> None:
    page = client.get("/en/developers/baidu/").content.decode()
    assert "百度等<mark>大厂</mark>" in page
    assert "big firms such as Baidu" in page
    assert "our translation" in page


def test_value_without_a_statement_is_the_curators(client: Client, baidu: Developer) -> None:
    groups = dict(client.get("/en/developers/baidu/").context["groups"])
    assert [(fact.value, fact.basis) for fact in groups["alias"]] == [
        ("baidu", "stated"),
        ("度娘", "curator"),
    ]


def test_statement_that_the_row_does_not_hold_stands_apart(client: Client, baidu: Developer) -> None:
    make_statement(baidu, key="kind-2", token=DeveloperKind.STARTUP, status="disputed")
    make_statement(baidu, key="kind-3", token=DeveloperKind.STARTUP, status="rejected")
    assert [one.key for one in client.get("/zh/developers/baidu/").context["others"]] == ["kind-2"]


def test_curators_reason_is_shown(client: Client, baidu: Developer) -> None:
    make_statement(baidu, key="kind-4", **CURATOR)
    assert "Common knowledge" in client.get("/en/developers/baidu/").content.decode()


@pytest.mark.parametrize("has_statement", [True, False])
def test_comparison_never_shows_the_words_that_name_the_developer(
    client: Client, has_statement: bool
) -> None:
    made = make_developer("百度")
    make_entry("文心", developers=[made])
    make_entry("盘古", slug="pangu", developers=["华为"])
    if has_statement:
        make_statement(made, key="kind-1")
    answer = json.loads(client.get("/compare.json?model=wenxin&model=pangu").content)
    (row,) = [row for row in answer["rows"] if row["field"] == "developer_kinds"]
    ((value, *_more), _other) = (cell["values"] for cell in row["cells"])
    statements = ["kind-1"] if has_statement else []
    assert value["claims"] == []
    assert value["developer_statements"][0]["statements"] == statements


def test_comparison_marks_the_curators_kind(client: Client, baidu: Developer) -> None:
    make_entry("盘古", slug="pangu", developers=["华为"])
    page = client.get("/en/compare/?model=wenxinyiyan&model=pangu").content.decode()
    assert "百度等<mark>大厂</mark>" in page
    assert page.count("no article states it") == 1


def test_files_say_the_bases_and_the_statements(client: Client, baidu: Developer) -> None:
    row = client.get("/api/v1/developers/baidu/").json()
    assert (row["kind_basis"], row["parent_basis"], row["aliases_basis"]) == (
        ["stated"], [], ["stated", "curator"],
    )  # fmt: skip
    told = client.get("/api/v1/developer-statements/").json()["results"]
    assert [(one["key"], one["value"], one["quotation"]) for one in told] == [
        ("alias-1", "baidu", "baidu"), ("kind-1", "big-tech", "百度等大厂"),
    ]  # fmt: skip


def test_article_lists_what_it_says_of_developers(client: Client, baidu: Developer) -> None:
    page = client.get(f"/en/sources/{make_source().slug}/").content.decode()
    assert "/developers/baidu/#kind-1" in page


def test_queries_do_not_grow_with_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    made = make_developer("百度", aliases=[f"名{i}" for i in range(40)])
    for i in range(40):
        make_statement(made, key=f"alias-{i}", field="alias", token="", text=f"名{i}")
    client.get("/en/models/")  # what is kept in memory follows what other tests did
    with django_assert_max_num_queries(12):
        assert client.get("/en/developers/baidu/").status_code == 200
