"""Marking what the reader missed: the parsers, places and checks of a finding, whoever found it."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.curation.articles.marks import carried_marks
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import EventKind, Field, NameKind, Openness
from tests.admin.articles import read
from tests.admin.test_article_groups import group_of, send, taken
from tests.factories import make_entry, make_sector

TEXT = "甲公司的大(dà)模型“青鸾”用于银行。\n它的规模有七百二十亿,三月上了线,权重不会开放。\n玄鸟也来了,玄鸟的参数为13B。"


@pytest.fixture(autouse=True)
def registry(db: None) -> None:
    make_sector("金融", slug="finance")
    make_sector("教育", slug="education")
    make_entry("混元")


def mark(
    client: Client, page: Any, line: int, words: str, field: Field, model: str = "青鸾", **more: Any
) -> Any:
    sent = {
        "line": line,
        "words": words,
        "field": field.value,
        "model": model,
        "event": "",
        "start": "",
        **more,
    }
    return send(client, page, "_mark", **{f"mark-{name}": value for name, value in sent.items()})


def marked(page: Any) -> Any:
    """The card to which the page leads."""
    return next(card for card in page.context["cards"] if card.is_focused)


def errors(page: Any) -> list[str]:
    return [error for of in page.context["marking"].errors.values() for error in of]


@pytest.mark.parametrize(
    ("line", "words", "field", "event", "said"),
    [
        (2, "七百二十亿", Field.PARAMETERS, "", "72B"),
        (2, "三月", Field.EVENT, EventKind.RELEASED, "Released: March 2023"),
        (2, "权重不会开放", Field.OPENNESS, "", "Closed"),
        (1, "银行", Field.SECTOR, "", "金融"),
        (1, "甲公司", Field.DEVELOPER, "", "甲公司"),
        (1, "大模型", Field.KIND, "", "Model"),
    ],
)  # fmt: skip
def test_words_are_read_as_what_they_are_marked_as(
    curator: Client, line: int, words: str, field: Field, event: str, said: str
) -> None:
    card = marked(mark(curator, read(curator, TEXT), line, words, field, event=event))
    assert (card.said if said != "金融" else card.finding.value["sector"] > 0, card.taken) == (
        said if said != "金融" else True,
        True,
    )
    assert (card.finding.stated, card.entry) == (words, "青鸾")


def test_a_mark_is_placed_in_the_raw_line_and_proposed(curator: Client) -> None:
    page = taken(mark(curator, read(curator, TEXT), 1, "大模型", Field.KIND), "青鸾")
    send(curator, page)
    claim = Claim.objects.get(field=Field.KIND, entry__slug="qingluan")
    assert (claim.stated, claim.quotation, claim.place, claim.token) == (
        "大模型",
        "大模型“青鸾”",
        "1:4-15",
        "model",
    )


@pytest.mark.parametrize(
    ("line", "words", "field", "model", "told"),
    [
        (1, "公司", Field.PARAMETERS, "青鸾", "states no number"),
        (1, "深圳", Field.DEVELOPER, "青鸾", "These words are not in that line."),
        (1, "公司", Field.SECTOR, "青鸾", "“公司” does not name one industry."),
        (2, "规模", Field.OPENNESS, "青鸾", "“规模” says nothing of Openness."),
        (2, "三月", Field.EVENT, "青鸾", "Say which kind of event this is."),
        (1, "银行", Field.SECTOR, "", "Say which model this is about."),
        (1, "银行", Field.SECTOR, "无名", "No model is called “无名” here: mark its name first."),
        (9, "银行", Field.SECTOR, "青鸾", "The article has no such line."),
    ],
)  # fmt: skip
def test_words_that_do_not_say_it_are_refused_beside_them(
    curator: Client, line: int, words: str, field: Field, model: str, told: str
) -> None:
    page = mark(curator, read(curator, TEXT), line, words, field, model)
    assert any(told in error for error in errors(page))
    assert (page.context["marking"]["words"].value(), page.context["marks"]) == (words, [])


def test_a_name_that_is_marked_is_known_at_once(curator: Client) -> None:
    page = mark(curator, read(curator, TEXT), 3, "玄鸟", Field.NAME, "")
    group = group_of(page, "玄鸟")
    assert [(card.field, card.finding.stated) for card in group.solid] == [
        (Field.NAME, "玄鸟"),
        (Field.PARAMETERS, "13B"),
    ]
    send(curator, taken(page, "玄鸟"))
    assert Claim.objects.get(field=Field.PARAMETERS).entry.slug == "xuanniao"
    assert not Entry.objects.filter(slug="qingluan").exists()


def test_a_name_can_be_marked_as_another_of_a_known_model(curator: Client) -> None:
    page = mark(curator, read(curator, TEXT), 3, "玄鸟", Field.NAME, "混元")
    send(curator, page)
    claim = Claim.objects.get(text="玄鸟")
    assert (claim.entry.name_zh, claim.token) == ("混元", NameKind.ALIAS)


def test_marks_stay_while_others_are_made(curator: Client) -> None:
    page = mark(curator, read(curator, TEXT), 2, "七百二十亿", Field.PARAMETERS)
    page = mark(curator, page, 2, "不会开放", Field.OPENNESS)
    assert len(page.context["marks"]) == 2
    assert {card.finding.stated for card in page.context["cards"] if card.taken} == {"七百二十亿", "不会开放"}
    send(curator, taken(page, "青鸾"))
    assert Claim.objects.get(field=Field.OPENNESS).token == Openness.CLOSED


@pytest.mark.parametrize(
    "word",
    [
        "", "[]", "{}", "[1,2]", '[0,0,"a","name","",""]', '[1,0,"a","link","",""]', '["1",0,"a","name","",""]',
        '[1,0,"","name","a",""]', '[1,0," ","name","a",""]', '[1,0,"a","name","\\ud800",""]', '[1,0,["a"],"name","",""]', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_no_form_of_ours_wrote_is_no_mark(word: str) -> None:
    assert carried_marks([word]) == []


def test_a_forged_mark_is_said_to_be_none(curator: Client) -> None:
    page = read(curator, TEXT)
    answer = send(curator, page, "_all", "x", marked='[1, 0, "深圳", "developer", "青鸾", ""]')
    assert "“深圳” is marked no more: These words are not in that line." in answer.content.decode()
