"""Finds known names in running text, in any script, width or case.

Names and text are folded like `names.fold`, so that an article and the search box match the same spellings.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar

from models_catalog.text.names import as_typed, simplify

_Value = TypeVar("_Value")

SHORTEST: Final = 2
"""A name of one letter would match everywhere."""

_SEPARATES: Final = re.compile(r"[，,。;；:：、!！?？()（）“”\"「」『』《》…\n\r\t]|  ")
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_VERSION: Final = re.compile(r"[-_.][A-Za-z0-9]")


@dataclass(frozen=True)
class Hit(Generic[_Value]):
    """A known name at `text[start:end]`, with its value."""

    start: int
    end: int
    value: _Value


def simplified(text: str) -> str:
    """`text` in simplified characters, with the same number of characters, so that offsets stay valid."""
    whole = simplify(text)
    if len(whole) == len(text):
        return whole
    return "".join(one if len(one := simplify(char)) == 1 else char for char in text)


@lru_cache(maxsize=8)  # one text is searched for models, makers and industries
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The letters and digits of `text` as `fold` produces them, and the original position of each."""
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(simplified(text)):
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
        for letter in plain:
            if unicodedata.category(letter)[0] in "LN":
                letters.append(letter)
                origin.append(place)
    return as_typed("".join(letters)), tuple(origin)


class NameIndex(Generic[_Value]):
    """An index of folded names for searching in texts: by their first two letters, longest first."""

    def __init__(self, names: Mapping[str, _Value]) -> None:
        self._values = dict(names)
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            if len(name) >= SHORTEST:
                self._by_start.setdefault(name[:SHORTEST], []).append(name)

    def find(self, text: str) -> list[Hit[_Value]]:
        """The names in `text` from left to right, without overlaps; the longest where several begin."""
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

    def _at(self, text: str, letters: str, origin: tuple[int, ...], position: int) -> str | None:
        for name in self._by_start.get(letters[position : position + SHORTEST], ()):
            if letters.startswith(name, position):
                start, end = origin[position], origin[position + len(name) - 1] + 1
                if not _SEPARATES.search(text, start, end) and _stands_alone(text, start, end):
                    return name
        return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is not part of a longer one, as GPT is of ChatGPT and ChatGLM of ChatGLM-130B."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _LATIN.match(text[start]) and _LATIN.match(before):
        return False
    return not (_LATIN.match(text[end - 1]) and (_LATIN.match(after) or _VERSION.match(text[end : end + 2])))
