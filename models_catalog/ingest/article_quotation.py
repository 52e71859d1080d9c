"""How much of a sentence is quoted: the words that state the value and, as far as 24 characters go, of whom they state it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from models_catalog.models.source import QUOTATION_LENGTH

Span = tuple[int, int]

_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "《": "》", "‘": "’"}
_LATIN: Final = re.compile(r"[A-Za-z0-9]+(?:[-._'][A-Za-z0-9]+)*")
_EDGES: Final = " \t\r\ufeff,，、:：;；。"


def quoted(line: str, words: Span, also: Iterable[Span], within: Span) -> Span:
    """The stretch of `line` to quote: `words`, with the stretches of `also` that fit, else as near to them as it gets.

    It stays inside `within` and has at most QUOTATION_LENGTH characters.
    """
    start, end = words[0], min(words[1], words[0] + QUOTATION_LENGTH)
    for other in also:
        wider = min(start, other[0]), max(end, other[1])
        if wider[0] < within[0] or wider[1] > within[1]:
            continue
        if wider[1] - wider[0] <= QUOTATION_LENGTH:
            start, end = wider
        elif wider[1] > end:
            end = min(start + QUOTATION_LENGTH, within[1])
        else:
            start = max(end - QUOTATION_LENGTH, within[0])
    start, end = _at_words(line, *_trimmed(line, start, end, words), words, within)
    return _with_marks(line, *_trimmed(line, start, end, words))


def _trimmed(line: str, start: int, end: int, words: Span) -> Span:
    """Without punctuation at the edges, and never less than the words."""
    while start < words[0] and line[start] in _EDGES:
        start += 1
    while end > words[1] and line[end - 1] in _EDGES:
        end -= 1
    return start, end


def _at_words(line: str, start: int, end: int, words: Span, within: Span) -> Span:
    """Not from or to within a Latin word or a number: shorter by what is cut; longer where that would cut `words`."""
    first, last = start, end
    while first < words[0] and _cuts(line, first):
        first += 1
    while last > words[1] and _cuts(line, last):
        last -= 1
    while first > within[0] and _cuts(line, first) and last - first < QUOTATION_LENGTH:
        first -= 1
    while last < within[1] and _cuts(line, last) and last - first < QUOTATION_LENGTH:
        last += 1
    return first, last


def _cuts(line: str, place: int) -> bool:
    """Whether a Latin word or a number, as GPT-3.5, goes on across `place`."""
    return any(
        word.start() < place < word.end() for word in _LATIN.finditer(line, max(0, place - 80), place + 80)
    )


def _with_marks(line: str, start: int, end: int) -> Span:
    """With the quotation mark just outside whose partner is inside."""
    inside = line[start:end]
    if end - start < QUOTATION_LENGTH:
        if start and _PAIRS.get(line[start - 1], "\n") in inside:
            return start - 1, end
        opened = [mark for mark, other in _PAIRS.items() if line[end : end + 1] == other]
        if opened and opened[0] in inside:
            return start, end + 1
    return start, end
