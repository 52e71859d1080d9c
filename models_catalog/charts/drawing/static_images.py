"""Figures as SVG and PNG, drawn without a browser from the same JSON that the browser draws.

Supports the figures of this folder: scatter and horizontal bar traces on axes with given ranges and ticks.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log10
from threading import Lock
from typing import Any

from models_catalog.charts.drawing import glyphs
from models_catalog.charts.drawing.layout import plain
from models_catalog.charts.drawing.palette import GROUND, HAIRLINE, INK, MUTED
from models_catalog.charts.drawing.svg import Point, SvgSheet

WIDTH = 960
EDGE = 24
TITLE, BODY, SMALL = 20, 13, 12
MAX_PIXELS = 6_000_000
"""Limit of a PNG; at four bytes per pixel it bounds the memory of one picture."""
KEPT = 32
"""Pictures cached per process: a popular chart is drawn once."""

_one_png = Lock()
"""A PNG takes half a second of CPU: concurrent requests for the same picture wait and get the cached one."""

Figure = Mapping[str, Any]
Scale = Callable[[Any], float]


def svg(figure: Figure, source_line: str) -> bytes:
    """The figure with its title, subtitle, legend and source line, all text as outlines."""
    return _svg(_frozen(figure), source_line)


def png(figure: Figure, source_line: str) -> bytes:
    """The same picture as PNG: two pixels to a unit, fewer if it is very tall."""
    with _one_png:
        return _png(_frozen(figure), source_line)


def _frozen(figure: Figure) -> str:
    return json.dumps(figure, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=KEPT)
def _png(frozen: str, source_line: str) -> bytes:
    import resvg_py  # imported where pixels are made: a renderer for PNG only

    document = _svg(frozen, source_line).decode()
    height = _height(json.loads(frozen))
    zoom = min(2.0, (MAX_PIXELS / (WIDTH * height)) ** 0.5)
    pixels = resvg_py.svg_to_bytes(svg_string=document, width=int(WIDTH * zoom), skip_system_fonts=True)
    return bytes(pixels)


@lru_cache(maxsize=KEPT)
def _svg(frozen: str, source_line: str) -> bytes:
    figure = json.loads(frozen)
    layout, meta = figure["layout"], figure["layout"]["meta"]
    sheet = SvgSheet(WIDTH, _height(figure))
    top = _head(sheet, meta)
    top = _legend(sheet, figure["data"], top + 8)
    frame = _Frame(layout, top + layout["meta"].get("room", 0))
    _axes(sheet, layout, frame)
    _headings(sheet, layout, frame)
    for trace in figure["data"]:
        if trace["type"] == "scatter":
            _scatter(sheet, trace, frame)
    _bars(sheet, [trace for trace in figure["data"] if trace["type"] == "bar"], layout, frame)
    sheet.words((EDGE, sheet.height - 14), _fitting(source_line, WIDTH - 2 * EDGE, SMALL), SMALL, MUTED)
    return sheet.source(meta["title"], meta["summary"] or meta["subtitle"], GROUND).encode()


class _Frame:
    """Position of the plot on the sheet, and the scales from values to positions."""

    def __init__(self, layout: Figure, top: float) -> None:
        margin = layout["margin"]
        self.left = EDGE + margin["l"]
        self.right = WIDTH - EDGE - margin["r"]
        self.top = top
        self.bottom = top + layout["height"] - margin["t"] - margin["b"]
        self.x = _scale(layout["xaxis"], self.left, self.right)
        self.y = _scale({"type": "linear", **layout["yaxis"]}, self.bottom, self.top)


def _scale(axis: Figure, start: float, end: float) -> Scale:
    """The function from a value of the axis to its position between `start` and `end`."""
    unit = {"log": lambda value: log10(float(value)), "date": _ordinal}.get(axis["type"], float)
    first, last = axis["range"] if axis["type"] == "log" else map(unit, axis["range"])
    return lambda value: float(start + (unit(value) - first) / (last - first) * (end - start))


def _ordinal(day: str) -> float:
    return float(date.fromisoformat(day).toordinal())


# --- Words around the plot -----------------------------------------------------------------------------------------


def _height(figure: Figure) -> float:
    """Height of the sheet: head and legend, plot, ticks, source line."""
    layout, meta = figure["layout"], figure["layout"]["meta"]
    margin = layout["margin"]
    head = len(_lines(meta["title"], TITLE)) * TITLE * 1.35 + len(_lines(meta["subtitle"], BODY)) * BODY * 1.5
    legend = len(list(_legend_rows(figure["data"]))) * 20 + 8
    plot = layout["height"] - margin["t"] - margin["b"] + meta.get("room", 0)
    return float(round(EDGE + head + legend + 24 + plot + 64))


def _head(sheet: SvgSheet, meta: Figure) -> float:
    """Draw title and subtitle; returns the y below them."""
    y = float(EDGE)
    for size, colour, leading, words in (
        (TITLE, INK, 1.35, meta["title"]),
        (BODY, MUTED, 1.5, meta["subtitle"]),
    ):
        for line in _lines(words, size):
            sheet.words((EDGE, y + size), line, size, colour, bold=size == TITLE)
            y += size * leading
    return y


def _lines(words: str, size: float) -> list[str]:
    """Text broken into lines at blanks and between Han characters."""
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and glyphs.width(lines[-1] + piece.rstrip(), size) > WIDTH - 2 * EDGE:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for character in words:
        piece += character
        if character == " " or ord(character) >= 0x2E80:
            yield piece
            piece = ""
    yield piece


def _fitting(words: str, width: float, size: float) -> str:
    """`words` cut to fit `width`, by bisection: an address may have thousands of characters."""
    if glyphs.width(words, size) <= width:
        return words
    kept = (
        bisect_right(range(len(words) - 1), width, key=lambda end: glyphs.width(f"{words[:end]}…", size)) - 1
    )
    return f"{words[:kept]}…" if kept > 0 else ""


def _legend_rows(traces: Sequence[Figure]) -> Iterator[list[Figure]]:
    row: list[Figure] = []
    width = 0.0
    for trace in traces:
        if trace.get("showlegend") is False:
            continue
        needed = glyphs.width(trace["name"], BODY) + 44
        if row and width + needed > WIDTH - 2 * EDGE:
            yield row
            row, width = [], 0.0
        row.append(trace)
        width += needed
    if row:
        yield row


def _legend(sheet: SvgSheet, traces: Sequence[Figure], top: float) -> float:
    y = top
    for row in _legend_rows(traces):
        x = float(EDGE)
        for trace in row:
            _sample(sheet, trace, (x + 9, y + 10))
            x += 24 + sheet.words((x + 24, y + 14.5), trace["name"], BODY) + 20
        y += 20
    return y + 24


def _sample(sheet: SvgSheet, trace: Figure, at: Point) -> None:
    """Draw the trace's mark in the legend."""
    if trace["type"] == "bar":
        fill, edge = trace["marker"]["color"], trace["marker"]["line"]["color"]
        sheet.rectangle(at[0] - 7, at[1] - 5, 14, 10, fill, edge)
        return
    if "lines" in trace["mode"]:
        ends, line = ((at[0] - 9, at[1]), (at[0] + 9, at[1])), trace["line"]
        sheet.line(*ends, line["color"], line["width"], _dash(trace))
    _mark(sheet, trace["marker"], 0, at)


def _dash(trace: Figure) -> str:
    return "3 4" if trace["line"].get("dash") else ""


# --- The plot ------------------------------------------------------------------------------------------------------


def _axes(sheet: SvgSheet, layout: Figure, frame: _Frame) -> None:
    xaxis, yaxis = layout["xaxis"], layout["yaxis"]
    turned = "tickangle" in xaxis
    for value, words in zip(xaxis["tickvals"], xaxis["ticktext"], strict=True):
        x = frame.x(value)
        if xaxis.get("showgrid", True):
            sheet.line((x, frame.top), (x, frame.bottom), HAIRLINE)
        if turned:
            sheet.words((x + 4, frame.top - 6), plain(words), BODY, MUTED, turn=xaxis["tickangle"])
            continue
        for y in (frame.bottom + 18, *([frame.top - 8] if "xaxis2" in layout else [])):
            sheet.words((x, y), plain(words), BODY, MUTED, align=0.5)
    for value, words in zip(yaxis["tickvals"], yaxis["ticktext"], strict=True):
        lines = words.split("<br>")
        for order, line in enumerate(lines):
            y = frame.y(value) + BODY * (0.36 + 1.3 * (order - (len(lines) - 1) / 2))
            sheet.words((frame.left - 10, y), plain(line), BODY, align=1)
        if yaxis.get("showgrid"):
            sheet.line((frame.left, frame.y(value)), (frame.right, frame.y(value)), HAIRLINE, dash="1 3")


def _headings(sheet: SvgSheet, layout: Figure, frame: _Frame) -> None:
    for heading in layout.get("annotations", []):
        at = (frame.left - 10, frame.y(heading["y"]) + BODY * 0.36)
        sheet.words(at, plain(heading["text"]), BODY, align=1, bold=True)


def _scatter(sheet: SvgSheet, trace: Figure, frame: _Frame) -> None:
    points = [
        None if x is None else (frame.x(x), frame.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    if "lines" in trace["mode"]:
        for start, end in pairwise(points):
            if start and end:
                sheet.line(start, end, trace["line"]["color"], trace["line"]["width"], _dash(trace))
    for place, point in enumerate(points):
        if point and "markers" in trace["mode"]:
            _mark(sheet, trace["marker"], place, point)
        elif point and trace["mode"] == "text":
            before = _one(trace["textposition"], place) == "middle left"
            at = (point[0] - 2 if before else point[0] + 2, point[1] + BODY * 0.36)
            sheet.words(at, trace["text"][place], BODY, align=int(before))


def _bars(sheet: SvgSheet, traces: Sequence[Figure], layout: Figure, frame: _Frame) -> None:
    """Draw horizontal bars, stacked or grouped."""
    if not traces:
        return
    grouped = layout.get("barmode") == "group"
    thickness = (
        abs(frame.y(1) - frame.y(0)) * (1 - layout.get("bargap", 0.2)) / (len(traces) if grouped else 1)
    )
    ends: dict[int, float] = {}
    for order, trace in enumerate(traces):
        for place, (value, row) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            start = 0.0 if grouped else ends.get(row, 0.0)
            ends[row] = start + value
            left, right = frame.x(start), min(frame.x(start + value), frame.right)
            middle = frame.y(row) + (thickness * (order - (len(traces) - 1) / 2) if grouped else 0)
            if value:
                marker = trace["marker"]
                box = (left, middle - thickness / 2, right - left, thickness)
                sheet.rectangle(*box, marker["color"], marker["line"]["color"])
            if value and trace["text"][place]:
                sheet.words((right + 5, middle + BODY * 0.36), trace["text"][place], BODY)


def _mark(sheet: SvgSheet, marker: Figure, place: int, at: Point) -> None:
    """Draw one marker of a trace; attributes may be one value or a list, as in Plotly."""
    if not _one(marker.get("opacity", 1), place):
        return
    radius = marker["size"] / 2
    fill = marker["color"]
    edge, width = (marker["line"]["color"], marker["line"]["width"]) if "line" in marker else (fill, 0)
    symbol = _one(marker["symbol"], place)
    if symbol == "circle":
        sheet.circle(at, radius, fill, edge, width)
    else:
        corners = [(at[0] + x * radius, at[1] + y * radius) for x, y in SHAPES[symbol]]
        sheet.polygon(corners, fill, edge, width)


def _one(value: Any, place: int) -> Any:
    return value[place] if isinstance(value, list) else value


SHAPES: Mapping[str, Sequence[Point]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "triangle-up": [(0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
    "triangle-right": [(1.2, 0), (-0.9, 1.15), (-0.9, -1.15)],
    "triangle-left": [(-1.2, 0), (0.9, 1.15), (0.9, -1.15)],
}
