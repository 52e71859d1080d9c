"""What a chart draws, before any plotting library: spans on an axis, bars of counts, or a grid of marks.

One drawing gives the figure and the table that stands in the page, so the two cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models_catalog.charts.drawing.axes import Axis, Value
from models_catalog.charts.drawing.words import Evidence, Precision

DRAWN = 120
"""Rows that a figure and its table in the page show at most; the CSV holds all."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, where they lead (`""`: nowhere), and whether they are a number."""

    words: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Span:
    """One row: from `low` to `high`, None where the end is open. The label may have two lines."""

    label: str
    url: str
    low: Value | None
    high: Value | None
    precision: Precision
    words: str


@dataclass(frozen=True)
class Group:
    """Rows that stand together under a heading; a single group without heading is no group."""

    heading: str
    spans: Sequence[Span]


@dataclass(frozen=True)
class Spans:
    """Rows on one axis: a point is exact, a bar an interval, an open end hollow."""

    axis: Axis
    groups: Sequence[Group]
    table: Table


@dataclass(frozen=True)
class Segment:
    """One part of every bar. `hue` "" is hollow: not known. A count without an address leads nowhere."""

    label: str
    hue: str
    counts: Sequence[int]
    urls: Sequence[str]


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one a label, put together from segments; beside each other where `grouped`."""

    labels: Sequence[str]
    segments: Sequence[Segment]
    table: Table
    grouped: bool = False


@dataclass(frozen=True)
class Mark:
    column: int
    evidence: Evidence
    words: str


@dataclass(frozen=True)
class Line:
    """One row of a grid."""

    label: str
    url: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Grid:
    columns: Sequence[str]
    lines: Sequence[Line]
    table: Table = field(repr=False)


Drawing = Spans | Bars | Grid
