"""Possible originals of a mistyped text: one character wrong, missing or extra, or two neighbours swapped."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from models_catalog.text.names import bigrams

LONGEST: Final = 24
"""The most characters of a text that is checked for slips."""
LETTERS: Final = ascii_lowercase + digits


def slips(text: str) -> set[str]:
    """Every text that is one slip away and can be enumerated: inserted characters are only letters and digits."""
    if not 2 < len(text) <= LONGEST:
        return set()
    cut = [(text[:place], text[place:]) for place in range(len(text) + 1)]
    found = {head + tail[1:] for head, tail in cut if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cut if len(tail) > 1}
    if text.isascii():
        found |= {head + letter + tail[1:] for head, tail in cut if tail for letter in LETTERS}
        found |= {head + letter + tail for head, tail in cut for letter in LETTERS}
    return found - {text}


class Pattern(NamedTuple):
    """A `LIKE` pattern with one wildcard character, and index tokens of every text that matches it."""

    like: str
    tokens: list[str]


def patterns(text: str) -> Iterator[Pattern]:
    """Patterns for slips that cannot be enumerated: any other character in place of each, or between two."""
    if not 2 < len(text) <= LONGEST // 2:
        return
    for place in range(len(text) + 1):
        head, tail = text[:place], text[place:]
        if tail:
            yield _pattern(head, tail[1:])
        yield _pattern(head, tail)


def _pattern(head: str, tail: str) -> Pattern:
    pairs = [token for part in (head, tail) for token in bigrams(part) if len(token) == 2]
    return Pattern(f"{head}_{tail}", pairs or [*head, *tail])
