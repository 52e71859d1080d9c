"""Fields × entries: a mark says what each value rests on."""

from __future__ import annotations

from html import escape
from typing import Any

from models_catalog.charts.drawing.axes import Tick
from models_catalog.charts.drawing.drawings import Grid
from models_catalog.charts.drawing.figure_layout import (
    FONT_SIZE,
    LINE,
    Parts,
    fill_of,
    layout_of,
    ticks_of,
    words_of,
)
from models_catalog.charts.drawing.lettering import width_of
from models_catalog.charts.drawing.palette import BLUE, GREEN, PURPLE, VERMILION
from models_catalog.charts.drawing.words import Evidence

HUES = {
    Evidence.STATED: BLUE,
    Evidence.DISPUTED: VERMILION,
    Evidence.INFERRED: GREEN,
    Evidence.CURATOR: PURPLE,
    Evidence.UNSTATED: "",
}
EVIDENCE_SYMBOLS = {
    Evidence.STATED: "square",
    Evidence.DISPUTED: "diamond",
    Evidence.INFERRED: "circle",
    Evidence.CURATOR: "triangle-up",
    Evidence.UNSTATED: "square",
}


def grid_figure(drawing: Grid) -> Parts:
    """The traces and the layout."""
    traces = [trace for evidence in Evidence if (trace := _evidence(evidence, drawing))["y"]]
    ticks: list[Tick] = list(enumerate(drawing.columns))
    axis = {
        "type": "linear",
        "range": [-0.6, len(drawing.columns) - 0.4],
        "side": "top",
        "tickangle": -50,
        "showgrid": False,
        **ticks_of(ticks),
    }
    labels = [escape(line.label, quote=False) for line in drawing.lines]
    layout = layout_of(labels, LINE, axis, ticks)
    room = 24 + int(0.8 * max((width_of(column, FONT_SIZE) for column in drawing.columns), default=0))
    layout["meta"]["room"] = room
    layout["meta"]["narrow"]["xaxis"]["tickangle"] = -90
    layout["margin"]["t"] += room
    layout["height"] += room
    return traces, layout


def _evidence(evidence: Evidence, drawing: Grid) -> dict[str, Any]:
    marks = [
        (mark, row, line)
        for row, line in enumerate(drawing.lines)
        for mark in line.marks
        if mark.evidence == evidence
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(evidence.label),
        "x": [mark.column for mark, _row, _line in marks],
        "y": [row for _mark, row, _line in marks],
        "text": [words_of(mark.words) for mark, _row, _line in marks],
        "customdata": [line.url for _mark, _row, line in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 11, "symbol": EVIDENCE_SYMBOLS[evidence], **fill_of(HUES[evidence], 1)},
        "cliponaxis": False,
    }
