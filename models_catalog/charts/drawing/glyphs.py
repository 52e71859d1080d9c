"""Letters as outlines, so that pictures show Chinese labels on machines without Chinese fonts.

The outlines come from Noto Sans CJK SC (`fonts/README.md`) and are plain data, since font library objects, which read
while they draw, cannot be shared by threads. Characters without an outline are replaced (`spelt`).
"""

import gzip
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "fonts" / "outlines.json.gz"
UNITS = 1000
"""Font units per em."""

MISSING = ""
"""Key of the box for missing glyphs."""


@cache
def glyphs() -> Mapping[str, tuple[int, str]]:
    """Character → advance in font units, and outline as SVG path data with y upwards."""
    read = json.loads(gzip.decompress(DATA.read_bytes()))
    return MappingProxyType({character: (advance, path) for character, (advance, path) in read.items()})


def key(character: str) -> str:
    """The key of the glyph for `character`."""
    return character if character in glyphs() else MISSING


def spelt(words: str) -> str:
    """`words` in characters that can be drawn: others as their plain decomposition, or else as `[U+XXXX]`.

    Characters without a shape of their own (variation selectors, joiners) are dropped.
    """
    return "".join(one if one in glyphs() else _spelt(one) for one in words)


def _spelt(character: str) -> str:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return plain if plain and all(one in glyphs() for one in plain) else f"[U+{ord(character):04X}]"


def advance(key: str) -> int:
    """The advance of a glyph in font units."""
    return glyphs()[key][0]


def outline(key: str) -> str:
    return glyphs()[key][1]


def width(words: str, size: float) -> float:
    """The width of `words` in pixels."""
    return sum(advance(key(character)) for character in spelt(words)) * size / UNITS
