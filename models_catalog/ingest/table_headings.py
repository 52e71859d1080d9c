"""Headings of tables: how they are compared, the unit that one gives, and which row of a file they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_BESIDE: Final = re.compile("[\u200b-\u200f\u2060\ufeff*:]|\\([^()]*\\)|\\[[^\\[\\]]*\\]")
_HAN: Final = "[\u3400-\u9fff]"
_SIMPLE: Final = str.maketrans(
    "參數發佈時間開閉機構單廠類別領應稱產規態鏈連結網業權狀標協議億萬個為語視頻圖長窗動預計",
    "参数发布时间开闭机构单厂类别领应称产规态链连结网业权状标协议亿万个为语视频图长窗动预计",
)
"""Traditional characters of headings; the converter of names is too much for the process that reads uploads."""
_BETWEEN_HAN: Final = re.compile(f"(?<={_HAN}) (?={_HAN})")
_UNITS: Final = {
    "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "t": 10**12, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_IN_BRACKETS: Final = re.compile(
    rf"[(\[](?:单位|unit|units)?[: ]*(?:in )?(?:以)?({_UNIT})s?(?: ?(?:个|计|为单位|参数|parameters|params))*[)\]]"
)
_AT_END: Final = re.compile(rf"(?:单位 ?:? ?|/ ?|\bin )({_UNIT})s?$| ({_UNIT})s?$")
_BEHIND: Final = re.compile(
    rf"(?:(?<=参数)|(?<=参数量)|(?<=规模)|(?<=参数数))[,， ]?({_UNIT})$|^({_UNIT})(?=参数)"
)
_UNIT_SAID: Final = re.compile(
    rf"(?<=[数量模])[,， ]?(?:{_UNIT})$|^(?:{_UNIT})(?=参数)|[ ,，]?(?:单位 ?:? ?(?:{_UNIT})|/ ?(?:{_UNIT})|\bin (?:{_UNIT})s?)$| (?:{_UNIT})s?$"
)
ROWS_LOOKED_AT: Final = 20
"""Rows among which the heading is looked for: titles and notes stand above it."""


def full_heading(words: str) -> str:
    """A heading narrow, in lower case, with single blanks, none between Chinese characters."""
    narrow = unicodedata.normalize("NFKC", words).casefold().replace("_", " ").translate(_SIMPLE)
    return _BETWEEN_HAN.sub("", " ".join(narrow.split()))


def plain_heading(words: str) -> str:
    """The same without what stands in brackets or cannot be seen."""
    return _BETWEEN_HAN.sub("", " ".join(_BESIDE.sub("", full_heading(words)).split()))


def forms_of(words: str) -> list[str]:
    """The ways in which a heading may be known: as it is, without brackets, without the unit."""
    full = full_heading(words)
    return list(dict.fromkeys([full, plain_heading(words), plain_heading(_UNIT_SAID.sub("", full))]))


def unit_of(words: str) -> int | None:
    """The unit that the heading of a column of sizes gives: 参数量（亿）, Params (M), 规模/亿."""
    full = full_heading(words)
    found = _IN_BRACKETS.search(full) or _AT_END.search(full) or _BEHIND.search(full)
    return _UNITS[next(filter(None, found.groups()))] if found else None


def score(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different headings a row of cells has."""
    return len(
        {form for cell in cells if (form := next((one for one in forms_of(cell) if one in known), ""))}
    )


def heading_among(rows: Iterable[tuple[int, Sequence[str]]], known: frozenset[str]) -> tuple[int, int]:
    """The line of the row with most headings among the first, and how many it has; (0, 0) if none has any."""
    best = (0, 0)
    for number, (line, cells) in enumerate(rows):
        if number >= ROWS_LOOKED_AT:
            break
        if (found := score(cells, known)) > best[1]:
            best = (line, found)
    return best
