"""How wide words run, near enough to leave room for them."""

import re
from html import unescape
from unicodedata import east_asian_width

_TAGS = re.compile(r"<[^>]*>")


def plain(words: str) -> str:
    """Words without the few tags and entities that Plotly reads."""
    return unescape(_TAGS.sub("", words))


def width_of(words: str, size: float) -> float:
    """The width of the longest line in pixels: a Han character is as wide as the font is high, a Latin one a good half."""
    return max(sum(map(_share, plain(line))) for line in words.split("<br>")) * size


def _share(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    return 0.68 if character.isupper() else 0.56


def cut(label: str, width: float, size: float) -> str:
    """The label with each line cut to fit, with an ellipsis; entities and a surrounding `<b>` stay whole."""
    return "<br>".join(_cut_line(line, width, size) for line in label.split("<br>"))


def _cut_line(line: str, width: float, size: float) -> str:
    if width_of(line, size) <= width:
        return line
    opening, closing = ("<b>", "</b>") if line.startswith("<b>") else ("", "")
    pieces = re.findall(r"&\w+;|.", line.removeprefix(opening).removesuffix(closing))
    while pieces and width_of("".join(pieces) + "…", size) > width:
        pieces.pop()
    return f"{opening}{''.join(pieces)}…{closing}"
