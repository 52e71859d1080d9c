"""Where the sources disagree, and what was seen and left out."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from models_catalog.catalog import audit, sources
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, Omission
from models_catalog.models.vocabulary import EventKind, Field, OmissionReason, Ruling, Status
from tests.factories import days, make_claim, make_entry, make_source

pytestmark = pytest.mark.django_db


def dispute(name: str, field: Field = Field.PARAMETERS, **values: Any) -> None:
    values = values or {"number": parse_number("parameters", "60亿")}
    entry = make_entry(name, slug=f"e{name.encode().hex()}", parameters="62亿")
    make_claim(entry, field, words="60亿", status=Status.DISPUTED, ruling=Ruling.MORE_PRECISE, **values)


def left_out(words: str, reason: OmissionReason, start: int = 0, **more: Any) -> Omission:
    place = {"line": 5, "start": start, "end": start + len(words)}
    return Omission.objects.create(
        source=make_source(position=3), quotation=words, stated=words, reason=reason, **place, **more
    )


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_what_goes_while_the_page_of_its_article_is_made_is_left_out() -> None:
    entry = make_entry("文心", parameters="62亿")
    claim = make_claim(
        entry, Field.PARAMETERS, words="60亿", number=parse_number("parameters", "60亿"), preferred=False
    )
    gone, source = left_out("某模型", OmissionReason.FOREIGN_MODEL), claim.source
    assert source is not None
    places = list(sources.places(source))
    gone.delete()
    Claim.objects.filter(pk=claim.pk).update(status=Status.PROPOSED, preferred=False)
    shown = [one for found in sources.findings(places) for one in (*found.claims, *found.omissions)]
    assert (claim in shown, gone in shown, len(shown)) == (False, False, len(places) - 2)


def test_both_claims_stand_with_words_and_rule(client: Client) -> None:
    dispute("文心")
    make_entry("盘古", parameters="100亿")
    html = shown(client, "/en/disputes/")
    assert re.findall(r"<mark>([^<]*)</mark>", html) == ["62亿", "60亿"]
    assert "The more precise claim goes first" in html
    assert "1 field is disputed." in html


def test_of_events_only_those_of_the_kind_stand_there(client: Client) -> None:
    dispute("文心", Field.EVENT, event=EventKind.BETA, days=days("2023-03"))
    make_claim(make_entry("盘古"), Field.EVENT, event=EventKind.BETA, days=days("2023-04"))
    html = shown(client, "/en/disputes/")
    assert re.findall(r"<mark>([^<]*)</mark>", html) == ["60亿"]
    assert "Beta opened" in re.sub(r"\s+", " ", strip_tags(html.partition("<h2")[2].partition("</h2>")[0]))


def test_without_a_dispute_it_says_so(client: Client) -> None:
    make_entry("文心")
    assert "The sources disagree on nothing that is shown." in shown(client, "/en/disputes/")


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_the_disputes(
    client: Client, n: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(n):
        dispute(f"模型{number}")
    with django_assert_max_num_queries(5):
        shown(client, "/en/disputes/")


def test_the_second_page_has_the_rest_and_a_third_is_not_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "DISPUTES_PAGE", 1)
    for name in ("甲", "乙"):
        dispute(name)
    pages = [shown(client, f"/zh/disputes/?page={number}") for number in (1, 2)]
    assert ["甲" in page.partition("<h2")[2].partition("</h2>")[0] for page in pages] == [True, False]
    assert client.get("/disputes/?page=3").status_code == 404


def test_each_mention_left_out_has_its_reason_and_place(client: Client) -> None:
    left_out("GPT-4", OmissionReason.FOREIGN_MODEL, note_zh="美国模型", note_en="American.")
    text = re.sub(r"\s+", " ", strip_tags(shown(client, "/en/left-out/")))
    assert "GPT-4 Foreign model. American. 3 · The Paper, line 5" in text.replace(" .", ".")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["GPT-4", "昇腾"]),
        ("q=gpt", ["GPT-4"]),
        ("q=American", ["GPT-4"]),
        ("reason=chip-or-platform", ["昇腾"]),
        ("q=gpt&reason=chip-or-platform", []),
    ],
)
def test_they_are_searched_by_words_and_reason(client: Client, query: str, expected: list[str]) -> None:
    left_out("GPT-4", OmissionReason.FOREIGN_MODEL, note_zh="美国模型", note_en="American.")
    left_out("昇腾", OmissionReason.CHIP_OR_PLATFORM, 10)
    assert re.findall(r"<mark>([^<]*)</mark>", shown(client, f"/en/left-out/?{query}")) == expected


@pytest.mark.parametrize("query", ["reason=nonsense", "q=" + "x" * 101])
def test_what_cannot_be_searched_for_is_refused_with_its_reason(client: Client, query: str) -> None:
    left_out("GPT-4", OmissionReason.FOREIGN_MODEL)
    response = client.get(f"/en/left-out/?{query}")
    assert (response.status_code, "field-error" in response.content.decode()) == (400, True)


def test_pages_keep_what_was_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "OMISSIONS_PAGE", 1)
    for start in (0, 10):
        left_out("GPT-4", OmissionReason.FOREIGN_MODEL, start)
    html = shown(client, "/en/left-out/?q=gpt&reason=foreign-model")
    assert 'href="?page=2&q=gpt&reason=foreign-model"' in html.replace("&amp;", "&")


def test_pages_of_the_whole_list_carry_no_empty_parameter(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "OMISSIONS_PAGE", 1)
    for start in (0, 10):
        left_out("GPT-4", OmissionReason.FOREIGN_MODEL, start)
    assert 'rel="next" href="?page=2"' in shown(client, "/en/left-out/?q=&reason=")


def test_both_are_in_footer_and_sitemap(client: Client) -> None:
    about, sitemap = shown(client, "/en/about/"), shown(client, "/sitemap-pages.xml")
    for path in ("disputes", "left-out"):
        assert f'href="/en/{path}/"' in about
        assert f"/en/{path}/</loc>" in sitemap
