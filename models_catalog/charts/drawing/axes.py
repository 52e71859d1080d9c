"""Axes: where they begin and end, what their ticks say, on a desk and on a phone, and how their values are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Literal

from django.utils.translation import get_language

from models_catalog.text.dates import format_days
from models_catalog.text.days import Days
from models_catalog.text.quantities import Interval, format_quantity

Value = int | str
"""A number, or a day as `2023-03-16`."""

Tick = tuple[Value, str]
"""Where it stands, and what it says."""

_STEPS = (1, 2, 5)
_NARROW_TICKS = 4
_DAYS_SHOWN_BY_MONTH = 500


@dataclass(frozen=True)
class Axis:
    """An axis from `first` to `last`, in data units. `ticks` and `narrow_ticks` are values with their words."""

    scale: Literal["linear", "log", "date"]
    first: Value
    last: Value
    ticks: Sequence[Tick]
    narrow_ticks: Sequence[Tick]


def size_axis(sizes: Sequence[int]) -> Axis:
    """A logarithmic axis around `sizes` with a tick at each power of ten: 10亿·100亿·1000亿, 1B·10B·100B."""
    low, high = floor(log10(min(sizes, default=10**9))), floor(log10(max(sizes, default=10**11))) + 1
    ticks: list[Tick] = [(10**power, size_words(10**power, 10**power)) for power in range(low, high + 1)]
    return Axis("log", 10**low, 10**high, ticks, _thinned(ticks))


def size_words(low: int | None, high: int | None) -> str:
    """A size from `low` to `high`, None where it is open, in the reader's units."""
    return format_quantity(Interval(low, high), get_language() or "")


def count_axis(largest: int, fewest_ticks: int = 4) -> Axis:
    """A linear axis from 0 beyond `largest`, with ticks at whole round numbers."""
    step = _round_step(max(largest, 1) / fewest_ticks)
    last = step * (largest // step + 1)
    ticks: list[Tick] = [(value, f"{value:,}") for value in range(0, last + 1, step)]
    return Axis("linear", 0, last, ticks, _thinned(ticks))


def date_axis(days: Sequence[str]) -> Axis:
    """A time axis around `days` (ISO): ticks at years, or at quarters where there is little more than a year."""
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    years = (last - first).days > _DAYS_SHOWN_BY_MONTH
    starts = _starts(first, last, months=12 if years else 1)
    ticks: list[Tick] = [(day.isoformat(), f"{day:%Y}" if years else f"{day:%Y-%m}") for day in starts]
    margin = timedelta(days=max(3, (last - first).days // 40))
    ends = ((first - margin).isoformat(), (last + margin).isoformat())
    inside = [tick for tick in ticks if ends[0] <= str(tick[0]) <= ends[1]]
    wide = inside if len(inside) <= 2 * _NARROW_TICKS else _thinned(inside, 2 * _NARROW_TICKS)
    return Axis("date", *ends, wide, _thinned(inside))


def days_words(first: str, last: str) -> str:
    """The days from `first` to `last` (ISO), as precise as they are: 2023年6月, June 2023."""
    return format_days(Days(date.fromisoformat(first), date.fromisoformat(last)), get_language() or "")


def _starts(first: date, last: date, months: int) -> list[date]:
    """The first days of the years or months from the one of `first` to the one after `last`."""
    count = range(0, (last.year - first.year + 2) * 12, months)
    begin = first.month - 1 if months == 1 else 0
    return [date(first.year + (begin + month) // 12, (begin + month) % 12 + 1, 1) for month in count]


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20… that is at least `least`."""
    power = int(10 ** max(0, floor(log10(max(least, 1)))))
    return next(step * power for step in (*_STEPS, 10) if step * power >= least)


def _thinned(ticks: Sequence[Tick], most: int = _NARROW_TICKS) -> list[Tick]:
    """Every nth of `ticks`, so that at most `most` are left."""
    return list(ticks[:: ceil(len(ticks) / most)]) if ticks else []
