"""Numbers of parameters as written in texts: `2600亿`, `六十二亿`, `几百亿`, `3000多亿`, `千亿`, `6B`.

This is the core of a size; `sizes` reads the words around it (超, 近, 级, 以上, 参数).
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MAX_NUMBER: Final = 2**63 - 2
"""The largest number that a range of bigints holds, whose end is the number behind it."""

MAX_FIGURES: Final = 30

_PLAIN: Final = str.maketrans(
    "億萬兩幾數餘參級規過約達為於個點間從東總—–－‐‑‒−～",
    "亿万两几数余参级规过约达为于个点间从东总-------~",
)
_DIGITS: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_HAN: Final = r"[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?"
_UNIT: Final = r"[十百千]?万亿|[十百千]?亿|[十百千]?万"

_COUNTED: Final = re.compile(
    rf"(?P<number>{_DIGITS}|{_HAN}) ?(?P<inner>[多余])? ?(?P<unit>{_UNIT})"
    rf"(?:(?P<tail>[0-9]{{1,4}}|{_HAN})万(?!亿))? ?(?P<outer>[多余])?"
)
_SEVERAL: Final = re.compile(rf"(?P<several>好几|若干|十几|十数|几|(?<![参个人倍])数) ?(?P<unit>{_UNIT})")
_ORDER: Final = re.compile(_UNIT)
_LATIN: Final = re.compile(
    rf"(?P<number>{_DIGITS})(?:[ -]?(?P<unit>[BTM]|(?i:billion|trillion|million))|(?P<small>b))(?![A-Za-z0-9_])"
)
_UNITLESS: Final = re.compile(rf"(?P<number>{_DIGITS}|{_HAN}) ?(?:至|到|-|~) ?")

_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LATIN_SCALES: Final = {"m": 10**6, "b": 10**9, "t": 10**12}
_FIGURES: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True)
class Term:
    """A number of parameters that ends before position `end`: every whole number from `low` to `high`.

    `is_order`: only a power of ten is named (千亿). `is_latin`: the unit is a Latin letter or word.
    """

    end: int
    low: int
    high: int
    is_order: bool = False
    is_latin: bool = False

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def normalise(text: str) -> str:
    """`text` with half-width characters, plain blanks and simplified numerals, of the same length."""
    return "".join(map(_normal_char, text)).translate(_PLAIN)


def _normal_char(char: str) -> str:
    if char.isspace():
        return " "
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and char not in "，：；！？（）" else char


def read_term(text: str, start: int) -> Term | None:
    """The number at `start` of a normalised text, or None."""
    for pattern, reader in ((_SEVERAL, _several), (_LATIN, _latin), (_COUNTED, _counted), (_ORDER, _order)):
        match = pattern.match(text, start)
        if match is None:
            continue
        term = reader(match)
        if term is not None and 0 < term.low <= term.high <= MAX_NUMBER:
            return term
    return None


def read_unitless_range(text: str, start: int) -> Term | None:
    """`7-13B`, `10至100亿`: two numbers, only the second with a unit."""
    match = _UNITLESS.match(text, start)
    upper = read_term(text, match.end()) if match else None
    if match is None or upper is None or not upper.is_exact:
        return None
    unit = re.search(rf"(?:{_UNIT}|[A-Za-z]+)$", text[match.end() : upper.end])
    lower = read_term(f"{match['number']}{unit.group()}", 0) if unit else None
    return lower and Term(upper.end, lower.low, upper.high, is_latin=upper.is_latin)


def number_of(figures: str) -> Fraction | None:
    """The value of `1,200`, `1.4` or `一千三百零五点二`; None if it is not a number or has too many digits."""
    if len(figures) > MAX_FIGURES:
        return None
    if figures[0] in "0123456789":
        return Fraction(figures.replace(",", ""))
    whole, _, decimals = figures.partition("点")
    value = _below_ten_thousand(whole)
    if value is None:
        return None
    return value + sum(Fraction(_FIGURES[char], 10**place) for place, char in enumerate(decimals, 1))


def _below_ten_thousand(han: str) -> Fraction | None:
    """The value of `六十二`, `两千零五`, `十`. Skipped places need 零 (两百零五), as 两百五 may be 205 or 250."""
    value, last_scale, pending, zero = 0, 10**4, None, False
    for position, char in enumerate(han):
        if char == "零":
            if zero or pending is not None or position == 0:
                return None
            zero = True
        elif char in _FIGURES:
            if pending is not None:
                return None
            pending = _FIGURES[char]
        else:
            scale = _SCALES[char]
            if scale >= last_scale or (scale * 10 < last_scale < 10**4 and not zero):
                return None
            if pending is None and not (char == "十" and position == 0):
                return None
            value += (1 if pending is None else pending) * scale
            last_scale, pending, zero = scale, None, False
    if pending is not None:
        if 10 < last_scale < 10**4 and not zero:
            return None
        value += pending
        zero = False
    return None if zero or value == 0 else Fraction(value)


def _scale_of(unit: str) -> int:
    scale = 1
    for char in unit:
        scale *= _SCALES[char]
    return scale


def _step_of(number: Fraction) -> Fraction:
    """The place value of the last non-zero digit: 3000 → 1000, 26 → 1, 1.2 → 1/10."""
    step = Fraction(1)
    while (number / step).denominator != 1:
        step /= 10
    while step <= number and (number / (step * 10)).denominator == 1:
        step *= 10
    return step


def _whole(value: Fraction) -> int | None:
    return value.numerator if value.denominator == 1 else None


def _counted(match: re.Match[str]) -> Term | None:
    scale = _scale_of(match["unit"])
    more = bool(match["inner"] or match["outer"])
    if match["number"] in _SCALES and not more and not match["tail"]:
        return _order_of(match.end(), _SCALES[match["number"]] * scale)
    number = number_of(match["number"])
    if number is None or number == 0:
        return None
    tail = number_of(match["tail"]) if match["tail"] else Fraction(0)
    if tail is None or (tail and scale != _SCALES["亿"]):
        return None
    low = _whole(number * scale + tail * 10**4)
    if low is None:
        return None
    high = low + _whole_or_zero(_step_of(number) * scale) - 1 if more else low
    return Term(match.end(), low, high)


def _whole_or_zero(value: Fraction) -> int:
    return value.numerator if value.denominator == 1 else 0


def _several(match: re.Match[str]) -> Term:
    """几百亿 is 200 to just under 1000 亿; 十几亿 is 11 to just under 20 亿."""
    scale = _scale_of(match["unit"])
    low, beyond = (11, 20) if match["several"] in ("十几", "十数") else (2, 10)
    return Term(match.end(), low * scale, beyond * scale - 1)


def _order(match: re.Match[str]) -> Term:
    return _order_of(match.end(), _scale_of(match.group()))


def _order_of(end: int, power: int) -> Term:
    return Term(end, power, power * 10 - 1, is_order=True)


def _latin(match: re.Match[str]) -> Term | None:
    letter = (match["unit"] or match["small"])[0].lower()
    number = number_of(match["number"])
    value = None if number is None else _whole(number * _LATIN_SCALES[letter])
    return None if value is None else Term(match.end(), value, value, is_latin=True)
