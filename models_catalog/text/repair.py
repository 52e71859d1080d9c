"""Mechanical repair of corrupted articles, with a mapping from every character to its original position.

Repair only removes characters; none is changed, added or moved. The kinds of corruption were found by reading the four
articles of this registry; the figures are counts in them.

| kind | description | removed |
|---|---|---|
| pinyin | a character followed by its own reading, `創(chuàng)` (446) | the bracket, if it is a reading of that character |
| forum-noise | runs like `8 s7 t) T` at the edge of a line (43, 1,038 characters) | the run |
| lost-text | `???` where words were lost, `/p>` left of a tag (2 and 2) | these characters: the words stay lost |
| spam-line | a line of unrelated search terms (1) | the words |

A fifth kind, spun wording, cannot be repaired: see `spun`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from pypinyin import Style, pinyin

from models_catalog.text.spun import SPUN_GLOSSARY as SPUN_GLOSSARY
from models_catalog.text.spun import Glossed as Glossed
from models_catalog.text.spun import gloss as gloss


class Dirt(StrEnum):
    """Kinds of corruption."""

    PINYIN = "pinyin"
    FORUM_NOISE = "forum-noise"
    LOST = "lost-text"
    SPAM = "spam-line"
    SPUN = "spun-wording"


@dataclass(frozen=True)
class Repair:
    """One repaired place: raw[start:end] (code points) was `before`. `after` is "", or for a spun name its reading."""

    kind: Dirt
    start: int
    end: int
    before: str
    after: str = ""


@dataclass(frozen=True)
class Repaired:
    """A repaired text: `text[i]` was at `origin[i]` of the raw text; `repairs` in the order of the raw text."""

    text: str
    origin: tuple[int, ...]
    repairs: tuple[Repair, ...]

    def count(self, kind: Dirt) -> int:
        return sum(repair.kind is kind for repair in self.repairs)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The position of text[start:end] in the raw text, without characters removed at its edges.

        Raises ValueError unless 0 <= start < end <= len(text).
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start}:{end} is no stretch of a text of {len(self.text)} characters.")
        return self.origin[start], self.origin[end - 1] + 1

    def clean_span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """The position of raw[raw_start:raw_end] in `text`; start and end are equal if nothing of it is left."""
        return bisect_left(self.origin, raw_start), bisect_left(self.origin, raw_end)


def repair(raw: str) -> Repaired:
    """Repair an article, a line or a part of a line. Idempotent.

    A part is repaired as it is in the whole, unless it is cut inside a corrupted place.
    """
    text, origin, repairs = raw, tuple(range(len(raw))), list[Repair]()
    for _ in range(_MAX_PASSES):
        found = [(kind, span) for kind, spans in _DETECTORS for span in spans(text)]
        if not found:
            break
        taken: set[int] = set()
        for kind, (start, end) in found:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                begin, stop = origin[start], origin[end - 1] + 1
                repairs.append(Repair(kind, begin, stop, raw[begin:stop]))
        kept = [index for index in range(len(text)) if index not in taken]
        text, origin = "".join(text[index] for index in kept), tuple(origin[index] for index in kept)
    return Repaired(text, origin, tuple(sorted(repairs, key=lambda repair: (repair.start, repair.end))))


_MAX_PASSES: Final = 5
_Span = tuple[int, int]

_BRACKET: Final = re.compile(
    r"(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])(?:\([^\W\d_]{1,7}\)|（[^\W\d_\u3400-\u9fff]{1,7}）)+"
)
_ONE_BRACKET: Final = re.compile(r"[(（](\w+)[)）]")
_BLANK: Final = r"[^\S\n]"
_NOISE_UNIT: Final = rf"(?:[!-;]|{_BLANK}){_BLANK}[?-~]"
_NOISE: Final = re.compile(rf"(?:{_NOISE_UNIT}){{5,}}")
_LOST: Final = re.compile(r"(?<=\w)\?{2,}(?=\w)|(?<=\?)/p>(?=[ \t\r]*$)", re.MULTILINE)
_SPAM_WORDS: Final = ("成人小说", "中文字幕", "久久", "伊人", "狠狠", "超碰")
_SPAM_SHARE: Final = 3
_LINE: Final = re.compile(r"[^\r\n]+")


def _stray_readings(text: str) -> Iterator[_Span]:
    """Brackets with a reading of the character before them: of 復(fù) but not of 軟(OpenAI)."""
    for run in _BRACKET.finditer(text):
        readings = _readings(text[run.start() - 1])
        for bracket in _ONE_BRACKET.finditer(text, run.start(), run.end()):
            if bracket[1] not in readings:
                break
            yield bracket.span()


@lru_cache(maxsize=4096)
def _readings(char: str) -> frozenset[str]:
    """Every reading of a character in pinyin with tone marks."""
    return frozenset(
        unicodedata.normalize("NFC", one) for one in pinyin(char, style=Style.TONE, heteronym=True)[0]
    )


def _noise_runs(text: str) -> Iterator[_Span]:
    """Runs of five or more units at the edge of a line; blanks may be non-breaking."""
    for run in _NOISE.finditer(text):
        before, after = (
            text[max(0, run.start() - 1) : run.start()],
            text[run.end() : run.end() + 2].lstrip("\r")[:1],
        )
        if before in ("", "\n") or after in ("", "\n"):
            yield run.span()


def _lost_places(text: str) -> Iterator[_Span]:
    return (place.span() for place in _LOST.finditer(text))


def _spam_lines(text: str) -> Iterator[_Span]:
    for line in _LINE.finditer(text):
        if sum(word in line.group() for word in _SPAM_WORDS) >= _SPAM_SHARE:
            yield line.span()


_DETECTORS: Final = (
    (Dirt.SPAM, _spam_lines),
    (Dirt.FORUM_NOISE, _noise_runs),
    (Dirt.LOST, _lost_places),
    (Dirt.PINYIN, _stray_readings),
)
