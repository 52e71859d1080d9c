"""Splits a query typed without blanks into names, makers and generic words.

百度文心一言大模型 → 百度 (maker), 文心一言 (name), 大模型 (generic). Pure: known names are passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import Final

from models_catalog.text.lists import facet_words, generic

LONGEST: Final = 40
"""The most folded characters of a query that is split; a longer one is not a name with a maker."""
MOST: Final = 6
"""The most alternative splits kept at each position and returned."""
_SHORTEST_LATIN: Final = 3
_SHORTEST_FREE: Final = 2
_SHORTEST_WORD: Final = 5
"""The fewest letters of a Latin generic word or sector inside a run of letters: `damoxing`."""

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class PartKind(Enum):
    """The kind of a part of a query. The value is a cost: the higher, the less likely a split with it."""

    NAME = 10
    MAKER = 11
    SECTOR = 15
    GENERIC = 5
    FREE = 40
    """Not a known word; to be searched."""


@dataclass(frozen=True)
class QueryPart:
    """A folded part of a query."""

    kind: PartKind
    text: str


Cut = tuple[QueryPart, ...]


def kind_of(word: str, known: Mapping[str, PartKind]) -> PartKind:
    """The kind of a folded word."""
    return known.get(word) or (PartKind.GENERIC if word in generic() else PartKind.FREE)


def pieces(whole: str) -> set[str]:
    """Every substring of a folded text that may be a name."""
    if len(whole) > LONGEST:
        return set()
    spans = ((start, end) for start in range(len(whole)) for end in range(start + 2, len(whole) + 1))
    return {whole[start:end] for start, end in spans}


def cuts(words: Sequence[str], known: Mapping[str, PartKind]) -> list[Cut]:
    """Splits of folded words into consecutive parts, likeliest first, with at most one FREE part each.

    A part may span blanks, as names are typed with blanks (wen xin).
    """
    whole = "".join(words)
    if not 2 < len(whole) <= LONGEST:
        return []
    edges = _edges(words, whole)
    at: list[list[tuple[int, Cut]]] = [[(0, ())], *([] for _ in whole)]
    for end in range(1, len(whole) + 1):
        ways = [
            (cost + part.kind.value + is_free * (end - start), (*cut, part))
            for start in range(end)
            for cost, cut in at[start]
            for part in _parts(whole[start:end], start in edges, end in edges, known)
            for is_free in [part.kind is PartKind.FREE]
            if not (is_free and any(one.kind is PartKind.FREE for one in cut))
        ]
        at[end] = sorted(ways, key=lambda way: way[0])[:MOST]
    return [
        cut
        for _cost, cut in at[-1]
        if len(cut) > 1 and any(part.kind is not PartKind.GENERIC for part in cut)
    ]


def general_words(words: Sequence[str]) -> list[str]:
    """The fewest generic words and filter values that folded words consist of.

    [] if they contain anything else: then the query names something.
    """
    whole = "".join(words)[: LONGEST + 1]
    edges = _edges(words, whole)
    known = generic() | facet_words().keys()
    at: dict[int, list[str]] = {0: []}
    for end in range(1, len(whole) + 1):
        ways = [
            [*at[start], whole[start:end]]
            for start in at
            if whole[start:end] in known and _is_apart(whole[start:end], start in edges, end in edges)
        ]
        if ways:
            at[end] = min(ways, key=len)
    return at.get(len(whole), []) if len(whole) <= LONGEST else []


def _is_apart(text: str, begins: bool, ends: bool) -> bool:
    """Whether `text` may be a word: Chinese anywhere, Latin only between two edges."""
    return bool(_HAN.match(text) and _HAN.match(text[-1])) or (begins and ends)


def _edges(words: Sequence[str], whole: str) -> set[int]:
    """Positions at which a word may begin or end: blanks and changes of script."""
    scripts = [bool(_HAN.match(char)) for char in whole]
    changes = {place for place in range(1, len(whole)) if scripts[place] != scripts[place - 1]}
    return {0, *accumulate(map(len, words))} | changes


def _parts(text: str, begins: bool, ends: bool, known: Mapping[str, PartKind]) -> Iterator[QueryPart]:
    """The kinds of part that `text` may be; `begins` and `ends` say whether its ends are edges."""
    is_apart = _is_apart(text, begins, ends)
    kind = known.get(text)
    if kind is not None and len(text) > 1 and (is_apart or len(text) >= _shortest(kind)):
        yield QueryPart(kind, text)
    if text in generic() and (is_apart or len(text) >= _SHORTEST_WORD):
        yield QueryPart(PartKind.GENERIC, text)
    if kind is None and is_apart and len(text) >= _SHORTEST_FREE and text not in generic():
        yield QueryPart(PartKind.FREE, text)


def _shortest(kind: PartKind) -> int:
    return _SHORTEST_WORD if kind is PartKind.SECTOR else 2 if kind is PartKind.MAKER else _SHORTEST_LATIN
