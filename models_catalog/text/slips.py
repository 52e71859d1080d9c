"""What a mistyped text may have been: one letter or character wrong, missing or too much, or two exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from models_catalog.text.names import bigrams

LONGEST: Final = 24
"""Characters of a text in which a slip is looked for."""
LETTERS: Final = ascii_lowercase + digits


def slips(text: str) -> set[str]:
    """Every text that is one slip away, as far as it can be written down: letters and digits are put in, characters are not."""
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
    """For `LIKE`: one character stands for any; and the tokens that an index has for whatever fits."""

    like: str
    tokens: list[str]


def patterns(text: str) -> Iterator[Pattern]:
    """What `slips` cannot write down: any other character in place of each, or between two."""
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
