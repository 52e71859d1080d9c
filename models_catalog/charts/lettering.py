"""How wide words run, near enough to leave room for them."""

import re
from html import unescape
from unicodedata import east_asian_width

_TAGS = re.compile(r"<[^>]*>")


def plain(words: str) -> str:
    """Words without the few tags and entities that Plotly reads."""
    return unescape(_TAGS.sub("", words))


def width_of(words: str, size: float) -> float:
    """The width of a line in pixels: a Han character is as wide as the font is high, a Latin one a good half."""
    return sum(_share(character) for character in plain(words)) * size


def _share(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    return 0.68 if character.isupper() else 0.56


def cut(label: str, width: float, size: float) -> str:
    """The label, or as much of it as fits with an ellipsis; entities and a surrounding `<b>` stay whole."""
    if width_of(label, size) <= width:
        return label
    pieces = re.findall(r"<[^>]*>|&\w+;|.", label)
    while pieces and width_of("".join(pieces) + "…", size) > width:
        last = next(
            (place for place in reversed(range(len(pieces))) if not pieces[place].startswith("<")), None
        )
        if last is None:
            break
        del pieces[last]
    end = next((place for place, piece in enumerate(pieces) if piece == "</b>"), len(pieces))
    return "".join([*pieces[:end], "…", *pieces[end:]])
