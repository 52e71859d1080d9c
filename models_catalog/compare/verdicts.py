"""Verdicts: how the values of several entries relate, as sets of candidates; and how precise a size is."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations, product

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.text.sizes import Interval


class Precision(TextChoices):
    """Precision of a stated size. Shown as text next to every number and mark."""

    EXACT = "exact", _("exact figure")
    ORDER = "order", _("order of magnitude only")
    SEVERAL = "several", _("“several”, no figure")
    AT_LEAST = "at-least", _("at least")
    AT_MOST = "at-most", _("at most")
    RANGE = "range", _("range")


def precision(size: Interval) -> Precision:
    """The precision implied by the ends: 千亿级 is 10^11 to just under 10^12, 几百亿 starts at 2·10^10."""
    if size.low is None or size.high is None:
        return Precision.AT_LEAST if size.high is None else Precision.AT_MOST
    if size.low == size.high:
        return Precision.EXACT
    decade = (size.high + 1) // 10
    if not _is_power_of_ten(size.high + 1) or size.low not in (decade, 2 * decade):
        return Precision.RANGE
    return Precision.ORDER if size.low == decade else Precision.SEVERAL


def _is_power_of_ten(number: int) -> bool:
    return str(number).strip("0") == "1"


CHINESE_UNITS = {"亿": 10**8, "万": 10**4}
ENGLISH_UNITS = {"B": 10**9, "M": 10**6}


def shared_unit(sizes: list[Interval], language: str) -> str:
    """The unit in which all of `sizes` are written: 亿 or B, or 万 or M if all are below one of these."""
    units = CHINESE_UNITS if language.startswith("zh") else ENGLISH_UNITS
    large, small = units
    ends = [end for size in sizes for end in (size.low, size.high) if end is not None]
    return small if ends and max(ends) < units[large] else large


def in_unit(size: Interval, unit: str) -> str:
    """`size` in `unit`: `2600`, `62`, `1,000–<10,000`, `≥10`. Ends are never rounded."""
    scale = (CHINESE_UNITS | ENGLISH_UNITS)[unit]
    low, high = size.low, size.high
    if low is not None and low == high:
        return _written(low, scale)
    upper = "" if high is None else _upper(high, scale)
    if low is None:
        return upper if upper.startswith("<") else f"≤{upper}"
    return f"{_written(low, scale)}–{upper}" if upper else f"≥{_written(low, scale)}"


def _upper(high: int, scale: int) -> str:
    """The upper end; just under a round number it is written as “<” that number."""
    return f"<{_written(high + 1, scale)}" if (high + 1) % 10**4 == 0 else _written(high, scale)


def _written(number: int, scale: int) -> str:
    whole, rest = divmod(number, scale)
    decimals = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0") if rest else ""
    return f"{whole:,}" + (f".{decimals}" if decimals else "")


Whole = frozenset[Hashable]
"""A value that is right or wrong as a whole: all developers, the one category."""

Possible = Sequence[Interval | Whole]
"""Candidates for an entry's value: one, more if claims are disputed, none if unknown."""


class ComparisonVerdict(TextChoices):
    SAME = "same", _("Same")
    DIFFERS = "differs", _("Differs")
    MAY_BE_EQUAL = "may-be-equal", _("May be equal")
    NOT_COMPARABLE = "not-comparable", _("Not comparable")


def relation(one: Interval | Whole, other: Interval | Whole) -> ComparisonVerdict:
    """The relation of two values. Intervals are the same only if both are the same single number."""
    if isinstance(one, Interval) and isinstance(other, Interval):
        if not _overlap(one, other):
            return ComparisonVerdict.DIFFERS
        return ComparisonVerdict.SAME if one == other and _is_number(one) else ComparisonVerdict.MAY_BE_EQUAL
    return ComparisonVerdict.SAME if one == other else ComparisonVerdict.DIFFERS


def between(one: Possible, other: Possible) -> ComparisonVerdict:
    """The relation of two entries' values, whichever disputed claim is right."""
    found = {relation(left, right) for left, right in product(one, other)}
    if not found:
        return ComparisonVerdict.NOT_COMPARABLE
    return found.pop() if len(found) == 1 else ComparisonVerdict.MAY_BE_EQUAL


def verdict(values: Sequence[Possible]) -> ComparisonVerdict:
    """The relation of all values of a row but the unknown ones; not comparable if fewer than two are known."""
    known = [value for value in values if value]
    found = {between(one, other) for one, other in combinations(known, 2)}
    for word in (ComparisonVerdict.DIFFERS, ComparisonVerdict.MAY_BE_EQUAL, ComparisonVerdict.SAME):
        if word in found:
            return word
    return ComparisonVerdict.NOT_COMPARABLE


def _is_number(size: Interval) -> bool:
    return size.low is not None and size.low == size.high


def _overlap(one: Interval, other: Interval) -> bool:
    return _reaches(one.high, other.low) and _reaches(other.high, one.low)


def _reaches(high: int | None, low: int | None) -> bool:
    return high is None or low is None or high >= low
