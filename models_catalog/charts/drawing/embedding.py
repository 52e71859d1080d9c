"""Height of a chart in a frame, for hosts that run none of our scripts: nothing is cut off and little is empty."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from models_catalog.charts.drawing.layout import width_of

if TYPE_CHECKING:
    from models_catalog.charts.chart import Built

WIDE, NARROW = 640, 360
"""Widths in pixels for which heights are given: a column of text, and a phone. Wider frames fit as well."""

TITLE, TEXT, NOTE = (18, 25), (16, 28), (14, 25)
"""Font size and line height in pixels, as in the style sheets, for the language with higher lines."""
GAP, FOLDED, PADDING, LEGEND = 12, 48, 32, 28
RUNNING = 0.9
"""Latin sentences are narrower than labels, for which `width_of` leaves room; Han text is not."""
_HAN = re.compile("[\u3400-\u9fff]")


def heights_of(built: Built, source_line: str) -> tuple[int, int]:
    """Heights in pixels that the chart needs at `WIDE` and at `NARROW`, with its tables folded."""
    drawn = built.drawing.parts()[1]["height"] if built.plotted.placed else 0
    return _height(built, source_line, WIDE, drawn), _height(built, source_line, NARROW, drawn)


def _height(built: Built, source_line: str, width: int, drawn: int) -> int:
    chart, room = built.chart, width - 32
    blocks = [
        _lines(built.title, TITLE, room),
        _lines(str(chart.subtitle), NOTE, room),
        _lines(built.finding.summary if built.finding else str(chart.unplaced), TEXT, room),
        _lines(str(chart.note) + " " * 40, NOTE, room),
        _lines(source_line + " " * 60, NOTE, room),
        NOTE[1],  # the link to the registry
    ]
    if drawn:
        blocks += [LEGEND * (1 if width == WIDE else 3), drawn, FOLDED]
    if built.plotted.unplaced:
        blocks += [FOLDED]
    return sum(blocks) + GAP * (len(blocks) - 1) + PADDING


def _lines(words: str, line: tuple[int, int], room: int) -> int:
    size, height = line
    if _HAN.search(words):  # wrapped to the measure; a line may end early, since none begins with punctuation
        return ceil(width_of(words, size) / (room - 2 * size)) * height
    return ceil(RUNNING * width_of(words, size) / room) * height
