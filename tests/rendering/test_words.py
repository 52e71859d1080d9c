"""Text in its own language, messages and addresses kept by language."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from models_catalog.pages.rendering.words import (
    coded,
    in_lang,
    labels,
    lang_attribute,
    language_of,
    measured,
    translated,
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("盘古", "zh-Hans"),
        ("盤古", "zh-Hant"),
        ("訊飛星火app", "zh-Hant"),
        ("ChatGLM-6B 模型", "zh-Hans"),
        ("MindGPT", "en"),
        ("2600", ""),
    ],
)
def test_a_text_says_its_language_and_script(text: str, tag: str) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh-hans", "文心", "文心"),
        ("zh-hans", "盤古", '<span lang="zh-Hant">盤古</span>'),
        ("en", "文心", '<span lang="zh-Hans">文心</span>'),
        ("en", "ERNIE", "ERNIE"),
        ("zh-hans", "A<b>", '<span lang="en">A&lt;b&gt;</span>'),
    ],
)
def test_only_text_in_another_language_is_marked(language: str, text: str, expected: str) -> None:
    with translation.override(language):
        assert in_lang(text) == expected


def test_unmarked_text_is_left_to_be_escaped() -> None:
    assert not isinstance(in_lang("文<b>"), SafeString)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ' lang="zh-Hant"'), ("zh-hans", ' lang="zh-Hant"')]
)
def test_a_traditional_quotation_says_so(language: str, expected: str) -> None:
    with translation.override(language):
        assert lang_attribute("盤古大模型") == expected


def test_kept_words_follow_the_language() -> None:
    found = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            found.append((str(translated("Compare")), labels()["kind"]["model"]))
    assert found == [("Compare", "Model"), ("比较", "模型"), ("Compare", "Model")]


def test_what_a_message_is_given_is_escaped() -> None:
    with translation.override("en"):
        assert translated("Compare %(name)s", name="<b>") == "Compare &lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("At once.", "At once."),
        ("Write `a` or `b`.", "Write <code>a</code> or <code>b</code>."),
        ("<b> `<i>`", "&lt;b&gt; <code>&lt;i&gt;</code>"),
    ],
)
def test_words_between_backticks_are_code(text: str, expected: str) -> None:
    assert coded(text) == expected


def test_a_number_and_its_unit_are_kept_on_one_line() -> None:
    assert measured("从10亿到10万亿，21个在2023年4月1日") == (
        '从<span class="nowrap">10亿</span>到<span class="nowrap">10万亿</span>，<span class="nowrap">21个</span>'
        '在<span class="nowrap">2023年4月1日</span>'
    )
    assert measured("from 1B to 10T <b>") == "from 1B to 10T &lt;b&gt;"
