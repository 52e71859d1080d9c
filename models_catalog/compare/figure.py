"""Drawing of a comparison's sizes on one logarithmic scale: one line per entry, one mark per value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.translation import get_language

from models_catalog.compare.cells import ComparedCell, ComparedValue
from models_catalog.compare.rows import ComparedRow
from models_catalog.text.quantities import format_quantity
from models_catalog.text.sizes import Interval

MARGIN = 4.0
"""Margin on either side in per cent, so that the first and last labels are not cut off."""

MOST_TICKS = 5


@dataclass(frozen=True)
class ScaleMark:
    """Position of one value in per cent, `x1` to `x2` (equal for an exact number). Open ends are drawn hollow."""

    x1: float
    x2: float
    open_low: bool = False
    open_high: bool = False

    @property
    def is_point(self) -> bool:
        return self.x1 == self.x2

    @property
    def is_open(self) -> bool:
        return self.open_low or self.open_high

    @property
    def width(self) -> float:
        return round(self.x2 - self.x1, 2)


@dataclass(frozen=True)
class LogScale:
    """A scale from 10^`first` to 10^`last`."""

    first: int
    last: int

    def place(self, number: int) -> float:
        """Position of `number`, in per cent from the left."""
        share = (log10(number) - self.first) / (self.last - self.first)
        return round(MARGIN + share * (100 - 2 * MARGIN), 2)

    def mark(self, size: Interval) -> ScaleMark:
        """The mark of an interval; open ends reach the edge. An upper end of 9999…9 is drawn at its round number."""
        low = MARGIN / 2 if size.low is None else self.place(size.low)
        high = 100 - MARGIN / 2 if size.high is None else self.place(size.high)
        return ScaleMark(low, high, open_low=size.low is None, open_high=size.high is None)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """Powers of ten with their positions; only every nth if there are more than MOST_TICKS."""
        step = ceil((self.last - self.first + 1) / MOST_TICKS)
        return [(10**power, self.place(10**power)) for power in range(self.first, self.last + 1, step)]


def log_scale(sizes: Iterable[Interval]) -> LogScale | None:
    """The shortest scale of whole decades that holds every end, with a spare decade beyond open ends; None without
    sizes.
    """
    lowest, highest = _ends(list(sizes))
    if not lowest:
        return None
    first, last = floor(min(lowest)), ceil(max(highest))
    return LogScale(first, max(last, first + 1))


def _ends(sizes: Sequence[Interval]) -> tuple[list[float], list[float]]:
    lowest, highest = [], []
    for size in sizes:
        low = log10(size.low) if size.low else None
        high = log10(size.high) if size.high else None
        if low is None and high is None:
            continue
        lowest.append(low if low is not None else (high or 0) - 1)
        highest.append(high if high is not None else (low or 0) + 1)
    return lowest, highest


@dataclass(frozen=True)
class Drawn:
    """A value with its mark."""

    value: ComparedValue
    mark: ScaleMark


@dataclass(frozen=True)
class ScaleLine:
    """The values of one entry; empty if no source gives a size."""

    cell: ComparedCell
    drawn: Sequence[Drawn]


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Figure:
    lines: Sequence[ScaleLine]
    ticks: Sequence[Tick]


def figure_of(rows: Sequence[ComparedRow]) -> Figure | None:
    """The drawing of the sizes among `rows`; None if there are none."""
    row = next((row for row in rows if row.sizes), None)
    scale = log_scale(row.sizes) if row else None
    if row is None or scale is None:
        return None
    return Figure([_line(cell, scale) for cell in row.cells], _ticks(scale))


def _line(cell: ComparedCell, scale: LogScale) -> ScaleLine:
    """The line of an entry, without former sizes, which are only in the table."""
    now = [value for value in cell.values if not value.is_earlier]
    drawn = [Drawn(v, scale.mark(v.thing)) for v in now if isinstance(v.thing, Interval)]
    return ScaleLine(cell, drawn)


def _ticks(scale: LogScale) -> list[Tick]:
    language = get_language() or ""
    return [Tick(x, format_quantity(Interval(number, number), language)) for number, x in scale.ticks]
