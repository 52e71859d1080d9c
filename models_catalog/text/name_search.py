"""Finding known names in a running text, in whatever script, width or case they stand there.

The names and the text go through `names.fold`'s rules, so that what the search box finds is found in an article too.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from models_catalog.text.names import as_typed, simplify

_Value = TypeVar("_Value")

SHORTEST: Final = 2
"""A name of one letter would be found everywhere."""

_SEPARATES: Final = re.compile(r"[，,。;；:：、!！?？()（）“”\"「」『』《》…\n\r\t]|  ")
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_VERSION: Final = re.compile(r"[-_.][A-Za-z0-9]")


@dataclass(frozen=True)
class Hit(Generic[_Value]):
    """`text[start:end]` is a known name; `value` is what is known under it."""

    start: int
    end: int
    value: _Value


def simplified(text: str) -> str:
    """`text` in simplified characters, as many as before, so that offsets hold in both."""
    whole = simplify(text)
    if len(whole) == len(text):
        return whole
    return "".join(one if len(one := simplify(char)) == 1 else char for char in text)


def _folded(text: str) -> tuple[str, list[int]]:
    """The letters and digits of `text` as `fold` has them, and where each stood."""
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(simplified(text)):
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
        for letter in plain:
            if unicodedata.category(letter)[0] in "LN":
                letters.append(letter)
                origin.append(place)
    return as_typed("".join(letters)), origin


class NameIndex(Generic[_Value]):
    """Folded names, to be looked for in texts: a dictionary by their first two letters, longest first."""

    def __init__(self, names: Mapping[str, _Value]) -> None:
        self._values = dict(names)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            if len(name) >= SHORTEST:
                self._by_start.setdefault(name[:SHORTEST], []).append(name)

    def find(self, text: str) -> list[Hit[_Value]]:
        """The names in `text` from left to right, the longest where several begin; none within another."""
        letters, origin = _folded(text)
        hits: list[Hit[_Value]] = []
        position = 0
        while position < len(letters):
            name = self._at(text, letters, origin, position)
            if name is None:
                position += 1
                continue
            last = position + len(name) - 1
            hits.append(Hit(origin[position], origin[last] + 1, self._values[name]))
            position = last + 1
        return hits

    def _at(self, text: str, letters: str, origin: list[int], position: int) -> str | None:
        for name in self._by_start.get(letters[position : position + SHORTEST], ()):
            if letters.startswith(name, position):
                start, end = origin[position], origin[position + len(name) - 1] + 1
                if not _SEPARATES.search(text, start, end) and _stands_alone(text, start, end):
                    return name
        return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is not a part of a longer one: of GPT in ChatGPT, of ChatGLM in ChatGLM-130B."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _LATIN.match(text[start]) and _LATIN.match(before):
        return False
    return not (_LATIN.match(text[end - 1]) and (_LATIN.match(after) or _VERSION.match(text[end : end + 2])))
