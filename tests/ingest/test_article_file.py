"""What is taken as an article, and what is refused with a reason."""

import hashlib

import pytest
from django.utils import translation

from models_catalog.intake.articles.text import MAX_CHARS, NotAnArticle, read_article
from models_catalog.text.repair import Dirt

TEXT = "百度发布文心一言。\r\n参数规模为2600亿。"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (("\ufeff" + TEXT).encode("gb18030"), "gb18030"),
    ],
)
def test_encoding_is_found_and_said(content: bytes, encoding: str) -> None:
    article = read_article(content)
    assert (article.encoding, article.text.lstrip("\ufeff")) == (encoding, TEXT)


def test_article_bears_the_hash_of_its_bytes() -> None:
    content = TEXT.encode("gb18030")
    assert read_article(content).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"a\0b", "NUL"),
        (b"\xff\xff\xff\xff", "neither UTF-8"),
        ("字".encode() * (MAX_CHARS + 1), "at most 200,000"),
        (b"a\n" * 10_001, "at most 10,000"),
        (b"a" * 20_001, "A line has more"),
    ],
)
def test_what_is_no_article_is_refused(content: bytes, reason: str) -> None:
    with translation.override("en"), pytest.raises(NotAnArticle, match=reason):
        read_article(content)


def test_a_long_article_is_counted_in_characters_and_its_lines_run_on() -> None:
    text = "\n".join(["字" * 9_999] * 20)
    article = read_article(text.encode())
    assert (len(text), len(article.lines), article.lines[-1].number) == (199_999, 20, 20)


def test_repairs_are_counted_by_kind_and_keep_their_places() -> None:
    article = read_article("創(chuàng)業(yè)邦\n清(qīng)華(OpenAI)".encode())
    assert article.repairs == {Dirt.PINYIN: 3}
    assert article.lines[0].repaired.raw_span(1, 2) == (9, 10)
