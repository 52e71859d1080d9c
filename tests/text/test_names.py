"""Keys of names: one normaliser for names and queries, pinyin, order and addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.names import (
    MAX_NAME_CHARS,
    bigrams,
    fold,
    keys,
    slugify_name,
    sort_key,
    sort_key_en,
    sort_keys,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("文心一言", "文心一言"),
        ("盤古", "盘古"),
        ("螞蟻集團", "蚂蚁集团"),
        ("紫东·太初", "紫东太初"),
        ("紫東・太初", "紫东太初"),
        ("“雪湖·海若”", "雪湖海若"),
        ("Mind GPT", "mindgpt"),
        ("ＭｉｎｄＧＰＴ", "mindgpt"),
        ("MiLM-6B", "milm6b"),
        ("天工3.5", "天工35"),
        ("Straße\u200b", "strasse"),
        ("wénxīn yīyán", "wenxinyiyan"),
        ("WÉNXĪN YĪYÁN", "wenxinyiyan"),
        ("we\u0301nxi\u0304n", "wenxin"),
        ("wăn", "wan"),
        ("nǚ", "nv"),
        ("Nü", "nv"),
        ("lüe", "lve"),
        ("LǛ", "lv"),
        ("BLOOMé", "bloome"),
        (" · ", ""),
        ("", ""),
    ],
)
def test_fold_makes_spellings_meet(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("盘古", "盘谷"), ("M6", "MB"), ("星火", "火星"), ("百川", "百度")],
        *[("Über", "Uber"), ("Señor", "Senor"), ("Malmö", "Malmo"), ("が", "か"), ("й", "и"), ("ά", "α")],
        *[("nü", "nu"), ("yü", "yv")],
    ],
)
def test_fold_keeps_different_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("文心一言", "wenxinyiyan", "wxyy"),
        ("言犀", "yanxi", "yx"),
        ("盤古", "pangu", "pg"),
        ("紫东·太初", "zidongtaichu", "zdtc"),
        ("曹植", "caozhi", "cz"),
        ("行业精灵", "hangyejingling", "hyjl"),
        ("子曰", "ziyue", "zy"),
        ("华藏", "huazang", "hz"),
        ("通义千问", "tongyiqianwen", "tyqw"),
        ("讯飞星火 app", "xunfeixinghuoapp", "xfxhapp"),
        ("知海图AI", "zhihaituai", "zhtai"),
        ("绿洲", "lvzhou", "lz"),
        ("ChatGLM-6B", "chatglm6b", "chatglm6b"),
    ],
)
def test_keys_read_a_name(name: str, pinyin: str, initials: str) -> None:
    assert (keys(name).pinyin, keys(name).initials) == (pinyin, initials)


def test_bigrams_are_characters_and_pairs_once() -> None:
    assert bigrams("日日新") == ["日", "新", "日日", "日新"]


def test_bigrams_of_one_character_are_that_character() -> None:
    assert bigrams("问") == ["问"]


def test_sort_key_orders_chinese_by_pinyin_with_latin_among_them() -> None:
    names = [
        "紫东·太初",
        "文心一言",
        "M6",
        "盘古",
        "ChatGLM",
        "曹植",
        "M10",
        "先知",
        "西安",
        "悟道",
        "子曰",
        "书生",
    ]
    expected = [
        "曹植",
        "ChatGLM",
        "M6",
        "M10",
        "盘古",
        "书生",
        "文心一言",
        "悟道",
        "西安",
        "先知",
        "子曰",
        "紫东·太初",
    ]
    assert sorted(names, key=sort_key) == expected


def test_sort_key_orders_one_syllable_by_tone_then_strokes() -> None:
    assert sorted("吻问闻文温", key=sort_key) == ["温", "文", "闻", "吻", "问"]


def test_sort_key_en_orders_as_an_english_reader_does() -> None:
    names = ["alpha 9", "Alpha 10", "Alphabet", "Émile", "ERNIE", "WeNet", "Wenxin", "文星", "Zeta"]
    assert sorted(set(names), key=sort_key_en) == names


@pytest.mark.parametrize(
    ("name_zh", "name_en", "key"),
    [
        ("文心一言", "ERNIE Bot", "ernie bot"),
        ("文心一言", "", "wenxinyiyan"),
        ("", "ChatGLM-6B", "chatglm 00000006 b"),
    ],
)
def test_sort_key_in_english_is_of_the_name_shown(name_zh: str, name_en: str, key: str) -> None:
    assert sort_keys(name_zh, name_en)["sort_key_en"] == key


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("文心一言", "wenxinyiyan"),
        ("MiLM-6B", "milm-6b"),
        ("Mind GPT", "mind-gpt"),
        ("紫东·太初", "zidong-taichu"),
        ("天工3.5", "tiangong-3-5"),
        ("日日新SenseNova", "ririxin-sensenova"),
        ("盤古", "pangu"),
        ("Café", "cafe"),
        ("···", ""),
    ],
)
def test_slugify_name_spells_it_in_ascii(name: str, slug: str) -> None:
    assert slugify_name(name) == slug


def test_a_character_without_reading_stands_for_itself() -> None:
    assert keys("文\U00030002心").pinyin == "wen\U00030002xin"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_part_has_only_tokens_of_the_whole(text: str, start: int, length: int) -> None:
    assert set(bigrams(text[start : start + length])) <= set(bigrams(text))


@given(st.text(alphabet=st.characters()))
def test_no_text_breaks_the_keys(text: str) -> None:
    found = keys(text)
    assert len(found.folded) <= MAX_NAME_CHARS
    assert re.fullmatch(r"[a-z0-9-]{0,80}", slugify_name(text))
    assert max(map(len, sort_keys(text, "").values())) <= 200


def test_a_huge_name_is_cut() -> None:
    assert len(fold("大" * 100_000)) == MAX_NAME_CHARS
    assert len(fold("\ufdfa" * 200)) <= MAX_NAME_CHARS
