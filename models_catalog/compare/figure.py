"""The sizes of a comparison as a drawing on one logarithmic scale: one line an entry, one mark a statement."""

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
"""Per cent kept free on either side, so that the first and the last label are whole."""

MOST_TICKS = 5


@dataclass(frozen=True)
class ScaleMark:
    """One statement's place: from `x1` to `x2`, the same for an exact number. An open end is drawn hollow."""

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
    """From 10^`first` to 10^`last`."""

    first: int
    last: int

    def place(self, number: int) -> float:
        """Where `number` stands, in per cent from the left."""
        share = (log10(number) - self.first) / (self.last - self.first)
        return round(MARGIN + share * (100 - 2 * MARGIN), 2)

    def mark(self, size: Interval) -> ScaleMark:
        """An interval's mark; an open end goes to the edge. The half-open upper end 9999…9 stands at its round number."""
        low = MARGIN / 2 if size.low is None else self.place(size.low)
        high = 100 - MARGIN / 2 if size.high is None else self.place(size.high)
        return ScaleMark(low, high, open_low=size.low is None, open_high=size.high is None)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """Powers of ten with their places; every second or third where there are many."""
        step = ceil((self.last - self.first + 1) / MOST_TICKS)
        return [(10**power, self.place(10**power)) for power in range(self.first, self.last + 1, step)]


def log_scale(sizes: Iterable[Interval]) -> LogScale | None:
    """The shortest scale of whole decades that holds every end, with a decade to spare beyond an open one."""
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
    """One entry's statements; none if no source gives a size."""

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
    """What is said of an entry's size as it is; what it was before is left to the table."""
    now = [value for value in cell.values if not value.is_earlier]
    drawn = [Drawn(v, scale.mark(v.thing)) for v in now if isinstance(v.thing, Interval)]
    return ScaleLine(cell, drawn)


def _ticks(scale: LogScale) -> list[Tick]:
    language = get_language() or ""
    return [Tick(x, format_quantity(Interval(number, number), language)) for number, x in scale.ticks]
