"""Grid of entries × fields: a mark shows the evidence of each value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.charts.drawing.axes import Tick
from models_catalog.charts.drawing.figure import Drawing
from models_catalog.charts.drawing.layout import (
    FONT_SIZE,
    LINE,
    Parts,
    fill_of,
    layout_of,
    ticks_of,
    width_of,
    words_of,
)
from models_catalog.charts.drawing.palette import BLUE, GREEN, PURPLE, VERMILION


class Evidence(TextChoices):
    """The evidence for one field of one entry."""

    STATED = "stated", _("Stated")
    DISPUTED = "disputed", _("Disputed")
    INFERRED = "inferred", _("Inferred")
    CURATOR = "curator", _("Curator's knowledge")
    UNSTATED = "unstated", _("Not stated")


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


class GridMark(NamedTuple):
    column: int
    evidence: Evidence
    words: str
    url: str = ""
    """Address of its claim."""


class GridLine(NamedTuple):
    """One row of a grid."""

    label: str
    url: str
    marks: Sequence[GridMark]


@dataclass(frozen=True)
class Grid(Drawing):
    """One row per entry, one column per field."""

    columns: Sequence[str]
    lines: Sequence[GridLine]

    is_cut = True

    def parts(self) -> Parts:
        traces = [trace for evidence in Evidence if (trace := _evidence(evidence, self.lines))["y"]]
        ticks: list[Tick] = list(enumerate(self.columns))
        axis = {
            "type": "linear",
            "range": [-0.6, len(self.columns) - 0.4],
            "side": "top",
            "tickangle": -50,
            "showgrid": False,
            **ticks_of(ticks),
        }
        labels = [escape(line.label, quote=False) for line in self.lines]
        layout = layout_of(labels, LINE, axis, ticks)
        room = 24 + int(0.8 * max((width_of(column, FONT_SIZE) for column in self.columns), default=0))
        layout["meta"]["room"] = room
        layout["meta"]["narrow"]["xaxis"]["tickangle"] = -90
        layout["margin"]["t"] += room
        layout["height"] += room
        return traces, layout


def _evidence(evidence: Evidence, lines: Sequence[GridLine]) -> dict[str, Any]:
    marks = [
        (mark, row, line)
        for row, line in enumerate(lines)
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
        "customdata": [mark.url or line.url for mark, _row, line in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 11, "symbol": EVIDENCE_SYMBOLS[evidence], **fill_of(HUES[evidence], 1)},
        "cliponaxis": False,
    }
