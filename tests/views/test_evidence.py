"""The words behind one value: a page of their own, and what a source mark opens."""

import re
from typing import Any

import pytest
from django.test import Client

from models_catalog.catalog.page import Mark
from models_catalog.claims.merge import merge_entries
from models_catalog.intake.values import parse_number
from models_catalog.models import Entry, Source
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind, Status
from models_catalog.pages.rendering.words import marks
from tests.factories import days, dispute_size, make_claim, make_entry, make_source
from tests.once import once

pytestmark = pytest.mark.django_db


def _make_entry() -> Entry:
    make_source(position=3)
    entry = make_entry("ChatGLM-6B", slug="glm", parameters="62亿")
    dispute_size(entry, key="other")
    return entry


shared_entry = once(_make_entry)


@pytest.fixture
def entry(shared_entry: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_entry.pk)


def opened(client: Client, key: str, **headers: str) -> str:
    response = client.get(f"/en/models/glm/claims/{key}/", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_both_sides_of_a_dispute_stand_with_words_and_rule(client: Client, entry: Entry) -> None:
    html = opened(client, "other")
    assert re.findall(r"<mark>([^<]*)</mark>", html) == ["62亿", "60亿"]
    assert "The more precise claim goes first" in html
    assert html.index("62亿</mark>") < html.index("claim--asked") < html.index("60亿</mark>")


def test_it_leads_to_entry_article_citation_and_report(client: Client, entry: Entry) -> None:
    html = opened(client, "other")
    for address in (
        "/en/models/glm/#other", "/en/sources/thepaper-2023/#glm.other", "/en/models/glm/claims/other/cite.txt",
        "/en/models/glm/report/?claim=other",
    ):  # fmt: skip
        assert f'href="{address}"' in html


def test_for_htmx_it_is_a_part_and_has_an_address_of_its_own(client: Client, entry: Entry) -> None:
    part = opened(client, "other", **{"hx-request": "true"})
    assert ("<html" in part, "<html" in opened(client, "other")) == (False, True)
    assert "6B" in part


@pytest.mark.parametrize(
    ("field", "alike", "apart"),
    [
        (Field.NAME, {"text": "甲", "token": NameKind.ALIAS}, {"text": "乙", "token": NameKind.CORRUPTED}),
        (Field.EVENT, {"event": EventKind.BETA, "days": days("2023-03")}, {"event": EventKind.UPDATED}),
    ],
)
def test_only_what_is_of_the_same_kind_stands_there(
    client: Client, entry: Entry, field: Field, alike: dict[str, Any], apart: dict[str, Any]
) -> None:
    make_claim(entry, field, key="asked", words="甲", **alike)
    make_claim(entry, field, key="apart", words="乙", **apart)
    assert re.findall(r"<mark>([^<]*)</mark>", opened(client, "asked")) == ["甲"]


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.REJECTED])
def test_what_readers_do_not_see_is_not_found(client: Client, entry: Entry, status: Status) -> None:
    entry.claims.filter(key="other").update(status=status, ruling="")
    assert client.get("/models/glm/claims/other/").status_code == 404
    assert client.get("/models/glm/claims/none/").status_code == 404


def test_a_claim_of_a_merged_entry_is_found_where_it_went(client: Client, entry: Entry) -> None:
    kept = make_entry("智谱", slug="kept")
    merge_entries(kept=kept, merged=entry, by="somebody")
    response = client.get("/models/glm/claims/other/")
    assert (response.status_code, response["Location"].startswith("/models/kept/claims/")) == (301, True)


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_the_claims(
    client: Client, entry: Entry, n: int, django_assert_max_num_queries: Any
) -> None:
    for _more in range(n):
        make_claim(
            entry, Field.PARAMETERS, words="60亿", number=parse_number("parameters", "60亿"), preferred=False
        )
    with django_assert_max_num_queries(9):
        opened(client, "other")


def mark(number: int, *, is_disputed: bool = False) -> Mark:
    return Mark(number, f"key-{number}", f"Source {number}", Basis.STATED, is_disputed)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([mark(1)], "1"),
        ([mark(1), mark(3)], "1,3"),
        ([mark(1), mark(3, is_disputed=True)], '1<span class="mark__against">3?</span>'),
    ],
)
def test_a_cell_has_one_link_that_tells_agreement_from_dispute(found: list[Mark], shown: str) -> None:
    html = marks({"parameters": found}, "parameters", "/models/glm/")
    assert re.findall(r"<a [^>]*href=\"([^\"]*)\"[^>]*>(.*?)</a>", html) == [("/models/glm/#key-1", shown)]


def test_a_source_stands_once_in_a_cell(client: Client, entry: Entry) -> None:
    reason = {"reason_zh": "名称", "reason_en": "Its name."}
    number = parse_number("parameters", "62亿")
    make_claim(
        entry, Field.PARAMETERS, words="6B", number=number, basis=Basis.INFERRED, preferred=False, **reason
    )
    cell = client.get("/en/models/").content.decode().partition('data-label="Parameters"')[2]
    assert re.findall(r">([^<>]*)<span class=\"mark__against\">([^<]*)<", cell)[0] == ("3", "3?")


def test_a_source_without_an_address_says_so(client: Client, entry: Entry) -> None:
    address = re.compile(r"<dt>Address</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
    page = "/en/sources/thepaper-2023/"
    assert "Not known" in address.findall(client.get(page).content.decode())[0]
    Source.objects.update(found_at_zh="澎湃新闻网站；网址不详")
    assert address.findall(client.get(page).content.decode()) == []
