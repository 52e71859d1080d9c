"""Drawings, before any plotting library, and the Plotly figure that one becomes.

Figures are plain: scatter and bar traces on axes whose range and ticks are given, rows by number. So the small basic bundle
draws them, and `static_images` can draw the same figure without a browser. Colours of paper and ink are the light theme's;
the browser puts its own in their place. `layout.meta` holds what a phone shows instead.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from models_catalog.charts.drawing.layout import Parts

DRAWN = 120
"""Rows that a figure and its table in the page show at most; the CSV holds all."""


class FigureCell(NamedTuple):
    """One cell of a table: words, where they lead (`""`: nowhere), and whether they are a number."""

    words: str
    url: str = ""
    is_number: bool = False


class FigureTable(NamedTuple):
    headings: Sequence[str]
    rows: Sequence[Sequence[FigureCell]]


@dataclass(frozen=True)
class Drawing(ABC):
    """Spans, bars or a grid. One drawing gives the figure and the table in the page, so the two cannot differ."""

    table: FigureTable

    is_cut: ClassVar[bool] = False
    """Whether it has a row for each entry, of which only the first are drawn."""

    @abstractmethod
    def parts(self) -> Parts:
        """The traces and the layout."""


def figure_json(drawing: Drawing, meta: dict[str, Any]) -> dict[str, Any]:
    """The figure as JSON can hold it, with plain lists of numbers. `meta` is kept in `layout.meta`."""
    import plotly.graph_objects as go  # here, where a figure is drawn: it costs half a second and 20 MB

    figure = go.Figure(*drawing.parts())
    figure.layout.meta = {**figure.layout.meta, **meta}
    plain: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json()))
    return plain
