"""Axes: range, ticks for wide and narrow screens, and values as text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Literal

from django.utils.translation import get_language, gettext

from models_catalog.text.dates import format_days
from models_catalog.text.days import Days
from models_catalog.text.quantities import Interval, format_quantity

Value = int | str
"""A number, or a day as `2023-03-16`."""

Tick = tuple[Value, str]
"""Position and label."""

_STEPS = (1, 2, 5)
_NARROW_TICKS = 4
_DAYS_SHOWN_BY_MONTH = 500
_GUTTER = 0.09
"""Width of the gutter, as a fraction of the scale's."""


@dataclass(frozen=True)
class Axis:
    """An axis from `first` to `last`, in data units, with ticks for wide and for narrow screens.

    If a few values lie far before all others, the scale begins at `begins`; these are drawn in a gutter before it,
    without a scale.
    """

    scale: Literal["linear", "log", "date"]
    first: Value
    last: Value
    ticks: Sequence[Tick]
    narrow_ticks: Sequence[Tick]
    begins: str = ""

    @property
    def gutter(self) -> str:
        """The day at which everything before the scale is drawn."""
        first, begins = date.fromisoformat(str(self.first)), date.fromisoformat(self.begins)
        return (first + (begins - first) / 2).isoformat()


def size_axis(sizes: Sequence[int]) -> Axis:
    """A logarithmic axis around `sizes` with a tick at each power of ten: 10亿·100亿·1000亿, 1B·10B·100B."""
    low, high = floor(log10(min(sizes, default=10**9))), floor(log10(max(sizes, default=10**11))) + 1
    ticks: list[Tick] = [(10**power, size_words(10**power, 10**power)) for power in range(low, high + 1)]
    return Axis("log", 10**low, 10**high, ticks, _thinned(ticks))


def size_words(low: int | None, high: int | None) -> str:
    """A size from `low` to `high` (None if open) in the reader's units."""
    return format_quantity(Interval(low, high), get_language() or "")


def count_axis(largest: int, fewest_ticks: int = 4) -> Axis:
    """A linear axis from 0 to beyond `largest`, with ticks at round whole numbers."""
    step = _round_step(max(largest, 1) / fewest_ticks)
    last = step * (largest // step + 1)
    ticks: list[Tick] = [(value, count_words(value)) for value in range(0, last + 1, step)]
    return Axis("linear", 0, last, ticks, _thinned(ticks))


def count_words(count: int) -> str:
    """A count as text: separators from 10,000 up."""
    return f"{count:,}" if count >= 10_000 else str(count)


def date_axis(spans: Sequence[tuple[str, str]]) -> Axis:
    """A time axis around spans of days (ISO, inclusive), with ticks by year, or by month up to 500 days.

    At most a quarter of the spans, if they lie long before the others, are left to the gutter.
    """
    begins = _beginning(spans)
    days = [day for span in spans for day in span if day >= begins]
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    years = (last - first).days > _DAYS_SHOWN_BY_MONTH
    starts = _starts(first, last, months=12 if years else 1)
    ticks: list[Tick] = [(day.isoformat(), f"{day:%Y}" if years else f"{day:%Y-%m}") for day in starts]
    margin = timedelta(days=max(3, (last - first).days // 40))
    room = (last - first) * _GUTTER if begins else margin
    ends = ((first - room).isoformat(), (last + margin).isoformat())
    inside = [tick for tick in ticks if (begins or ends[0]) <= str(tick[0]) <= ends[1]]
    wide = inside if len(inside) <= 2 * _NARROW_TICKS else _thinned(inside, 2 * _NARROW_TICKS)
    axis = Axis("date", *ends, wide, _thinned(inside, _NARROW_TICKS - 2 * bool(begins)), begins)
    return replace(
        axis,
        ticks=_with_gutter(axis, wide, [(begins, "")]),
        narrow_ticks=_with_gutter(axis, axis.narrow_ticks),
    )


def _beginning(spans: Sequence[tuple[str, str]]) -> str:
    """The day at which the scale begins if a few spans go to the gutter, else ""."""
    newest = date.fromisoformat(max(last for _first, last in spans))
    oldest = (newest - timedelta(days=_DAYS_SHOWN_BY_MONTH)).isoformat()
    late = [first for first, last in spans if last >= oldest]
    begins = f"{min(late)[:7]}-01"
    early = len(spans) - len(late)
    is_worth_it = 0 < early <= len(spans) / 4 and begins > max(
        (last for _first, last in spans if last < oldest), default=""
    )
    return begins if is_worth_it else ""


def _with_gutter(axis: Axis, ticks: Sequence[Tick], line: Sequence[Tick] = ()) -> Sequence[Tick]:
    """The gutter's label and the later ticks; `line` is an unlabelled tick where the scale begins (no room for both labels)."""
    if not axis.begins:
        return ticks
    return [
        (axis.gutter, gettext("Earlier")),
        *line,
        *(one for one in ticks if str(one[0]) > axis.begins),
    ]


def days_words(first: str, last: str) -> str:
    """The days from `first` to `last` (ISO) as text, no more precise than they are: 2023年6月, June 2023."""
    return format_days(Days(date.fromisoformat(first), date.fromisoformat(last)), get_language() or "")


def _starts(first: date, last: date, months: int) -> list[date]:
    """The first days of the years or months from that of `first` to the one after `last`."""
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
