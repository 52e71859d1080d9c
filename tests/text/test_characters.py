"""Which characters a text may hold."""

from xml.etree import ElementTree

import pytest

from models_catalog.text.characters import folded, for_xml, is_plain, is_quotable, refused_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("文心\x0b一言", "文心 一言"), ("文心 \r\n 一言", "文心 一言"), ("a\u2028b\u2029c\x85d\x0ce\tf", "a b c d e f"),
        ("文\u200b心\ufeff", "文心"), ("so\u00adft\u200e", "soft"), (" 文心 一言 ", "文心 一言"), ("盘古　大模型", "盘古　大模型"),
        ("👍🏽 é 𠮷", "👍🏽 é 𠮷"), ("\u200b", ""),
    ],
)  # fmt: skip
def test_what_is_pasted_is_folded(typed: str, kept: str) -> None:
    assert (folded(typed), folded(kept), is_plain(kept)) == (kept, kept, True)


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x01", "\x08", "\x1b", "\x7f", "\x80", "\x9f", "\u202e", "\u2066", "\ud800", "\ufdd0", "\ufffe", "\uffff", "\U0001ffff"],
)  # fmt: skip
def test_what_no_text_may_hold_is_named(character: str) -> None:
    words = folded(f"文{character}心")
    assert (refused_in(words), is_plain(words), is_quotable(words)) == (
        f"U+{ord(character):04X}",
        False,
        False,
    )


@pytest.mark.parametrize("character", ["\t", "\u2028", "\u200b", "\u200f", "\ufeff", "\u00ad"])
def test_a_quotation_keeps_what_the_article_has(character: str) -> None:
    words = f"文{character}心"
    assert (is_quotable(words), is_plain(words)) == (True, False)


def test_every_character_can_be_written_to_xml() -> None:
    everything = "".join(map(chr, [*range(0x3000), *range(0xD7F0, 0x10010), 0x1FFFE, 0x10FFFF]))
    read = ElementTree.fromstring(f"<a><![CDATA[{for_xml(everything).replace(']]>', '')}]]></a>").text or ""
    assert "\ufffd" in read


def test_many_blanks_are_looked_at_once() -> None:
    """A pattern that looked for a break behind each of them would not end."""
    assert folded("a" + " " * 1_000_000 + "b") == "a" + " " * 1_000_000 + "b"
    assert folded("a" + " \n" * 500_000 + "b") == "a b"
