"""The text of an article: checks size and encoding, repairs each line and joins wrapped lines into passages."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from django.utils.translation import gettext as _

from models_catalog.text.name_search import simplified
from models_catalog.text.repair import Dirt, Repair, Repaired, repair
from models_catalog.text.spun import Glossed, looks_spun, read_names

MAX_CHARS = 200_000
MAX_LINES = 10_000
MAX_LINE_CHARS = 20_000
BOM = "\ufeff"


_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


class NotAnArticle(ValueError):
    """The bytes cannot be read as an article; the message says why."""


@dataclass(frozen=True)
class Line:
    """A line, counted from 1: raw, repaired, and with the names restored that a synonym spinner replaced.

    Quotations are taken from `text`; `named.text` is searched.
    """

    number: int
    raw: str
    repaired: Repaired
    named: Glossed

    @property
    def text(self) -> str:
        return self.repaired.text

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """The repairs of the line, then the names that were restored; positions are those of `raw`."""
        return *self.repaired.repairs, *(
            Repair(Dirt.SPUN, *self.repaired.raw_span(one.start, one.end), one.before, one.after)
            for one in self.named.replacements
        )


@dataclass(frozen=True)
class Article:
    """An article's text before repair; `sha256` is that of its bytes and identifies it later."""

    text: str
    encoding: str
    sha256: str

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(number, raw) for number, raw in enumerate(self.text.split("\n"), start=1)]

    def _line(self, number: int, raw: str) -> Line:
        repaired = repair(raw)
        named = read_names(repaired.text) if self.is_reworded else Glossed(repaired.text)
        return Line(number, raw, repaired, named)

    @cached_property
    def repairs(self) -> Counter[Dirt]:
        """Number of repairs of each kind."""
        return Counter(one.kind for line in self.lines for one in line.repairs)

    @cached_property
    def is_reworded(self) -> bool:
        """Whether its wording looks like that of a synonym spinner."""
        return looks_spun(self.text)

    @cached_property
    def is_chinese(self) -> bool:
        """Whether at least one character in ten is Chinese; less is understood of other languages."""
        return 10 * len(_HAN.findall(self.text)) >= len(self.text)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without a byte order mark, else GB18030. Raises `NotAnArticle`.

    The mark stays in the text as its first character, so that offsets are those of the file.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "utf-8-sig" if encoding == "utf-8" and text.startswith(BOM) else encoding
    raise NotAnArticle(_("This is neither UTF-8 nor GB18030 text. Save the article as plain UTF-8 text."))


def text_of(content: bytes) -> str:
    """The text in which an article's positions are counted; undecodable bytes are replaced, without an error."""
    try:
        return decoded(content)[0]
    except NotAnArticle:
        return content.decode("utf-8", errors="replace")


def read_article(content: bytes) -> Article:
    """Check and decode `content`. Raises `NotAnArticle` with a message for the person who sent it."""
    if b"\0" in content:
        raise NotAnArticle(_("It contains a NUL character, so it is not text. Save it as plain UTF-8 text."))
    text, encoding = decoded(content)
    if len(text) > MAX_CHARS:
        raise NotAnArticle(
            _("The article has %(size)s characters; at most %(most)s are read. Send it in parts.")
            % {"size": f"{len(text):,}", "most": f"{MAX_CHARS:,}"}
        )
    if not text.strip().strip(BOM):
        raise NotAnArticle(_("There is no text in it."))
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise NotAnArticle(
            _("The article has %(size)s lines; at most %(most)s are read. Send it in parts.")
            % {"size": f"{len(lines):,}", "most": f"{MAX_LINES:,}"}
        )
    if max(map(len, lines)) > MAX_LINE_CHARS:
        raise NotAnArticle(
            _("A line has more than %(most)s characters. Break it at its paragraphs.")
            % {"most": f"{MAX_LINE_CHARS:,}"}
        )
    return Article(text, encoding, hashlib.sha256(content).hexdigest())


Span = tuple[int, int]

_URL: Final = re.compile(r"(?:https?://|www\.)[^\s)）\]】>，。；、“”\u4e00-\u9fff]+|<[a-zA-Z/][^<>]{0,200}>")
_LINK: Final = re.compile(r"\[(?P<words>[^\[\]]{1,80})\]\([^()\s]{1,300}\)")
_CALL: Final = re.compile(
    r"""(?<![A-Za-z_])[A-Za-z_][\w.]{0,80}\([^()\n]{0,200}["'][^()\n]{0,200}\)|`[^`\n]{1,200}`""", re.ASCII
)
_MARKS: Final = re.compile(r"\*{1,3}|^#{1,6} ")
_CODE: Final = re.compile(
    r"^\s*(?:\$ |>>> |#!|```|(?:from \S+ )?import \S|pip3? install|git clone|def \w|class \w+[(:]|return |curl |wget |docker )"
    r"|\w\(\s*[\"']|^\s*[\w.]+\s*=\s*[\w.\"'\[{(]|(?:^|\s)--?[a-z][\w-]+[ =]\S|[{};]\s*$|^\s*[\"'][\w-]+[\"']\s*:"
)


@dataclass(frozen=True)
class Passage:
    """Lines that are read as one text; `starts` has the offset of each line in it."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return "".join(line.named.text for line in self.lines)

    @cached_property
    def starts(self) -> list[int]:
        return [0, *accumulate(len(line.named.text) for line in self.lines)][:-1]

    @cached_property
    def plain(self) -> str:
        """`text` in simplified characters, with spaces for URLs, tags, code and Markdown marks; same offsets."""
        return simplified(_masked(self.text))

    @property
    def is_code(self) -> bool:
        return len(self.lines) == 1 and _is_code(self.text)

    def at(self, place: int) -> tuple[Line, int]:
        """The line at an offset, and the offset at which that line begins."""
        number = bisect_right(self.starts, place) - 1
        return self.lines[number], self.starts[number]


def _masked(text: str) -> str:
    text = _LINK.sub(
        lambda link: " " + link["words"] + " " * (len(link.group()) - len(link["words"]) - 1), text
    )
    for pattern in (_URL, _CALL, _MARKS):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def _is_code(text: str) -> bool:
    """Whether a line is a command or source code: without Chinese, and with marks that no sentence has."""
    return _HAN.search(text) is None and _CODE.search(text) is not None


def passages(article: Article) -> Iterator[Passage]:
    """The passages of an article, from top to bottom."""
    held: list[Line] = []
    for line in article.lines:
        if held and not _goes_on(held[-1].text, line.text):
            yield Passage(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Passage(tuple(held))


_TO_BE_CONTINUED: Final = re.compile(
    r"(?:[，,、由于在和与及的为将把对向以从是有达]|正式|宣布|参数(?:规模|量)?|同时|已经?|随后|以及|[\u4e00-\u9fff](?<!版)发)$"
)
_CONTINUES: Final = re.compile(
    r"^(?:[，,、。；）)”」』》]|[（(](?=[^（）()]{0,16}(?:[亿BM]|参数))|为|的|了|是|在|于|由|发布|推出|研发|开源|上线|达到|达|超过|约|亿|万|大模型|模型|参数)"
)
_ENDED: Final = re.compile(r"[。！？!?；;…：:.]\s*[”\"」』）)]*\s*$")
_CLAUSES: Final = re.compile("[，、了将由]|发布|推出|开源|上线")
_MID_WORD: Final = re.compile(
    r"(?![今昨前去同上次当近日随此一二三四五六七八九十])[\u4e00-\u9fff].*[。！？，]"
)
_LABEL: Final = re.compile(r"[\-*•· ]*[\u4e00-\u9fff]{2,8}[：:]")
LONGEST_WRAPPED: Final = 60


def _goes_on(before: str, after: str) -> bool:
    """Whether a short line was wrapped in the middle of a sentence, by how it ends or how the next line begins."""
    before, after = before.rstrip(), after.strip()
    if not before or not after or len(before) > LONGEST_WRAPPED or _ENDED.search(before):
        return False
    if (
        any(mark in before + after for mark in "\t|")
        or _LABEL.match(after)
        or _is_code(before)
        or _is_code(after)
    ):
        return False
    if _TO_BE_CONTINUED.search(before) or _CONTINUES.match(after):
        return True
    return bool(_CLAUSES.search(before) and _MID_WORD.match(after) and len(after) <= len(before) * 1.3)
