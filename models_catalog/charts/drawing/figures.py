"""Drawings as Plotly figures: the only module that imports plotly.

Figures are plain: scatter and bar traces on axes whose range and ticks are given, rows by number. So the small
basic bundle draws them, and `static_images` can draw the same figure without a browser. Colours of paper and ink
are the light theme's; the browser puts its own in their place. `layout.meta` holds what a phone shows instead.
"""

import json
from typing import Any

import plotly.graph_objects as go

from models_catalog.charts.drawing.bar_figure import bar_figure
from models_catalog.charts.drawing.drawings import Bars, Drawing, Spans
from models_catalog.charts.drawing.grid_figure import grid_figure
from models_catalog.charts.drawing.span_figure import span_figure


def figure_json(drawing: Drawing, meta: dict[str, Any]) -> dict[str, Any]:
    """The figure as JSON can hold it, with plain lists of numbers. `meta` is kept in `layout.meta`."""
    figure = _figure(drawing)
    figure.layout.meta = {**figure.layout.meta, **meta}
    plain: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json()))
    return plain


def _figure(drawing: Drawing) -> Any:
    if isinstance(drawing, Spans):
        return go.Figure(*span_figure(drawing))
    return go.Figure(*(bar_figure(drawing) if isinstance(drawing, Bars) else grid_figure(drawing)))
