"""Repair of the articles' dirt: what is taken, what only looks like it, and the way back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.repair import Dirt, repair

NOISE = "8 s7 t) T\u00a0\u00a0C1 E6 \\5 I3 e0 c"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("創(chuàng)業(yè)邦經(jīng)授權(quán)", "創業邦經授權"),
        ("行(háng)業(yè)", "行業"),
        ("行(xíng)", "行"),
        ("小(xiǎo)米(mǐ)MiLM-6B", "小米MiLM-6B"),
        ("數(shù)(shǔ)", "數"),
        ("兩個月???那一定", "兩個月那一定"),
        ("不造了嗎?/p>", "不造了嗎?"),
        ("不造了嗎?/p>\n下", "不造了嗎?\n下"),
        ("大模型是这样。" + NOISE, "大模型是这样。"),
        (NOISE + "除了", "除了"),
        ("上\n" + NOISE + "\n" + NOISE + "\r\n下", "上\n\n\r\n下"),
        (": N2 C& v0 N$ T' Y, A2 月,", "2 月,"),
        ("6 \\* }' l3 s\" h都叫大模型0 T, x8 A3 T. m: b$ o) g", "都叫大模型"),
        ("久久,伊人,中文字幕\n正文", "\n正文"),
    ],
)
def test_repair_takes_dirt_away(raw: str, clean: str) -> None:
    assert repair(raw).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "",
        "微軟(OpenAI)",
        "星海情報局(ID:junwu2333)",
        "研究院(IDEA)认知",
        "業(chuàng)",
        "業(ye)",
        "(yè)",
        "a(a)",
        "真的?那好",
        "什么???",
        "href=/p>",
        "多模态大模型M6使用",
        "8 s7 t) T",
        "从 0 到 1,5000 万美元",
        "GMT+8, 2025-2-26 01:30 , Processed in",
        "中文字幕",
        "成為亞洲、歐美的中文字幕",
    ],
)
def test_repair_leaves_what_only_looks_like_dirt(text: str) -> None:
    assert repair(text).text == text


def test_repair_counts_each_kind_and_keeps_what_it_took() -> None:
    repaired = repair("創(chuàng)業(yè)???好")
    assert Counter(repair.kind for repair in repaired.repairs) == {Dirt.PINYIN: 2, Dirt.LOST: 1}
    assert (repaired.count(Dirt.PINYIN), repaired.count(Dirt.SPAM)) == (2, 0)
    assert [repair.before for repair in repaired.repairs] == ["(chuàng)", "(yè)", "???"]


def test_spans_lead_back_to_the_raw_text_and_forth() -> None:
    raw = "新創(chuàng)業(yè)邦"
    repaired = repair(raw)
    assert repaired.text == "新創業邦"
    assert repaired.raw_span(1, 3) == (1, 11)
    assert repair(raw[1:11]).text == "創業"
    assert repaired.clean_span(1, 11) == (1, 3)
    assert repaired.clean_span(2, 9) == (2, 2)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 3)])
def test_raw_span_refuses_what_is_no_stretch(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        repair("文心").raw_span(start, end)


_PIECES = st.sampled_from(
    [
        "創",
        "(chuàng)",
        "業",
        "(yè)",
        "?",
        "??",
        "/p>",
        "\n",
        "\r\n",
        " ",
        "\u00a0",
        "8 s",
        "7 t",
        ") T",
        "a",
        "久久",
        "伊人",
        "超碰",
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join))


@given(_TEXTS)
def test_every_character_leads_back(raw: str) -> None:
    repaired = repair(raw)
    assert [raw[place] for place in repaired.origin] == list(repaired.text)
    assert list(repaired.origin) == sorted(set(repaired.origin))
    assert all(raw[one.start : one.end] == one.before for one in repaired.repairs)


@given(_TEXTS)
def test_what_is_missing_is_in_the_repairs(raw: str) -> None:
    repaired = repair(raw)
    taken = {place for one in repaired.repairs for place in range(one.start, one.end)}
    assert taken == set(range(len(raw))) - set(repaired.origin)


@given(_TEXTS)
def test_repairing_twice_changes_nothing(raw: str) -> None:
    assert repair(repair(raw).text).repairs == ()


def test_a_hundred_thousand_characters_of_noise_are_no_trouble() -> None:
    assert repair("8 s" * 30_000 + "文").text == "文"
    assert len(repair("?" * 100_000).text) == 100_000
    assert len(repair("創(" * 50_000).text) == 100_000
