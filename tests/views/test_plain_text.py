"""`/llms.txt` and `/models/<slug>.md`: facts as plain text, cheap, and nothing that breaks out of it."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.claims.settle import settle
from models_catalog.models.vocabulary import Field, Status
from models_catalog.pages import plain_text
from tests.factories import make_claim, make_entries, make_entry, propose

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_fact_stands_with_words_and_line(client: Client) -> None:
    make_entry(parameters="2600亿", developers=["百度"])
    text = text_of(client, "/en/models/wenxinyiyan.md")
    assert "- **Parameters**: 260B — “2600亿” ([The Paper, line 1](http://testserver/en/sources/" in text


def test_words_are_glossed_and_a_value_of_before_says_so(client: Client) -> None:
    entry = make_entry(parameters="10万亿")
    before: Any = {"words": "2600亿", "number": "[260000000000,260000000000]", "gloss_en": "260 billion"}
    make_claim(entry, Field.PARAMETERS, preferred=False, is_earlier=True, **before)
    settle([entry])
    text = text_of(client, "/en/models/wenxinyiyan.md")
    assert ("**Parameters**: Earlier: 260B" in text, "our translation: “260 billion”" in text) == (True, True)


def test_chinese_has_its_own_punctuation(client: Client) -> None:
    make_entry(parameters="2600亿", released="2023-03-16")
    text = text_of(client, "/zh/models/wenxinyiyan.md")
    assert not re.findall(r"[\u4e00-\u9fff*][:,] ", text)


def test_what_no_source_states_is_said(client: Client) -> None:
    make_entry()
    assert "- **Parameters**: not stated in our sources" in text_of(client, "/en/models/wenxinyiyan.md")


def test_disputed_statement_is_marked_and_a_proposed_one_stays_inside(client: Client) -> None:
    entry = make_entry()
    make_claim(
        entry, Field.OPENNESS, token="open", status=Status.DISPUTED, ruling="later-source", preferred=False
    )
    propose(entry)
    text = text_of(client, "/en/models/wenxinyiyan.md")
    assert ("isputed" in text, "1760" in text) == (True, False)


def test_names_are_only_text(client: Client) -> None:
    make_entry("[x](javascript:alert) # 标题 <b>", slug="x")
    text = text_of(client, "/zh/models/x.md")
    assert text.splitlines()[0] == "# \\[x\\](javascript:alert) \\# 标题 \\<b\\>"


def test_what_is_no_entry_is_not_found(client: Client) -> None:
    assert client.get("/models/none.md").status_code == 404


def test_page_leads_to_its_text(client: Client) -> None:
    make_entry()
    page = client.get("/en/models/wenxinyiyan/").content.decode()
    assert '<link rel="alternate" type="text/markdown" href="/en/models/wenxinyiyan.md">' in page


@pytest.mark.parametrize("n", [1, 30])
def test_start_takes_the_same_queries_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, n: int
) -> None:
    make_entries(n)
    with django_assert_num_queries(2):
        assert text_of(client, "/en/llms.txt").count(".md)") == n


def test_start_names_so_many_and_leads_to_the_rest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "LISTED", 2)
    make_entries(3)
    text = text_of(client, "/en/llms.txt")
    assert (text.count(".md)"), text.rstrip().endswith("/models.csv)")) == (2, True)
