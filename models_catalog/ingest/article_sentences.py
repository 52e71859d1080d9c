"""What one sentence of an article says besides names: sizes, events, openness, target industries, makers.

Each rule yields `Said`: what is said, of which words, and where to look for the model that it is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from models_catalog.ingest.article_lexicon import KnownDeveloper, KnownSector
from models_catalog.ingest.article_names import around
from models_catalog.ingest.article_words import (
    CLOSED,
    COMPARED,
    DENIED_SIZE,
    DENYING,
    EVENT_VERBS,
    OPEN,
    OPEN_OF_OTHERS,
    PLANNING,
    SECTOR_CUE,
    SECTOR_NOUN,
    SPUN_RELEASED,
)
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import EventKind, Field, Openness
from models_catalog.text.dates import FoundDays
from models_catalog.text.name_search import Hit
from models_catalog.text.quantities import Found

Value = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """`line[start:end]` states `value` of `field`; `near` is the place from which the model is looked for.

    date: the date that an event's words give. is_clear: the words can hardly mean anything else.
    """

    field: Field
    start: int
    end: int
    value: Value
    near: tuple[int, int]
    date: FoundDays | None = None
    is_clear: bool = True


@dataclass(frozen=True)
class Sentence:
    """A stretch of a repaired line, in simplified characters, with what was found in it; offsets are the line's."""

    start: int
    end: int
    line: str
    sizes: list[Found] = field(default_factory=list)
    dates: list[FoundDays] = field(default_factory=list)
    sectors: list[Hit[KnownSector]] = field(default_factory=list)
    makers: list[Hit[KnownDeveloper]] = field(default_factory=list)
    is_spun: bool = False

    def before(self, place: int, chars: int) -> str:
        return self.line[max(self.start, place - chars) : place]

    def clause_before(self, place: int) -> str:
        return _CLAUSE.split(self.before(place, 80))[-1]

    def after(self, place: int, chars: int) -> str:
        return self.line[place : min(self.end, place + chars)]


_END: Final = re.compile(r"[。！？!?；;](?:[”\"」』’]+)?|[.．](?=\s|$)|\n")
_CLAUSE: Final = re.compile(r"[，,、：:]")


def spans(line: str) -> list[tuple[int, int]]:
    """Where the sentences of a line begin and end; closing quotation marks belong to the sentence before them."""
    ends = [match.end() for match in _END.finditer(line)]
    if not ends or ends[-1] < len(line):
        ends.append(len(line))
    return [(start, end) for start, end in zip([0, *ends], ends, strict=False) if line[start:end].strip()]


def said(sentence: Sentence) -> Iterator[Said]:
    yield from _sizes(sentence)
    yield from _events(sentence)
    yield from _openness(sentence)
    yield from _sectors(sentence)


_NOT_ITS_SIZE: Final = re.compile(f"{COMPARED}|{DENIED_SIZE}")


def _sizes(sentence: Sentence) -> Iterator[Said]:
    """Sizes, but none that is denied (并非100亿) or that another model's is compared with (不及千亿模型)."""
    for found in sentence.sizes:
        if not _NOT_ITS_SIZE.search(sentence.before(found.start, 7)):
            value = {"number": number_range(found.interval)}
            yield Said(Field.PARAMETERS, found.start, found.end, value, (found.start, found.end))


_VERBS: Final = [(kind, re.compile(words)) for kind, words in EVENT_VERBS]
_SPUN: Final = re.compile(SPUN_RELEASED)
_PLANNING: Final = re.compile(PLANNING)
_DENYING: Final = re.compile(DENYING)


def _events(sentence: Sentence) -> Iterator[Said]:
    taken: set[int] = set()
    for kind, words in [*_VERBS, *([(EventKind.RELEASED, _SPUN)] if sentence.is_spun else [])]:
        for verb in words.finditer(sentence.line, sentence.start, sentence.end):
            if not taken.isdisjoint(range(*verb.span())):
                continue
            if kind == EventKind.ANNOUNCED and taken:
                continue  # announced is what happened besides: 宣布推出 is a release
            taken.update(range(*verb.span()))
            clause = sentence.clause_before(verb.start())
            if not _DENYING.search(clause):
                planned = _PLANNING.search(sentence.before(verb.start(), 24)) is not None
                yield _event(sentence, EventKind.PLANNED if planned else kind, verb.span())


def _event(sentence: Sentence, kind: EventKind, verb: tuple[int, int]) -> Said:
    """With the date that stands before the verb, else behind it, in the same sentence."""
    before = around(sentence.dates, sentence.start, verb[0])
    behind = around(sentence.dates, verb[1], verb[1] + 12)
    date: FoundDays | None = before[-1] if before else behind[0] if behind else None
    start, end = (date.start, date.end) if date else verb
    clear = date is not None and kind != EventKind.ANNOUNCED
    return Said(Field.EVENT, start, end, {"event": kind}, verb, date, is_clear=clear)


_OPEN, _CLOSED, _OTHERS = re.compile(OPEN), re.compile(CLOSED), re.compile(OPEN_OF_OTHERS)


def _openness(sentence: Sentence) -> Iterator[Said]:
    for words, openness in ((_OPEN, Openness.OPEN), (_CLOSED, Openness.CLOSED)):
        for found in words.finditer(sentence.line, sentence.start, sentence.end):
            clause = sentence.clause_before(found.start())
            if _DENYING.search(clause) or _PLANNING.search(clause) or _OTHERS.search(clause + found.group()):
                continue
            yield Said(Field.OPENNESS, *found.span(), {"token": openness.value}, found.span())


_SECTOR_CUE: Final = re.compile(f"(?:{SECTOR_CUE})[^。]{{0,16}}$")
_SECTOR_NOUN: Final = re.compile(SECTOR_NOUN)


def _sectors(sentence: Sentence) -> Iterator[Said]:
    """Industries that a model is said to be for; a word that merely occurs is none."""
    for hit in sentence.sectors:
        cued = _SECTOR_CUE.search(sentence.before(hit.start, 24))
        noun = _SECTOR_NOUN.match(sentence.line, hit.end, sentence.end)
        if cued or noun:
            yield Said(
                Field.SECTOR, hit.start, hit.end, {"sector": hit.value.pk, "label": hit.value.label},
                (hit.start, hit.end), is_clear=False,
            )  # fmt: skip
