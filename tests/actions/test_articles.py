"""Proposing what was found in an article: all of it or nothing, and once however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connections

from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.articles.propose import Chosen, Outcome, propose_findings
from models_catalog.intake.articles.text import Article, read_article
from models_catalog.models import Claim, ClaimEvent, Entry, Source
from models_catalog.models.vocabulary import Field, Status
from tests.factories import days, make_entry

TEXT = "3月16日,甲公司发布大模型“青鸾”,参数为2600亿。\n文心一言的参数超10亿。"
COLUMNS = {Field.NAME: ("text", "token"), Field.EVENT: ("event", "days"), Field.PARAMETERS: ("number",)}
pytestmark = pytest.mark.django_db


def article() -> Article:
    return read_article(TEXT.encode())


def source() -> Source:
    return Source(
        name_zh="一篇", name_en="One", publisher_zh="某报", publisher_en="Some Paper", published=days("2023-07"),
        sha256=article().sha256, file_name="a.txt", condition_zh="干净", condition_en="clean",
    )  # fmt: skip


def chosen(**more: Any) -> list[Chosen]:
    findings = find(article(), read_lexicon(), days("2023-07"))
    return [
        Chosen(one, {column: one.value[column] for column in COLUMNS[Field(one.field)]} | more,
               entry=Entry.objects.get(pk=one.mention.entries[0].pk) if one.mention.entries else None,
               new_name=one.mention.new)
        for one in findings if one.mention and one.field in COLUMNS
    ]  # fmt: skip


def propose() -> Outcome:
    return propose_findings(source=source(), chosen=chosen(), proposer="curator")


def test_source_entries_and_claims_are_made_and_wait() -> None:
    known = make_entry("文心一言")
    outcome = propose()
    made = outcome.entries[0]
    assert (outcome.source.slug, made.slug, made.is_listed) == ("some-paper", "qingluan", False)
    assert {(claim.entry.slug, claim.field, claim.status) for claim in outcome.claims} == {
        ("qingluan", "name", Status.PROPOSED), ("qingluan", "event", Status.PROPOSED),
        ("qingluan", "parameters", Status.PROPOSED), ("wenxinyiyan", "name", Status.PROPOSED),
        ("wenxinyiyan", "parameters", Status.PROPOSED),
    }  # fmt: skip
    known.refresh_from_db()
    assert known.parameters is None


def test_what_was_proposed_is_not_proposed_again() -> None:
    make_entry("文心一言")
    first = propose()
    again = propose()
    assert (len(again.claims), again.entries, again.known) == (0, [], len(first.claims))
    assert Source.objects.filter(sha256=article().sha256).count() == 1


def test_what_is_unchecked_is_not_proposed_again() -> None:
    make_entry("文心一言")
    first = propose()
    Claim.objects.update(line=None, start=None, end=None)
    assert propose().known == len(first.claims)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_proposes_once() -> None:
    make_entry("文心一言")
    taken = chosen()

    def send(_number: int) -> int:
        try:
            return len(propose_findings(source=source(), chosen=taken, proposer="curator").claims)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(send, range(3)))
    assert sorted(made) == [0, 0, len(taken)]
    assert Entry.objects.filter(slug__startswith="qingluan").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_claim_takes_source_and_entries_back() -> None:
    make_entry("文心一言")
    with pytest.raises(IntegrityError):
        propose_findings(source=source(), chosen=chosen(text="浮"), proposer="curator")
    assert not Source.objects.filter(sha256=article().sha256).exists()
    assert not Entry.objects.filter(slug="qingluan").exists()


def test_history_says_what_was_done() -> None:
    make_entry("文心一言")
    claim = propose().claims[0]
    event = ClaimEvent.objects.select_related("pgh_context").get(pgh_obj_id=claim.pk)
    assert event.pgh_context.metadata == {"what": "read article", "who": "curator"}


def test_a_taken_address_and_file_name_are_given_another() -> None:
    make_entry("文心一言")
    propose()
    other = source()
    other.sha256 = "1" * 64
    outcome = propose_findings(source=other, chosen=chosen(), proposer="curator")
    assert (outcome.source.slug, outcome.source.file_name) == ("some-paper-2", "11111111-a.txt")
    assert Claim.objects.filter(source=outcome.source).count() == len(outcome.claims)
