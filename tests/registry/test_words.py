"""Messages keep to the words of docs/glossary.md, and Chinese ones to Chinese punctuation; templates hold no text of their own."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from registry.messages import admin_files, page_files, read_catalogue
from tests.registry.test_messages import COMMENTED
from tests.views.test_punctuation import HALF

GLOSSARY = (settings.BASE_DIR / "docs/glossary.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ")
]
NOT_SAID = [
    word
    for _english, _chinese, _meaning, words in ROWS
    for word in words.split(", ")
    if word not in ("", "not")
]
SAID = sorted(
    {word for row in ROWS for word in re.findall(r"[\u4e00-\u9fff]{2,}", row[1])}, key=len, reverse=True
)
_OWN = re.compile("|".join(SAID))
_LATIN = re.compile(
    rf"\b(?<!there )({'|'.join(word for word in NOT_SAID if word.isascii())})\b(?! longer)", re.IGNORECASE
)
_HAN = re.compile("|".join(word for word in NOT_SAID if not word.isascii()))
_PLACE = re.compile(r"%\(\w+\)[sd]|`[^`]*`|<[^>]*>|https?://\S+|&\w+;|{[^}]*}")
_KEY = re.compile(r"(?<![A-Za-z])[a-z?] (?=[\u4e00-\u9fff])")
_SPACE = re.compile(
    r"[\u4e00-\u9fff，。；：！？、“”（）《》] +[\w◇“‘（]|[\w◇%]+ +[\u4e00-\u9fff，。；：！？、“”（）《》]",
    re.ASCII,
)


def bare(text: str) -> str:
    """The text with one sign for each part that is filled in, is code or is an address."""
    return _PLACE.sub("◇", text)


def english_faults(text: str) -> list[str]:
    return _LATIN.findall(bare(text))


def chinese_faults(text: str) -> list[str]:
    """Words, half-width punctuation and typed spaces that a Chinese message must not have."""
    words = bare(text)
    found = (_HAN.finditer(_OWN.sub("◇", words)), HALF.finditer(words), _SPACE.finditer(_KEY.sub("", words)))
    return [one.group() for of_kind in found for one in of_kind]


def messages() -> Iterator[tuple[str, str]]:
    """Each message in English with its Chinese, plurals apart."""
    for message in read_catalogue():
        texts = [message.id] if isinstance(message.id, str) else message.id
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        yield from ((text, strings[min(place, len(strings) - 1)]) for place, text in enumerate(texts) if text)


def test_the_glossary_is_read() -> None:
    assert {"maker", "stands", "隶属", "您"} < set(NOT_SAID)


@pytest.mark.parametrize("text", ["It stands here", "“x” is no day", "3 statements", "Dismiss the report"])
def test_each_kind_of_english_is_seen(text: str) -> None:
    assert english_faults(text)


@pytest.mark.parametrize(
    "text", ["There is no entry", "It is no longer here", "%(maker)s is new", "an understanding"]
)
def test_other_english_is_left(text: str) -> None:
    assert english_faults(text) == []


@pytest.mark.parametrize(
    "text", ["隶属", "图鉴", "类型: 模型", "最多有 %(n)s 条", "无变化则返回 304", "从 `*` 开始", "您好"]
)
def test_each_kind_of_chinese_is_seen(text: str) -> None:
    assert chinese_faults(text)


@pytest.mark.parametrize(
    "text", ["百模图鉴", "j 下一条", "Mind GPT平台", "原话写明是", "%(a)s → %(b)s", "“; ”连接"]
)
def test_other_chinese_is_left(text: str) -> None:
    assert chinese_faults(text) == []


def test_no_english_message_uses_a_word_that_the_glossary_replaces() -> None:
    assert {text: found for text, _chinese in messages() if (found := english_faults(text))} == {}


def test_no_chinese_message_uses_such_a_word_or_half_width_signs_or_typed_spaces() -> None:
    assert {chinese: found for _text, chinese in messages() if (found := chinese_faults(chinese))} == {}


def test_no_template_types_punctuation_after_a_value() -> None:
    typed = re.compile(r"}}(?:</\w+>)?(?:[:,;.] |\.$|: ?{%)", re.MULTILINE)
    texts = {
        path.name: COMMENTED.sub("", path.read_text("utf-8")) for path in (*page_files(), *admin_files())
    }
    assert {name: found for name, text in texts.items() if (found := typed.findall(text))} == {}
