"""Writes the letters of the charts' pictures as data: `python -m bench.outlines FONT NUMBER` (charts/drawing/fonts/README.md).

FONT is a collection with Noto Sans CJK SC as its face NUMBER. The characters are those that the data has already,
and any that stand on the standard input.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from models_catalog.charts.drawing.glyphs import DATA, MISSING, glyphs


def outlines(font: Any, characters: set[str]) -> dict[str, tuple[int, str]]:
    """Character → its advance in font units, and its outline as SVG path data, y upwards."""
    names, drawn = font.getBestCmap(), font.getGlyphSet()
    wanted = {one: names[ord(one)] for one in characters - {MISSING} if ord(one) in names}
    wanted[MISSING] = ".notdef"
    return {one: (font["hmtx"][name][0], path(drawn, name)) for one, name in sorted(wanted.items())}


def path(drawn: Any, name: str) -> str:
    pen = SVGPathPen(drawn, ntos=lambda number: f"{number:g}")
    drawn[name].draw(pen)
    return str(pen.getCommands())


def write(found: dict[str, tuple[int, str]], to: Path) -> None:
    """The same bytes wherever it is written: no time in the archive."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    to.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    more = "" if sys.stdin.isatty() else sys.stdin.read()
    write(outlines(TTFont(sys.argv[1], fontNumber=int(sys.argv[2])), set(more) | set(glyphs())), DATA)
