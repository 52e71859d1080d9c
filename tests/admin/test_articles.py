"""Reading an article in the admin: paste, look, tick, and the claims wait in the queue."""

import re
import time
from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from models_catalog.curation.articles.cards import Card
from models_catalog.curation.articles.forms import carried
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.vocabulary import EventKind, Field, NameKind, Status
from tests.decisions import accept_claim
from tests.factories import make_claim, make_developer, make_entry, make_sector

ADDRESS = "/en/admin/models_catalog/source/read/"
TEXT = "3月16日,甲公司发布大模型“青鸾”,参数为2600亿,面向金融领域。\n文心一言的参数超10亿。"
DETAILS = {
    "name_zh": "一篇", "name_en": "One", "publisher_zh": "某报", "publisher_en": "Some Paper", "published": "2023-07",
}  # fmt: skip


@pytest.fixture(autouse=True)
def registry(db: None) -> None:
    make_entry("文心一言", developers=["百度"])
    make_developer("甲公司")
    make_sector("金融", slug="finance")


def read(client: Client, text: str = TEXT, **more: Any) -> Any:
    return client.post(ADDRESS, {"text": text, **DETAILS, **more})


def card_of(page: Any, field: Field, name: str) -> Card:
    cards: list[Card] = page.context["cards"]
    return next(card for card in cards if (card.finding.field, card.entry) == (field, name))


def propose(client: Client, page: Any, *cards: Card, **more: Any) -> Any:
    """Send the second page with these cards ticked, everything else as it was shown."""
    data: dict[str, Any] = {"_propose": "", "article": page.context["carried"], **DETAILS}
    for card in page.context["cards"]:
        data[f"entry-{card.finding.key}"] = card.entry
        if card.event:
            data[f"event-{card.finding.key}"] = card.event
    data |= {f"take-{card.finding.key}": "1" for card in cards}
    return client.post(ADDRESS, data | more)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_its_encoding(curator: Client, encoding: str) -> None:
    upload = SimpleUploadedFile("a.txt", TEXT.encode(encoding), "text/plain")
    page = curator.post(ADDRESS, {"file": upload, **DETAILS})
    assert (page.context["article"].encoding, len(page.context["cards"])) == (encoding, 7)


@pytest.mark.parametrize(
    ("sent", "field", "error"),
    [
        ({}, "text", "Paste the article, or choose its file: one of the two."),
        (
            {"text": "a" * 200_001},
            "text",
            "The article has 200,001 characters; at most 200,000 are read. Send it in parts.",
        ),
        (
            {"file": b"a\0b"},
            "file",
            "It contains a NUL character, so it is not text. Save it as plain UTF-8 text.",
        ),
        ({"text": "x", "file": b"x"}, "text", "Paste the article, or choose its file: one of the two."),
    ],
)
def test_what_cannot_be_read_is_said_beside_it(
    curator: Client, sent: dict[str, Any], field: str, error: str
) -> None:
    files = {name: SimpleUploadedFile("a.txt", one) for name, one in sent.items() if isinstance(one, bytes)}
    page = curator.post(ADDRESS, {**DETAILS, **sent, **files})
    assert page.context["form"].errors[field] == [error]


def test_a_new_source_needs_its_details_and_keeps_the_text(curator: Client) -> None:
    page = curator.post(ADDRESS, {"text": TEXT, "published": "2023-99"})
    assert set(page.context["details"].errors) == {"name_zh", "publisher_zh", "published"}
    assert page.context["form"]["text"].value() == TEXT


def test_a_source_may_have_an_address_and_its_english_words_default_to_the_chinese(curator: Client) -> None:
    more = {"name_en": "", "publisher_en": "", "web_address": "https://example.org/a"}
    page = read(curator, **more)
    propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"), **more)
    source = Source.objects.get(sha256=page.context["article"].sha256)
    assert (source.name_en, source.publisher_en) == ("一篇", "某报")
    assert source.web_address == "https://example.org/a"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org/\u202eb", "https://example.org/\u200b"]
)
def test_an_address_that_is_none_is_said_beside_it(curator: Client, address: str) -> None:
    page = read(curator, web_address=address)
    assert set(page.context["details"].errors) == {"web_address"}


@pytest.mark.parametrize(
    "word",
    [
        "",
        "x",
        "a:b:c",
        "\0",
        ".eJw:b:c",
        "W10:b:c",
        f"{b64encode(b'[' * 9_999).decode()}:b:c",
        "WyJcdWQ4MDAiXQ:b:c",
    ],
)
def test_a_forged_article_is_refused(curator: Client, word: str) -> None:
    answer = curator.post(ADDRESS, {"article": word, "_propose": "", **DETAILS})
    assert "This page is incomplete: read the article again." in answer.content.decode()
    assert answer.context["form"]["text"].value() == ""
    assert Source.objects.filter(slug="some-paper").count() == 0


def test_a_page_that_was_signed_by_another_key_loses_neither_text_nor_details(
    curator: Client, settings: Any
) -> None:
    page = read(curator)
    settings.SECRET_KEY = "another" * 10
    curator.force_login(User.objects.get(username="the-curator"))
    again = propose(curator, page, card_of(page, Field.PARAMETERS, "文心一言"))
    assert again.context["form"]["text"].value() == TEXT
    assert again.context["details"]["name_zh"].value() == "一篇"


def test_a_page_may_lie_for_days(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(curator)
    later = time.time() + 90 * 24 * 3600
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: later)
        assert carried(page.context["carried"])[0].text == TEXT


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
