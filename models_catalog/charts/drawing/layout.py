"""Shared layout of figures: axes with given ranges and ticks, escaped text, and room for labels.

Text widths are estimates that leave enough room in any font.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from math import log10
from typing import Any
from unicodedata import east_asian_width

from models_catalog.charts.drawing.axes import Axis, Tick
from models_catalog.charts.drawing.palette import GROUND, HAIRLINE, INK, MUTED

Parts = tuple[list[Any], dict[str, Any]]
"""The traces and the layout of a figure."""

FONT = '"Segoe UI", Roboto, -apple-system, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
FONT_SIZE = 13
ROW, TALL_ROW, BAR_ROW, LINE = 24, 42, 34, 20
"""Row heights in pixels: span chart with one-line and with two-line labels, bar chart, grid."""
TOP, BOTTOM, RIGHT = 8, 40, 24
LABELS, NARROW_LABELS = 260, {ROW: 120, TALL_ROW: 160, BAR_ROW: 120, LINE: 100}
"""Largest width of labels in pixels: on wide screens, and on phones by kind of row."""

BREAK = "<br>"
CLEAR = "rgba(0,0,0,0)"
_TAGS = re.compile(r"<[^>]*>")


def words_of(words: str) -> str:
    """Text escaped for Plotly, which interprets a little HTML in labels."""
    return escape(words, quote=False).replace("\n", BREAK)


def ticks_of(ticks: Sequence[Tick]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [value for value, _words in ticks],
        "ticktext": [words for _value, words in ticks],
    }


def layout_of(
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
        "margin": {"l": room_of(wide), "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 6},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
        "hoverlabel": {"bgcolor": GROUND, "bordercolor": MUTED, "font": {"color": INK, "size": FONT_SIZE}, "align": "left"},
        "showlegend": False,  # the page and the picture write their own, which no margin can squeeze
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": {**grid, **axis},
        "yaxis": {**grid, "range": [max(1, len(labels)) - 0.5, -0.5], "showgrid": row in (ROW, TALL_ROW), "griddash": "dot", **ticks_of(list(rows))},
        "meta": {
            "narrow": {
                "margin": {"l": room_of(short), "r": 16},
                "xaxis": ticks_of(narrow_ticks),
                "yaxis": ticks_of(list(enumerate(short))),
            }
        },
    }  # fmt: skip


def room_of(labels: Sequence[str]) -> int:
    return 18 + int(max((width_of(label, FONT_SIZE) for label in labels), default=0))


def value_axis(axis: Axis) -> dict[str, Any]:
    ends = (
        [log10(float(end)) for end in (axis.first, axis.last)]
        if axis.scale == "log"
        else [axis.first, axis.last]
    )
    return {"type": axis.scale, "range": ends, **ticks_of(axis.ticks)}


def fill_of(hue: str, width: float = 1.5) -> dict[str, Any]:
    """Filled with the hue, or hollow if it is ""."""
    return {"color": hue or GROUND, "line": {"color": hue or MUTED, "width": width}}


def plain(words: str) -> str:
    """Text without the few tags and entities that Plotly interprets."""
    return unescape(_TAGS.sub("", words))


def width_of(words: str, size: float) -> float:
    """Width of the longest line in pixels: a Han character is one em wide, a Latin one a good half."""
    return max(sum(map(_share, plain(line))) for line in words.split("<br>")) * size


def _share(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    return 0.68 if character.isupper() else 0.56


def cut(label: str, width: float, size: float) -> str:
    """The label with each line cut to fit, ending in an ellipsis; entities stay whole."""
    return "<br>".join(_cut_line(line, width, size) for line in label.split("<br>"))


def folded(label: str, width: float, size: float) -> str:
    """A label that is too wide broken at a blank, if any, into two lines of about the same length."""
    blanks = [place for place, character in enumerate(label) if character == " "]
    if not blanks or width_of(label, size) <= width:
        return label
    middle = min(blanks, key=lambda place: abs(place - len(label) / 2))
    return f"{label[:middle]}<br>{label[middle + 1 :]}"


def _cut_line(line: str, width: float, size: float) -> str:
    pieces = re.findall(r"&\w+;|.", line)
    if width_of(line, size) <= width:
        return line
    while pieces and width_of("".join(pieces) + "…", size) > width:
        pieces.pop()
    return "".join(pieces) + "…"
