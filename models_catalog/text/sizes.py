"""The grammar of a size: a number, and words around it that make it a bound, a level or an estimate.

| words | interval |
|---|---|
| 2600亿, 62 亿, 1.2万亿, 六十二亿, 6B | that number |
| 千亿, 千亿级, 亿级 | from that power of ten to just under the next: it is an order of magnitude, not a number |
| 几百亿, 数百亿 | from 2 to just under 10 times 百亿 |
| 3000多亿, 20余亿 | from it to just under the next value of its last non-zero digit: 3000 to 4000 亿 |
| 超10亿, 10亿以上, 10亿+, 上千亿, 至少, 不低于 | from it (included), open above |
| 不到, 不足, 低于 | open below, to just under it |
| 不超过, 至多, 以下, 以内 | open below, up to it |
| 近百亿, 接近, 将近 | from 80 % of it to just under it |
| 约300亿, 300亿左右, 大约, 60亿级 | 10 % on either side; an order of magnitude is unchanged |
| 10亿至100亿, 7B-13B, 7-13B | both ends included |

The percentages for 近 and 约 are this project's convention: no source defines them.
"""

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import Final

from models_catalog.text.numerals import MAX_NUMBER, Term, read_term, read_unitless_range

SMALLEST_SIZE: Final = 10**6
"""Fewer than a million parameters is not the size of a model: 2.7万 counts something else."""

NEAR_SHARE: Final = Fraction(8, 10)
ABOUT_SHARE: Final = Fraction(1, 10)


@dataclass(frozen=True)
class Interval:
    """Whole parameters, both ends included; None is an open end."""

    low: int | None
    high: int | None


class _Mode(Enum):
    PLAIN = "plain"
    AT_LEAST = "at least"
    BELOW = "below"
    AT_MOST = "at most"
    NEAR = "near"
    ABOUT = "about"
    LEVEL = "level"


_BEFORE: Final = {
    _Mode.AT_MOST: "不超过|至多|最多|不高于|不大于|不多于|up to |at most |≤|<=",
    _Mode.AT_LEAST: "超过了?|超出|超|逾|突破了?|大于|高于|多于|至少|不低于|不少于|最少"
    "|over |more than |at least |≥|>=|>",
    _Mode.BELOW: "不到|不足|低于|小于|少于|未到|less than |under |<",
    _Mode.NEAR: "将近|接近|近|nearly |almost ",
    _Mode.ABOUT: "大约|大概|约为|约|差不多|about |around |approximately |roughly |~|≈",
}
_AFTER: Final = {
    _Mode.AT_LEAST: r"及?以上|之上|\+",
    _Mode.AT_MOST: "及?以下|以内|之内",
    _Mode.ABOUT: "左右|上下(?!文)",
    _Mode.LEVEL: "数量级|量级|级别|级",
}
_PREFIXES: Final = [
    (mode, re.compile(f"(?:{words})(?:达到?|有)? ?", re.IGNORECASE)) for mode, words in _BEFORE.items()
]
_SUFFIXES: Final = [(mode, re.compile(f" ?(?:{words})")) for mode, words in _AFTER.items()]
_RISING: Final = re.compile("上(?=[十百千]?[万亿])")
_NOUN: Final = re.compile(
    r" ?(?:的?个?总?参数(?:规模|总量|数量|量|数)?|的?规模|(?:total )?-?param(?:eter)?s?(?![a-z]))",
    re.IGNORECASE,
)
_TO: Final = re.compile(" ?(?:至|到|-|~) ?")


@dataclass(frozen=True)
class Size:
    """A scanned size: `interval`, its end position `end`, and `nouns_end`, after its nouns (参数, 规模)."""

    end: int
    nouns_end: int
    interval: Interval
    is_latin: bool
    names_parameters: bool
    names_level: bool


def scan(text: str, start: int) -> Size | None:
    """The size at `start` of a normalised text: 超 | 上, a number or range, 级 | 参数 | 以上."""
    modes, position = _read_prefix(text, start)
    term, is_range = _read_number(text, position)
    if term is None:
        return None
    end = nouns_end = term.end
    names_parameters = names_level = False
    while True:
        if noun := _NOUN.match(text, nouns_end):
            nouns_end = noun.end()
            names_level = True
            names_parameters = names_parameters or noun.group().strip(" 的") != "规模"
        elif suffix := _read_suffix(text, nouns_end):
            mode, end = suffix
            nouns_end = end
            modes.add(mode)
        else:
            break
    interval = _apply(modes, term, is_range)
    if interval is None:
        return None
    level = names_level or _Mode.LEVEL in modes
    return Size(end, nouns_end, interval, term.is_latin, names_parameters, level)


def _read_prefix(text: str, start: int) -> tuple[set[_Mode], int]:
    if rising := _RISING.match(text, start):
        return {_Mode.AT_LEAST}, rising.end()
    for mode, pattern in _PREFIXES:
        if prefix := pattern.match(text, start):
            return {mode}, prefix.end()
    return set(), start


def _read_suffix(text: str, position: int) -> tuple[_Mode, int] | None:
    for mode, pattern in _SUFFIXES:
        if match := pattern.match(text, position):
            return mode, match.end()
    return None


def _read_number(text: str, position: int) -> tuple[Term | None, bool]:
    """A number or a range at `position`, and whether it is a range."""
    if shared := read_unitless_range(text, position):
        return (shared, True) if shared.low <= shared.high else (None, True)
    first = read_term(text, position)
    to = _TO.match(text, first.end) if first else None
    second = read_term(text, to.end()) if to else None
    if first is None or second is None:
        return first, False
    if first.low > second.low:
        return None, True
    return Term(second.end, first.low, second.high, is_latin=second.is_latin), True


def _apply(modes: set[_Mode], term: Term, is_range: bool) -> Interval | None:
    """The interval of a number with the words around it; None if they contradict each other or it is out of bounds."""
    level = _Mode.LEVEL in modes
    bounds = modes - {_Mode.LEVEL}
    if len(bounds) > 1 or (is_range and bounds - {_Mode.ABOUT}):
        return None
    mode = bounds.pop() if bounds else _Mode.PLAIN
    low, high = _level(term) if level else (term.low, term.high)
    if mode is _Mode.ABOUT and term.is_exact and not level:
        low, high = _around(term.low)
    bounded: dict[_Mode, Interval] = {
        _Mode.AT_LEAST: Interval(term.low, None),
        _Mode.BELOW: Interval(None, term.low - 1),
        _Mode.AT_MOST: Interval(None, term.low if term.is_order else term.high),
        _Mode.NEAR: Interval(ceil(term.low * NEAR_SHARE), term.low - 1),
    }
    if high > MAX_NUMBER or high < SMALLEST_SIZE:
        return None
    return bounded.get(mode, Interval(low, high))


def _level(term: Term) -> tuple[int, int]:
    """With 级, a power of ten becomes its order of magnitude, another number an estimate."""
    if not term.is_exact:
        return term.low, term.high
    if str(term.low).strip("0") == "1":
        return term.low, term.low * 10 - 1
    return _around(term.low)


def _around(value: int) -> tuple[int, int]:
    return ceil(value * (1 - ABOUT_SHARE)), floor(value * (1 + ABOUT_SHARE))
