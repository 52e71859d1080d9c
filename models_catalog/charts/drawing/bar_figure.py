"""Counts as bars, stacked or side by side."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from models_catalog.charts.drawing.axes import count_axis
from models_catalog.charts.drawing.drawings import Bars, Segment
from models_catalog.charts.drawing.figure_layout import (
    BAR_ROW,
    FONT_SIZE,
    Parts,
    fill_of,
    layout_of,
    value_axis,
    words_of,
)


def bar_figure(drawing: Bars) -> Parts:
    """The traces and the layout."""
    totals = [
        sum(segment.counts[place] for segment in drawing.segments) for place in range(len(drawing.labels))
    ]
    highest = max((max(segment.counts, default=0) for segment in drawing.segments), default=0)
    axis = count_axis(highest if drawing.grouped else max(totals, default=0))
    labels = [escape(label, quote=False) for label in drawing.labels]
    traces = [_segment(segment, drawing) for segment in drawing.segments]
    if not drawing.grouped:
        traces.append(_totals(totals))
    layout = layout_of(labels, BAR_ROW, value_axis(axis), axis.narrow_ticks)
    mode = {"barmode": "group", "bargap": 0.25} if drawing.grouped else {"barmode": "stack", "bargap": 0.35}
    return traces, {**layout, **mode}


def _segment(segment: Segment, drawing: Bars) -> dict[str, Any]:
    words = [
        f"{label} · {segment.label}{_(': ')}{count:,}"
        for label, count in zip(drawing.labels, segment.counts, strict=True)
    ]
    shown = [f"{count:,}" if drawing.grouped and count else "" for count in segment.counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": segment.label,
        "x": list(segment.counts),
        "y": list(range(len(segment.counts))),
        "marker": fill_of(segment.hue),
        "text": shown,
        "textposition": "outside",
        "textfont": {"size": FONT_SIZE - 1},
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": list(segment.urls),
        "hovertext": [words_of(line) for line in words],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _totals(totals: list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": totals,
        "y": list(range(len(totals))),
        "text": [f" {total:,}" for total in totals],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
