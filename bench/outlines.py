"""Writes the glyphs for chart pictures as data: `python -m bench.outlines FONT NUMBER`.

FONT is a font collection with Noto Sans CJK SC as face NUMBER. The characters are those already in the data, and any on
standard input. See charts/drawing/fonts/README.md.
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
    """Character → advance in font units, and outline as SVG path data with y upwards."""
    names, drawn = font.getBestCmap(), font.getGlyphSet()
    wanted = {one: names[ord(one)] for one in characters - {MISSING} if ord(one) in names}
    wanted[MISSING] = ".notdef"
    return {one: (font["hmtx"][name][0], path(drawn, name)) for one, name in sorted(wanted.items())}


def path(drawn: Any, name: str) -> str:
    pen = SVGPathPen(drawn, ntos=lambda number: f"{number:g}")
    drawn[name].draw(pen)
    return str(pen.getCommands())


def write(found: dict[str, tuple[int, str]], to: Path) -> None:
    """Write the outlines, reproducibly: the archive has no timestamp."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    to.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    more = "" if sys.stdin.isatty() else sys.stdin.read()
    write(outlines(TTFont(sys.argv[1], fontNumber=int(sys.argv[2])), set(more) | set(glyphs())), DATA)
