"""Spans on an axis of days, sizes or counts: points, intervals, and lines that run off the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.charts.drawing.axes import Axis, Value
from models_catalog.charts.drawing.figure import Drawing
from models_catalog.charts.drawing.layout import (
    BREAK,
    CLEAR,
    ROW,
    TALL_ROW,
    Parts,
    layout_of,
    room_of,
    value_axis,
    words_of,
)
from models_catalog.charts.drawing.palette import BLUE, GREEN, GROUND, MUTED, PURPLE, VERMILION

LONG = 30
"""Rows above which the axis stands at both ends."""


class SpanPrecision(TextChoices):
    """Precision of a number or date."""

    EXACT = "exact", _("Exact")
    INTERVAL = "interval", _("Range")
    OPEN = "open", _("One-sided")

    @classmethod
    def of(cls, low: Value | None, high: Value | None) -> SpanPrecision:
        """The precision of a value from `low` to `high`, None if open."""
        if low is None or high is None:
            return cls.OPEN
        return cls.EXACT if low == high else cls.INTERVAL


class Span(NamedTuple):
    """One row from `low` to `high`, None if open. The label may have two lines.

    `at` is the position as short text; `disputed` are claims about the same value that were not preferred.
    """

    label: str
    url: str
    low: Value | None
    high: Value | None
    words: str
    at: str = ""
    disputed: Sequence[Span] = ()

    @property
    def precision(self) -> SpanPrecision:
        return SpanPrecision.of(self.low, self.high)


class SpanGroup(NamedTuple):
    """Rows under a heading; a single group has none."""

    heading: str
    spans: Sequence[Span]


@dataclass(frozen=True)
class Spans(Drawing):
    """Rows on one axis: a point is exact, a bar is an interval, an open end is hollow."""

    axis: Axis
    groups: Sequence[SpanGroup]

    is_cut = True

    def parts(self) -> Parts:
        labels, headings, rows = _rows_of(self.groups)
        early = [row for row in rows if self.axis.begins and str(row[1].high) < self.axis.begins]
        placed = [row for row in rows if row not in early]
        disputed = [(place, other) for place, span in rows for other in span.disputed]
        traces = [
            _points([row for row in placed if row[1].precision == SpanPrecision.EXACT]),
            _intervals([row for row in placed if row[1].precision == SpanPrecision.INTERVAL]),
            *_open_ends([row for row in placed if row[1].precision == SpanPrecision.OPEN], self.axis),
            *(_gutter(early, self.axis) if early else ()),
            *([_disputed(disputed)] if disputed else ()),
        ]
        row = TALL_ROW if any(BREAK in label for label in labels) else ROW
        layout = layout_of(labels, row, value_axis(self.axis), self.axis.narrow_ticks)
        layout["annotations"] = [_heading(place, words) for place, words in headings.items()]
        room = room_of(list(headings.values()))
        for margin in (layout["margin"], layout["meta"]["narrow"]["margin"]):
            margin["l"] = max(margin["l"], room)
        if len(labels) > LONG:
            traces.append(_axis_above(layout))
        return [trace for trace in traces if trace["y"]], layout


def _axis_above(layout: dict[str, Any]) -> dict[str, Any]:
    """Repeat the axis above the rows, since its foot is out of sight. Returns a trace of nothing, without which Plotly
    draws no second axis.
    """
    layout["xaxis2"] = {**layout["xaxis"], "overlaying": "x", "side": "top", "showgrid": False}
    layout["meta"]["narrow"]["xaxis2"] = layout["meta"]["narrow"]["xaxis"]
    layout["meta"]["room"] = ROW
    layout["margin"]["t"] += ROW
    layout["height"] += ROW
    return {
        "type": "scatter", "mode": "markers", "x": [None], "y": [0], "xaxis": "x2", "showlegend": False,
        "hoverinfo": "skip",
    }  # fmt: skip


def _rows_of(groups: Sequence[SpanGroup]) -> tuple[list[str], dict[int, str], list[tuple[int, Span]]]:
    """The labels of all rows, the headings by row, and each span with its row."""
    labels: list[str] = []
    headings = {}
    placed = []
    for group in groups:
        if group.heading:
            headings[len(labels)] = words_of(group.heading)
            labels.append("")
        for span in group.spans:
            placed.append((len(labels), span))
            labels.append(words_of(span.label))
    return labels, headings, placed


def _heading(row: int, words: str) -> dict[str, Any]:
    """A heading in the column of labels. (Bold tags in a label would set a style that the CSP forbids.)"""
    return {
        "text": words,
        "font": {"weight": 700},
        "showarrow": False,
        "xref": "paper",
        "x": 0,
        "xanchor": "right",
        "xshift": -8,
        "y": row,
        "yanchor": "middle",
    }


def _points(rows: list[tuple[int, Span]]) -> dict[str, Any]:
    marker = {"color": BLUE, "size": 10, "symbol": "circle"}
    points = [(span.low, row, span) for row, span in rows]
    return _scatter(str(SpanPrecision.EXACT.label), points, mode="markers", marker=marker)


def _intervals(rows: list[tuple[int, Span]]) -> dict[str, Any]:
    points: list[Any] = []
    for row, span in rows:
        points += [(span.low, row, span), (span.high, row, span), None]
    marker = {"color": GREEN, "size": 8, "symbol": "square"}
    line = {"color": GREEN, "width": 5}
    return _scatter(str(SpanPrecision.INTERVAL.label), points, mode="lines+markers", marker=marker, line=line)


def _open_ends(rows: list[tuple[int, Span]], axis: Axis) -> list[dict[str, Any]]:
    """Lines from the known ends to the edge of the axis, the known ends, and hollow marks at the edge."""
    lines: list[Any] = []
    known: list[Any] = []
    hollow: list[Any] = []
    for row, span in rows:
        end, edge = (span.low, axis.last) if span.high is None else (span.high, axis.first)
        end = edge if end is None else end
        lines += [(end, row, span), (edge, row, span), None]
        known.append((end, row, span))
        hollow.append((edge, row, span))
    outlined = {
        "color": GROUND,
        "size": 11,
        "symbol": ["triangle-right" if span.high is None else "triangle-left" for _row, span in rows],
        "line": {"color": VERMILION, "width": 2},
    }
    name = str(SpanPrecision.OPEN.label)
    line = {"color": VERMILION, "width": 3, "dash": "dot"}
    filled = {"color": VERMILION, "size": 8, "symbol": "circle"}
    return [
        _scatter(name, lines, mode="lines", line=line, showlegend=False),
        _scatter(name, known, mode="markers", marker=filled, showlegend=False),
        _scatter(name, hollow, mode="markers", marker=outlined),
    ]


def _gutter(rows: list[tuple[int, Span]], axis: Axis) -> Iterator[dict[str, Any]]:
    """Marks of spans before the scale: hollow, with their days as text."""
    points = [(axis.gutter, row, span) for row, span in rows]
    hollow = {"color": GROUND, "size": 10, "symbol": "circle", "line": {"color": BLUE, "width": 2}}
    name = gettext("Earlier, without a scale")
    yield _scatter(name, points, mode="markers", marker=hollow)
    said = {"textposition": "middle right", "textfont": {"color": MUTED}, "hoverinfo": "skip"}
    words = [f"  {span.at}" for _row, span in rows]
    yield _scatter(name, points, mode="text", showlegend=False, **said) | {"text": words}


def _disputed(rows: list[tuple[int, Span]]) -> dict[str, Any]:
    """Disputed claims: both ends of each as diamonds that one sees through, since the preferred value may lie close by."""
    ends = [(end, row, span) for row, span in rows for end in dict.fromkeys((span.low, span.high)) if end]
    marker = {"color": CLEAR, "size": 10, "symbol": "diamond", "line": {"color": PURPLE, "width": 2}}
    return _scatter(gettext("Disputed claim"), ends, mode="markers", marker=marker)


def _scatter(
    name: str, points: Sequence[tuple[Value | None, int, Span] | None], **style: Any
) -> dict[str, Any]:
    """A trace through `points`; None interrupts the line."""
    return {
        "type": "scatter",
        "name": name,
        "x": [point and point[0] for point in points],
        "y": [point and point[1] for point in points],
        "text": [point and words_of(point[2].words) for point in points],
        "customdata": [point and point[2].url for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        **style,
    }
