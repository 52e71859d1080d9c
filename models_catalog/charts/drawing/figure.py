"""Drawings, independent of a plotting library, and their Plotly figures.

Figures are plain: scatter and bar traces on axes with given ranges and ticks, rows by number. So Plotly's small basic
bundle can draw them, and `static_images` can draw the same figure without a browser. The colours of paper and ink are
those of the light theme; the browser replaces them. `layout.meta` holds the variants for phones.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from models_catalog.charts.drawing.layout import Parts

DRAWN = 120
"""Rows in a figure and its table on the page, at most; the CSV has all."""


class FigureCell(NamedTuple):
    """One cell of a table: text, link (`""`: none), and whether it is a number."""

    words: str
    url: str = ""
    is_number: bool = False


class FigureTable(NamedTuple):
    headings: Sequence[str]
    rows: Sequence[Sequence[FigureCell]]


@dataclass(frozen=True)
class Drawing(ABC):
    """Spans, bars or a grid. One drawing gives both figure and table on the page, so that they cannot differ."""

    table: FigureTable

    is_cut: ClassVar[bool] = False
    """Whether it has a row per entry, of which only the first are drawn."""

    @abstractmethod
    def parts(self) -> Parts:
        """The traces and the layout."""


def figure_json(drawing: Drawing, meta: dict[str, Any]) -> dict[str, Any]:
    """The figure for JSON, with numbers as plain lists. `meta` is added to `layout.meta`."""
    import plotly.graph_objects as go  # imported where a figure is drawn: costs half a second and 20 MB

    figure = go.Figure(*drawing.parts())
    figure.layout.meta = {**figure.layout.meta, **meta}
    plain: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json()))
    return plain
