"""Words state a value or they do not: the same check for forms, marks and `verify_evidence`."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.intake.stated import states_value
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import (
    Basis,
    Category,
    EventKind,
    Field,
    Kind,
    Modality,
    NameKind,
    Openness,
)
from tests.admin.conftest import curator
from tests.factories import (
    days,
    make_claim,
    make_developer,
    make_entry,
    make_sector,
    make_source,
    unsaved_claim,
)

__all__ = ["curator"]  # a fixture

pytestmark = pytest.mark.django_db


def claim(field: Field, words: str, **columns: Any) -> Claim:
    entry = Entry.objects.filter(name_zh="某模").first() or make_entry("某模")
    return unsaved_claim(entry, field, words=words, **columns)


@pytest.mark.parametrize(
    ("words", "field", "token", "states"),
    [
        ("正式开源", Field.OPENNESS, Openness.OPEN, True),
        ("暂不开源", Field.OPENNESS, Openness.OPEN, False),
        ("暂不开源", Field.OPENNESS, Openness.CLOSED, True),
        ("開放下載", Field.OPENNESS, Openness.OPEN, True),
        *((words, Field.OPENNESS, Openness.OPEN, True) for words in (
            "采用Apache 2.0协议", "MIT License", "以MIT许可证", "Apache-2.0", "MIT", "GPL-3.0", "BSD-3-Clause", "木兰许可证", "open weights", "放出完整权重",
            "weights are available",
        )),
        *((words, Field.OPENNESS, Openness.OPEN, False) for words in (
            "社区许可协议", "尚未放出完整权重", "没有放出任何权重", "不采用Apache协议", "非MIT协议", "MIT与IBM的协议", "花木兰", "免费可商用", "许可协议", "SUMMIT协议", "MIT教授", "未公开", "权重未公开", "尚未开放权重", "不公开权重", "OpenAI", "没有公开", "非开源",
        )),
        *((words, Field.OPENNESS, Openness.CLOSED, True) for words in ("未公开权重", "权重暂未公开", "尚未对外开源", "非开源", "not open-source")),
        *((words, Field.OPENNESS, Openness.CLOSED, False) for words in ("未公开", "不仅开源", "无条件开源", "OpenAI", "社区许可协议")),
        ("通用大模型", Field.CATEGORY, Category.GENERAL, True),
        ("通用大模型", Field.CATEGORY, Category.INDUSTRY, False),
        ("文生图", Field.MODALITY, Modality.IMAGE, True),
        ("语音", Field.MODALITY, Modality.IMAGE, False),
        ("系列", Field.KIND, Kind.FAMILY, True),
        ("深圳", Field.KIND, Kind.MODEL, False),
    ],
)  # fmt: skip
def test_words_of_vocabularies(words: str, field: Field, token: str, states: bool) -> None:
    assert states_value(claim(field, words, token=token)) is states


@pytest.mark.parametrize(
    ("words", "states"), [("星汉智能", True), ("星漢智能公司", True), ("深圳", False), ("XH", True)]
)
def test_developers_by_any_of_their_names(words: str, states: bool) -> None:
    maker = make_developer("星汉智能", aliases=["XH"])
    assert states_value(claim(Field.DEVELOPER, words, developer=maker)) is states


@pytest.mark.parametrize(("words", "states"), [("银行", True), ("医院", False)])
def test_industries_by_the_words_of_articles(words: str, states: bool) -> None:
    assert states_value(claim(Field.SECTOR, words, sector=make_sector("金融", slug="finance"))) is states


@pytest.mark.parametrize(("words", "states"), [("文心大模型", True), ("该系列", True), ("盘古", False)])
def test_families_by_name_or_by_a_word_that_points_back(words: str, states: bool) -> None:
    assert states_value(claim(Field.PARENT, words, parent=make_entry("文心"))) is states


@pytest.mark.parametrize(
    ("text", "words", "states"),
    [("青鸾", "“青鸞”", True), ("青鸾", "青", False), ("Mind GPT", "MindGPT", True)],
)
def test_names(text: str, words: str, states: bool) -> None:
    assert states_value(claim(Field.NAME, words, text=text, token=NameKind.ZH)) is states


def test_days_and_addresses() -> None:
    source = make_source(published=days("2023-04-25"))
    day = {"event": EventKind.RELEASED, "days": days("2023-04-11"), "source": source}
    assert [states_value(claim(Field.EVENT, words, **day)) for words in ("4月11日", "4月12日", "上线")] == [
        True,
        False,
        False,
    ]
    link = {"text": "https://github.com/a/b", "token": "code"}
    assert [states_value(claim(Field.LINK, words, **link)) for words in ("github.com/a/b", "GitHub")] == [
        True,
        False,
    ]


def test_what_is_inferred_needs_no_such_words() -> None:
    told = {
        "basis": Basis.INFERRED,
        "reason_zh": "因",
        "reason_en": "so",
        "developer": make_developer("星汉智能"),
    }
    assert states_value(claim(Field.DEVELOPER, "深圳", **told))


def test_the_form_refuses_words_that_do_not_state_the_value(curator: Client) -> None:
    maker = make_developer("星汉智能")
    address = "/en/admin/models_catalog/claim/add/" + f"?entry={make_entry('某模').pk}&field=developer"
    sent = {
        "answer": "value", "basis": "stated", "source": make_source().pk, "line": 1, "start": 0, "end": 2, "quotation": "深圳",
        "developer": maker.pk,
    }  # fmt: skip
    told = "“深圳” does not state “星汉智能”. Give the words that do, or mark it as inferred and say why."
    assert curator.post(address, sent).context["form"].errors["stated"] == [told]
    assert not Claim.objects.filter(developer=maker).exists()


def test_verify_evidence_is_not_content_with_them(articles: Path) -> None:
    make_claim(make_entry("某模"), Field.DEVELOPER, words="深圳", developer=make_developer("星汉智能"))
    assert "'深圳' does not state '星汉智能'" in "\n".join(verify_evidence(articles).misses)
