"""The editor's reading of the spun article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.spun import SPUN_GLOSSARY, SPUN_REVERSALS, gloss, looks_spun


@pytest.mark.parametrize(
    ("spun", "reading"),
    [
        ("墨客·浦语模子", "书生·浦语模型"),
        ("天下家养智能大会", "世界人工智能大会"),
        ("狂语言模子TableGPT", "大语言模型TableGPT"),
        ("花难题工具", "生产力工具"),
        ("有所果真", "有所公开"),
        ("语境长度降级", "语境长度升级"),
        ("漫谈模群玩具买单吗", "玩具买单吗"),
        ("仍是漫谈模群未知数", "还是未知数"),
        ("群雄逐鹿,还需深挖渠", "群雄逐鹿,还需深挖渠"),
        ("针对于性的投入", "针对性的投入"),
        ("GPT4", "GPT4"),
    ],
)
def test_gloss_reads_the_spinners_words(spun: str, reading: str) -> None:
    assert gloss(spun).text == reading


def test_gloss_gives_each_replacement_its_place_and_marks_reversals() -> None:
    read = gloss("baidu语境降级")
    assert [(one.start, one.end, one.after, one.reverses) for one in read.replacements] == [
        (0, 5, "百度", False),
        (7, 9, "升级", True),
    ]


def test_reversals_are_words_of_the_glossary() -> None:
    assert set(SPUN_GLOSSARY) >= SPUN_REVERSALS


def test_looks_spun_needs_several_of_the_words() -> None:
    assert looks_spun("大模子、家养智能和墨客")
    assert not looks_spun("骚人墨客谈大模型")


@given(st.one_of(st.text(), st.lists(st.sampled_from([*SPUN_GLOSSARY]), max_size=8).map("".join)))
def test_gloss_can_be_undone(text: str) -> None:
    read = gloss(text)
    assert all(text[one.start : one.end] == one.before for one in read.replacements)
    pieces: list[str] = []
    position = 0
    for one in read.replacements:
        pieces += text[position : one.start], one.after
        position = one.end
    assert "".join(pieces) + text[position:] == read.text
