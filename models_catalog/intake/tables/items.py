"""Find the place of an item of a list in the text of a cell."""

from __future__ import annotations

from typing import Final

_EDGES: Final = frozenset(" \t\r\n\u2028\u3000;；、，,/／|&＆+＋()（）[]<>'\"“”")
"""Characters around an item of a list."""


def place_in(text: str, words: str, behind: int) -> int:
    """Return the offset of `words` from `behind` on, as an item if they are one: 2B in 72B、2B; -1 if they do not occur."""
    first = found = text.find(words, behind)
    while found >= 0 and words:
        if _is_item(text, found, found + len(words)):
            return found
        found = text.find(words, found + 1)
    return first


def _is_item(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("", *_EDGES) and text[end : end + 1] in ("", *_EDGES)
