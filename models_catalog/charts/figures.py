"""Drawings as Plotly figures: the only module that imports plotly.

Figures are plain: scatter and bar traces on axes whose range and ticks are given, rows by number. So the small
basic bundle draws them, and `static_images` can draw the same figure without a browser. Colours of paper and ink
are the light theme's; the browser puts its own in their place. `layout.meta` holds what a phone shows instead.
"""

import json
from collections.abc import Sequence
from html import escape
from math import log10
from typing import Any

import plotly.graph_objects as go

from models_catalog.charts.axes import Axis, Tick, Value, count_axis
from models_catalog.charts.drawings import Bars, Drawing, Grid, Group, Segment, Span, Spans
from models_catalog.charts.lettering import cut, folded, width_of
from models_catalog.charts.palette import BLUE, GREEN, GROUND, HAIRLINE, INK, MUTED, PURPLE, VERMILION
from models_catalog.charts.words import Evidence, Precision

FONT = '"Segoe UI", Roboto, -apple-system, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
FONT_SIZE = 13
ROW, TALL_ROW, BAR_ROW, LINE = 24, 42, 34, 20
"""Pixels that one row takes of a span chart (with one line of label, with two), a bar chart, a grid."""
TOP, BOTTOM, RIGHT = 8, 40, 24
LABELS, NARROW_LABELS = 260, {ROW: 120, TALL_ROW: 160, BAR_ROW: 120, LINE: 100}
"""Pixels that the longest label may take on a desk, and on a phone by kind of row."""

BREAK = "<br>"
CLEAR = "rgba(0,0,0,0)"
HUES = {
    Precision.EXACT: BLUE,
    Precision.INTERVAL: GREEN,
    Precision.OPEN: VERMILION,
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


def figure_json(drawing: Drawing, meta: dict[str, Any]) -> dict[str, Any]:
    """The figure as JSON can hold it, with plain lists of numbers. `meta` is kept in `layout.meta`."""
    figure = _figure(drawing)
    figure.layout.meta = {**figure.layout.meta, **meta}
    plain: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json()))
    return plain


def _figure(drawing: Drawing) -> Any:
    if isinstance(drawing, Spans):
        return _spans(drawing)
    return _bars(drawing) if isinstance(drawing, Bars) else _grid(drawing)


# --- Spans ---------------------------------------------------------------------------------------------------------


def _spans(drawing: Spans) -> Any:
    labels, headings, placed = _rows_of(drawing.groups)
    traces = [
        _points([row for row in placed if row[1].precision == Precision.EXACT]),
        _intervals([row for row in placed if row[1].precision == Precision.INTERVAL]),
        *_open_ends([row for row in placed if row[1].precision == Precision.OPEN], drawing.axis),
    ]
    row = TALL_ROW if any(BREAK in label for label in labels) else ROW
    layout = _layout(labels, row, _value_axis(drawing.axis), drawing.axis.narrow_ticks)
    layout["annotations"] = [_heading(place, words) for place, words in headings.items()]
    room = _room(list(headings.values()))
    for margin in (layout["margin"], layout["meta"]["narrow"]["margin"]):
        margin["l"] = max(margin["l"], room)
    return go.Figure([trace for trace in traces if trace["y"]], layout)


def _rows_of(groups: Sequence[Group]) -> tuple[list[str], dict[int, str], list[tuple[int, Span]]]:
    """The labels of all rows, the headings among them by row, and each span with its row."""
    labels: list[str] = []
    headings = {}
    placed = []
    for group in groups:
        if group.heading:
            headings[len(labels)] = _words(group.heading)
            labels.append("")
        for span in group.spans:
            placed.append((len(labels), span))
            labels.append(_words(span.label))
    return labels, headings, placed


def _heading(row: int, words: str) -> dict[str, Any]:
    """A heading in the column of labels. (Bold tags in a label would set a style that the policy forbids.)"""
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
    return _scatter(str(Precision.EXACT.label), points, mode="markers", marker=marker)


def _intervals(rows: list[tuple[int, Span]]) -> dict[str, Any]:
    points: list[Any] = []
    for row, span in rows:
        points += [(span.low, row, span), (span.high, row, span), None]
    marker = {"color": GREEN, "size": 8, "symbol": "square"}
    line = {"color": GREEN, "width": 5}
    return _scatter(str(Precision.INTERVAL.label), points, mode="lines+markers", marker=marker, line=line)


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
    name = str(Precision.OPEN.label)
    line = {"color": VERMILION, "width": 3, "dash": "dot"}
    filled = {"color": VERMILION, "size": 8, "symbol": "circle"}
    return [
        _scatter(name, lines, mode="lines", line=line, showlegend=False),
        _scatter(name, known, mode="markers", marker=filled, showlegend=False),
        _scatter(name, hollow, mode="markers", marker=outlined),
    ]


def _scatter(
    name: str, points: Sequence[tuple[Value | None, int, Span] | None], **style: Any
) -> dict[str, Any]:
    """A trace through `points`; None lifts the pen."""
    return {
        "type": "scatter",
        "name": name,
        "x": [point and point[0] for point in points],
        "y": [point and point[1] for point in points],
        "text": [point and _words(point[2].words) for point in points],
        "customdata": [point and point[2].url for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        **style,
    }


def _value_axis(axis: Axis) -> dict[str, Any]:
    ends = (
        [log10(float(end)) for end in (axis.first, axis.last)]
        if axis.scale == "log"
        else [axis.first, axis.last]
    )
    return {"type": axis.scale, "range": ends, **_ticks(axis.ticks)}


# --- Bars ----------------------------------------------------------------------------------------------------------


def _bars(drawing: Bars) -> Any:
    totals = [
        sum(segment.counts[place] for segment in drawing.segments) for place in range(len(drawing.labels))
    ]
    highest = max((max(segment.counts, default=0) for segment in drawing.segments), default=0)
    axis = count_axis(highest if drawing.grouped else max(totals, default=0))
    labels = [escape(label, quote=False) for label in drawing.labels]
    traces = [_segment(segment, drawing) for segment in drawing.segments]
    if not drawing.grouped:
        traces.append(_totals(totals))
    layout = _layout(labels, BAR_ROW, _value_axis(axis), axis.narrow_ticks)
    mode = {"barmode": "group", "bargap": 0.25} if drawing.grouped else {"barmode": "stack", "bargap": 0.35}
    return go.Figure(traces, {**layout, **mode})


def _segment(segment: Segment, drawing: Bars) -> dict[str, Any]:
    words = [
        f"{label} · {segment.label}: {count:,}"
        for label, count in zip(drawing.labels, segment.counts, strict=True)
    ]
    shown = [f"{count:,}" if drawing.grouped and count else "" for count in segment.counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": segment.label,
        "x": list(segment.counts),
        "y": list(range(len(segment.counts))),
        "marker": _fill(segment.hue),
        "text": shown,
        "textposition": "outside",
        "textfont": {"size": FONT_SIZE - 1},
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": list(segment.urls),
        "hovertext": [_words(line) for line in words],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _fill(hue: str, width: float = 1.5) -> dict[str, Any]:
    """Filled with the hue, or hollow where there is none."""
    return {"color": hue or GROUND, "line": {"color": hue or MUTED, "width": width}}


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


# --- Grid ----------------------------------------------------------------------------------------------------------


def _grid(drawing: Grid) -> Any:
    traces = [trace for evidence in Evidence if (trace := _evidence(evidence, drawing))["y"]]
    ticks: list[Tick] = list(enumerate(drawing.columns))
    axis = {
        "type": "linear",
        "range": [-0.6, len(drawing.columns) - 0.4],
        "side": "top",
        "tickangle": -50,
        "showgrid": False,
        **_ticks(ticks),
    }
    labels = [escape(line.label, quote=False) for line in drawing.lines]
    layout = _layout(labels, LINE, axis, ticks)
    room = 24 + int(0.8 * max((width_of(column, FONT_SIZE) for column in drawing.columns), default=0))
    layout["meta"]["room"] = room
    layout["meta"]["narrow"]["xaxis"]["tickangle"] = -90
    layout["margin"]["t"] += room
    layout["height"] += room
    return go.Figure(traces, layout)


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
        "text": [_words(mark.words) for mark, _row, _line in marks],
        "customdata": [line.url for _mark, _row, line in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 11, "symbol": EVIDENCE_SYMBOLS[evidence], **_fill(HUES[evidence], 1)},
        "cliponaxis": False,
    }


# --- Shared --------------------------------------------------------------------------------------------------------


def _words(words: str) -> str:
    """Escaped for Plotly, which reads a little HTML in its labels."""
    return escape(words, quote=False).replace("\n", BREAK)


def _ticks(ticks: Sequence[Tick]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [value for value, _words in ticks],
        "ticktext": [words for _value, words in ticks],
    }


def _layout(
    labels: list[str], row: int, axis: dict[str, Any], narrow_ticks: Sequence[Tick]
) -> dict[str, Any]:
    wide = [cut(label, LABELS, FONT_SIZE) for label in labels]
    room = NARROW_LABELS[row]
    short = [
        cut(folded(label, room, FONT_SIZE) if row == BAR_ROW else label, room, FONT_SIZE) for label in labels
    ]
    rows = list(enumerate(wide))
    grid = {"gridcolor": HAIRLINE, "zeroline": False, "linecolor": MUTED, "fixedrange": True, "ticks": ""}
    return {
        "height": max(1, len(labels)) * row + TOP + BOTTOM,
        "margin": {"l": _room(wide), "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 6},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
        "hoverlabel": {"bgcolor": GROUND, "bordercolor": MUTED, "font": {"color": INK, "size": FONT_SIZE}, "align": "left"},
        "showlegend": False,  # the page and the picture write their own, which no margin can squeeze
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": {**grid, **axis},
        "yaxis": {**grid, "range": [max(1, len(labels)) - 0.5, -0.5], "showgrid": row in (ROW, TALL_ROW), "griddash": "dot", **_ticks(list(rows))},
        "meta": {
            "narrow": {
                "margin": {"l": _room(short), "r": 16},
                "xaxis": _ticks(narrow_ticks),
                "yaxis": _ticks(list(enumerate(short))),
            }
        },
    }  # fmt: skip


def _room(labels: Sequence[str]) -> int:
    return 18 + int(max((width_of(label, FONT_SIZE) for label in labels), default=0))
