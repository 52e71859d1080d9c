"""The stretches of an article that are read as one: lines, hard-wrapped lines put together; what is no prose is marked.

What is searched has the length of what stands there, so that places hold in both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from models_catalog.ingest.article_file import Article, Line
from models_catalog.text.name_search import simplified

Span = tuple[int, int]

_URL: Final = re.compile(r"(?:https?://|www\.)[^\s)）\]】>，。；、“”\u4e00-\u9fff]+|<[a-zA-Z/][^<>]{0,200}>")
_LINK: Final = re.compile(r"\[(?P<words>[^\[\]]{1,80})\]\([^()\s]{1,300}\)")
_CALL: Final = re.compile(
    r"""[A-Za-z_][\w.]*\([^()\n]{0,200}["'][^()\n]{0,200}\)|`[^`\n]{1,200}`""", re.ASCII
)
_MARKS: Final = re.compile(r"\*{1,3}|^#{1,6} ")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_CODE: Final = re.compile(
    r"^\s*(?:\$ |>>> |#!|```|(?:from \S+ )?import \S|pip3? install|git clone|def \w|class \w+[(:]|return |curl |wget |docker )"
    r"|\w\(\s*[\"']|^\s*[\w.]+\s*=\s*[\w.\"'\[{(]|(?:^|\s)--?[a-z][\w-]+[ =]\S|[{};]\s*$|^\s*[\"'][\w-]+[\"']\s*:"
)


@dataclass(frozen=True)
class Passage:
    """Lines that are read as one text; `starts` are the places in it at which each begins."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return "".join(line.named.text for line in self.lines)

    @cached_property
    def starts(self) -> list[int]:
        return [0, *accumulate(len(line.named.text) for line in self.lines)][:-1]

    @cached_property
    def plain(self) -> str:
        """Simplified, with blanks for addresses, tags and the marks of links."""
        return simplified(_masked(self.text))

    @property
    def is_code(self) -> bool:
        return len(self.lines) == 1 and _is_code(self.text)

    def at(self, place: int) -> tuple[Line, int]:
        """The line of that place, and where the line begins."""
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
    """Whether a line is a command or of a program: it has no Chinese, but marks that no sentence has."""
    return _HAN.search(text) is None and _CODE.search(text) is not None


def passages(article: Article) -> Iterator[Passage]:
    """The article from top to bottom."""
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
    r"^(?:[，,、。；）)”」』》]|为|的|了|是|在|于|由|发布|推出|研发|开源|上线|达到|达|超过|约|亿|万|大模型|模型|参数)"
)
_ENDED: Final = re.compile(r"[。！？!?；;…：:.]\s*[”\"」』）)]*\s*$")
_CLAUSES: Final = re.compile("[，、了将由]|发布|推出|开源|上线")
_MID_WORD: Final = re.compile(
    r"(?![今昨前去同上次当近日随此一二三四五六七八九十])[\u4e00-\u9fff].*[。！？，]"
)
LONGEST_WRAPPED: Final = 60


def _goes_on(before: str, after: str) -> bool:
    """Whether a line was broken in the middle of a sentence: it is short and ends, or the next begins, as none does."""
    before, after = before.rstrip(), after.strip()
    if not before or not after or len(before) > LONGEST_WRAPPED or _ENDED.search(before):
        return False
    if any(mark in before + after for mark in "\t|") or _is_code(before) or _is_code(after):
        return False
    if _TO_BE_CONTINUED.search(before) or _CONTINUES.match(after):
        return True
    return bool(_CLAUSES.search(before) and _MID_WORD.match(after) and len(after) <= len(before) * 1.3)
