"""Letters as outlines, so that a picture shows its Chinese labels on a machine without Chinese fonts.

They were taken from Noto Sans CJK SC (`fonts/README.md`) and are plain data: no object of a font library, which reads
on while it draws, is shared by threads. A character that is not among them is spelt out (`spelt`).
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
"""The units of the font to one em."""

MISSING = ""
"""The key of the box."""


@cache
def glyphs() -> Mapping[str, tuple[int, str]]:
    """Character → its advance in font units, and its outline as SVG path data, y upwards."""
    read = json.loads(gzip.decompress(DATA.read_bytes()))
    return MappingProxyType({character: (advance, path) for character, (advance, path) in read.items()})


def key(character: str) -> str:
    """The key of the glyph that shows `character`."""
    return character if character in glyphs() else MISSING


def spelt(words: str) -> str:
    """`words` in characters that can be drawn: others as the plain ones that they are made of, else by their number.

    What has no shape of its own (variation selectors, joiners) is left out.
    """
    return "".join(one if one in glyphs() else _spelt(one) for one in words)


def _spelt(character: str) -> str:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return plain if plain and all(one in glyphs() for one in plain) else f"[U+{ord(character):04X}]"


def advance(key: str) -> int:
    """How far the pen moves on after a glyph, in font units."""
    return glyphs()[key][0]


def outline(key: str) -> str:
    return glyphs()[key][1]


def width(words: str, size: float) -> float:
    """How wide `words` run in pixels."""
    return sum(advance(key(character)) for character in spelt(words)) * size / UNITS
