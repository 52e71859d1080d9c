"""The sizes of a comparison as a drawing: one line an entry, one mark a statement, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from models_catalog.comparison.cells import Cell, Value
from models_catalog.comparison.rows import Row
from models_catalog.comparison.scale import LogScale, Mark, log_scale
from models_catalog.text.quantities import format_quantity
from models_catalog.text.sizes import Interval


@dataclass(frozen=True)
class Drawn:
    """A value with its mark."""

    value: Value
    mark: Mark


@dataclass(frozen=True)
class Line:
    """One entry's statements; none if no source gives a size."""

    cell: Cell
    drawn: Sequence[Drawn]


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Figure:
    lines: Sequence[Line]
    ticks: Sequence[Tick]


def figure_of(rows: Sequence[Row]) -> Figure | None:
    """The drawing of the sizes among `rows`; None if there are none."""
    row = next((row for row in rows if row.sizes), None)
    scale = log_scale(row.sizes) if row else None
    if row is None or scale is None:
        return None
    return Figure([_line(cell, scale) for cell in row.cells], _ticks(scale))


def _line(cell: Cell, scale: LogScale) -> Line:
    """What is said of an entry's size as it is; what it was before is left to the table."""
    now = [value for value in cell.values if not value.is_earlier]
    drawn = [Drawn(v, scale.mark(v.thing)) for v in now if isinstance(v.thing, Interval)]
    return Line(cell, drawn)


def _ticks(scale: LogScale) -> list[Tick]:
    language = get_language() or ""
    return [Tick(x, format_quantity(Interval(number, number), language)) for number, x in scale.ticks]
