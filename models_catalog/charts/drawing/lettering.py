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
    """The label with each line cut to fit, with an ellipsis; entities stay whole."""
    return "<br>".join(_cut_line(line, width, size) for line in label.split("<br>"))


def folded(label: str, width: float, size: float) -> str:
    """A label that is too wide, in two lines of about the same length where it has a blank."""
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
