"""The editor's reading of the spun article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.spun import SPUN_GLOSSARY, SPUN_REVERSALS, Glossed, gloss, looks_spun, read_names
from models_catalog.text.spun_words import SPUN_NAMES


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


@given(st.lists(st.sampled_from([*SPUN_NAMES, "文", "a", " "]), max_size=12).map("".join), st.data())
def test_places_before_are_found_as_by_looking_at_every_replacement(text: str, data: st.DataObject) -> None:
    found = read_names(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    assert found.span_before(start, end) == one_by_one(found, start, end)
    touched = [one for one in found.replacements if one.start < one_by_one(found, start, end)[1]]
    assert [*found.replaced_in(start, end)] == [
        one for one in touched if one_by_one(found, start, end)[0] < one.end
    ]


def one_by_one(glossed: Glossed, start: int, end: int) -> tuple[int, int]:
    moved, found = 0, [start, end]
    for one in glossed.replacements:
        begin, stop = one.start + moved, one.start + moved + len(one.after)
        moved += len(one.after) - (one.end - one.start)
        if start >= begin:
            found[0] = start - moved if start >= stop else one.start
        if end > begin:
            found[1] = end - moved if end >= stop else one.end
    return found[0], found[1]
