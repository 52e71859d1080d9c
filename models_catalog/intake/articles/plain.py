"""Checks that a statement is plain: nothing in its clauses qualifies it, so it can be selected by default."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.sentences import Said, Sentence
from models_catalog.intake.articles.words import MODIFIERS
from models_catalog.text.lists import reading

Span = tuple[int, int]
_ASKS: Final = re.compile(r"[？?吗呢][”\"」]?\s*$")
_MARKS: Final = re.compile(r"[\s“”\"「」『』《》【】‘’'，,、：:。；;（()）.！!—\-*#·•]+")


def is_plain(
    sentence: Sentence, one: Said, mention: Mention, here: list[Mention], found: list[Organisation]
) -> bool:
    """Whether the clauses from the name to the statement have only names, makers, dates, sizes and harmless words.

    A question is never plain.
    """
    if _ASKS.search(sentence.words):
        return False
    stated = [(one.start, one.end), one.near, (mention.start, mention.end)]
    first = sentence.clause(min(start for start, _end in stated))[0]
    last = sentence.clause(max(end for _start, end in stated))[1]
    known = [
        (part.start, part.end)
        for parts in (here, found, sentence.dates, sentence.sizes, sentence.makers)
        for part in around(parts, first, last)
    ]
    return not _MARKS.sub(
        "", _harmless(one.field).sub("", _rest(sentence.line, first, last, [*stated, *known]))
    )


def _rest(line: str, first: int, last: int, spans: Iterable[Span]) -> str:
    """`line[first:last]` with each span replaced by a space."""
    parts, place = [], first
    for start, end in sorted(spans):
        parts.append(line[place : max(place, start)])
        place = max(place, end)
    return " ".join([*parts, line[place:last]])


@cache
def _harmless(field: str) -> re.Pattern[str]:
    words = sorted({*reading("plain"), *reading(f"plain-{field}")}, key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, words), MODIFIERS]))
