"""Reading an article in the admin: paste, look, tick, and the claims wait in the queue."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from models_catalog.models import Claim, Entry, Source
from models_catalog.models.vocabulary import EventKind, Field, NameKind, Status
from tests.admin.articles import ADDRESS, TEXT, card_of, propose, read, registry
from tests.decisions import accept_claim
from tests.factories import make_claim, make_entry

__all__ = ["registry"]  # a fixture


def test_findings_stand_beside_their_lines(curator: Client) -> None:
    page = read(curator)
    assert [(group.name, len(group.cards)) for group in page.context["groups"]] == [
        ("青鸾", 5),
        ("文心一言", 2),
    ]
    assert [(row.line.number, len(row.cards)) for row in page.context["rows"]] == [(1, 5), (2, 2)]
    assert [part.text for part in page.context["rows"][1].stretches] == ["文心一言", "的参数", "超10亿", "。"]


def test_what_is_beyond_doubt_is_ticked(curator: Client) -> None:
    cards = read(curator).context["cards"]
    assert {card.entry for card in cards if card.taken} == {"文心一言"}


def test_what_takes_too_long_is_read_in_part_and_the_page_says_so(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models_catalog.curation.articles.reading.SECONDS", -1)
    page = read(curator)
    assert "it was read into line 1." in page.content.decode()
    assert [card.finding.line for card in page.context["cards"]] == [1]


def test_each_mark_leads_to_its_card_and_back(curator: Client) -> None:
    html = read(curator).content.decode()
    marks, cards = (
        set(re.findall(pattern, html)) for pattern in (r'id="m(\d+)" href="#f\1"', r'href="#m(\d+)"')
    )
    assert marks == cards == {str(number) for number in range(1, 8)}


def test_ticked_findings_become_proposed_claims_of_a_new_source(curator: Client) -> None:
    page = read(curator)
    answer = propose(curator, page, *page.context["cards"])
    source = Source.objects.get(slug="some-paper")
    assert answer["Location"] == "/en/admin/models_catalog/claim/queue/?source=some-paper"
    assert Claim.objects.filter(source=source, status=Status.PROPOSED).count() == 7
    assert (Entry.objects.get(slug="qingluan").is_listed, source.is_reworded) == (False, False)


def test_a_known_text_needs_no_details_and_shows_its_claims(curator: Client) -> None:
    page = read(curator)
    propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"))
    again = curator.post(ADDRESS, {"text": TEXT})
    assert card_of(again, Field.PARAMETERS, "文心一言").known == Status.PROPOSED
    assert not card_of(again, Field.PARAMETERS, "文心一言").taken


def errors(page: Any) -> list[str]:
    return [card.error for card in page.context["cards"] if card.error]


def test_a_new_entry_needs_its_name_ticked(curator: Client) -> None:
    page = read(curator)
    answer = propose(curator, page, card_of(page, Field.PARAMETERS, "青鸾"))
    assert errors(answer) == ["No entry has this name. Select the finding that names it too."]
    assert not Source.objects.filter(slug="some-paper").exists()


def test_a_new_name_must_stand_in_its_words(curator: Client) -> None:
    page = read(curator)
    card = card_of(page, Field.NAME, "青鸾")
    answer = propose(curator, page, card, **{f"entry-{card.finding.key}": "别的"})
    assert errors(answer) == ["The name is not in this line."]


def test_a_new_name_can_be_another_name_of_a_known_entry(curator: Client) -> None:
    page = read(curator)
    card = card_of(page, Field.NAME, "青鸾")
    propose(curator, page, card, **{f"entry-{card.finding.key}": "wenxinyiyan"})
    claim = Claim.objects.get(text="青鸾")
    assert (claim.entry.slug, claim.token) == ("wenxinyiyan", NameKind.ALIAS)


def test_a_name_of_several_entries_asks_which(curator: Client) -> None:
    for slug in ("pangu", "pangu-2"):
        make_entry("盘古", slug=slug)
    page = read(curator, "大模型“盘古”的参数为1000亿。")
    card = card_of(page, Field.PARAMETERS, "pangu")
    answer = propose(curator, page, card, **{f"entry-{card.finding.key}": "盘古"})
    assert errors(answer) == ["Several entries have this name; give the address of one: pangu, pangu-2."]


def test_an_event_can_be_of_another_kind(curator: Client) -> None:
    page = read(curator, "12月,百度发布文心一言。")
    card = card_of(page, Field.EVENT, "文心一言")
    propose(curator, page, card, **{f"event-{card.finding.key}": EventKind.PLANNED.value})
    claim = Claim.objects.get(field=Field.EVENT, event=EventKind.PLANNED)
    assert (claim.days.lower.isoformat(), claim.stated) == ("2023-12-01", "12月")


def test_nothing_ticked_is_said(curator: Client) -> None:
    page = propose(curator, read(curator))
    assert [str(one) for one in page.context["messages"]] == ["Select at least one finding."]


def test_a_registry_that_changed_is_looked_at_again(curator: Client) -> None:
    page = read(curator)
    card = card_of(page, Field.NAME, "青鸾")
    make_entry("青鸾")
    answer = propose(curator, page, card)
    assert "The registry changed" in str(next(iter(answer.context["messages"])))
    assert not Source.objects.filter(slug="some-paper").exists()


def test_proposals_are_named_in_the_summary(curator: Client) -> None:
    page = read(curator)
    answer = propose(curator, page, *page.context["cards"])
    queue = curator.get(answer["Location"])
    assert [str(one) for one in queue.context["messages"]] == ["From “One”: 7 claims proposed, 1 new entry."]


def test_readers_see_a_source_once_something_of_it_is_accepted(curator: Client) -> None:
    page = read(curator)
    propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"))
    address = "/en/sources/some-paper/"
    assert curator.get(address).status_code == 404
    accept_claim(claim=Claim.objects.proposed().get(), reviewer="curator")
    assert curator.get(address).status_code == 200


def test_accepting_the_name_lists_the_entry(curator: Client) -> None:
    page = read(curator)
    propose(curator, page, card_of(page, Field.NAME, "青鸾"))
    claim = Claim.objects.get(text="青鸾")
    curator.post(
        reverse("admin:models_catalog_claim_decide", args=[claim.pk]), {"decision": "accept", "version": "0"}
    )
    queue = curator.get(reverse("admin:models_catalog_claim_queue"))
    version = queue.context["rows"][0].version
    curator.post(
        reverse("admin:models_catalog_claim_decide", args=[claim.pk]),
        {"decision": "accept", "version": version},
    )
    assert Entry.objects.listed().filter(name_zh="青鸾").exists()


@pytest.mark.parametrize("times", [1, 3])
def test_a_page_asks_as_much_however_long_the_article(curator: Client, times: int) -> None:
    text = "".join(f"大模型“青鸾{number}”的参数为{number}亿。\n" for number in range(2, 2 + times))
    curator.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(curator, text)
    assert len(queries) == 10


def test_every_claim_in_the_ledger_is_shown(curator: Client) -> None:
    page = read(curator)
    propose(curator, page, card_of(page, Field.NAME, "文心一言"))
    source = Source.objects.get(slug="some-paper")
    make_claim(Entry.objects.get(name_zh="文心一言"), Field.PARAMETERS, words="超10亿", source=source, line=2, start=7, end=11,
               number=card_of(page, Field.PARAMETERS, "文心一言").finding.value["number"])  # fmt: skip
    assert card_of(read(curator), Field.PARAMETERS, "文心一言").known == Status.ACCEPTED


def test_the_page_is_in_the_readers_language(curator: Client) -> None:
    with translation.override("zh-hans"):
        page = curator.get(ADDRESS.replace("/en/", "/zh/"))
    assert "<h1>读入文章</h1>" in page.content.decode()


def test_a_long_article_is_read_as_far_as_a_form_can_carry(curator: Client) -> None:
    page = read(curator, "".join(f"大模型“青鸾{number}”的参数为{number}亿。\n" for number in range(2, 400)))
    assert (len(page.context["cards"]), page.context["most"]) == (600, 600)
