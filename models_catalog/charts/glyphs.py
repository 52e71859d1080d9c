"""Letters as outlines, so that a picture shows its Chinese labels on a machine without Chinese fonts.

The font is a subset of Noto Sans CJK SC (`fonts/README.md`); a character that it lacks shows as a box.
"""

from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

FONT = Path(__file__).parent / "fonts" / "NotoSansCJKsc-subset.otf"
UNITS = 1000
"""The units of the font to one em."""

_MISSING = ".notdef"


@cache
def _font() -> TTFont:
    return TTFont(FONT, lazy=True)


@cache
def _names() -> dict[int, str]:
    return dict(_font().getBestCmap())


def key(character: str) -> str:
    """The name of the glyph that shows `character`."""
    return _names().get(ord(character), _MISSING)


@cache
def advance(name: str) -> int:
    """How far the pen moves on after a glyph, in font units."""
    return int(_font()["hmtx"][name][0])


@cache
def outline(name: str) -> str:
    """The glyph's outline as SVG path data in font units, y upwards."""
    glyphs = _font().getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:g}")
    glyphs[name].draw(pen)
    return str(pen.getCommands())


def width(words: str, size: float) -> float:
    """How wide `words` run in pixels."""
    return sum(advance(key(character)) for character in words) * size / UNITS
