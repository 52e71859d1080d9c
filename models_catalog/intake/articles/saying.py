"""Finds where kept texts state a value, for a curator who corrects one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from time import thread_time
from typing import Final

from models_catalog.claims.settle import developer_names
from models_catalog.fields.surfaces import surface
from models_catalog.intake.articles.places import AROUND, Surroundings, article_lines
from models_catalog.intake.articles.words import SECTOR_WORDS
from models_catalog.intake.stated import CUES, states_value
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.claim_value import HTTPS
from models_catalog.models.ranges import days_of
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Basis, Field, Shape
from models_catalog.text.context_lengths import find_lengths
from models_catalog.text.dates import find_days
from models_catalog.text.name_search import NameIndex, simplified
from models_catalog.text.names import fold
from models_catalog.text.quantities import find_quantities
from models_catalog.text.repair import repair

MOST = 8
"""Places offered, those in lines that name the entry first."""
MOST_TEXTS = 20
SECONDS = 5.0
"""CPU time limit for looking; texts after it are left out."""


@dataclass(frozen=True)
class Place:
    """Words of a source that state the value, with the text around them."""

    source: Source
    line: int
    within: Surroundings

    @property
    def key(self) -> str:
        """The place as one word of a form: source, line and words."""
        return f"{self.source.pk}:{self.line}:{self.within.stated}"


def places_saying(claim: Claim) -> list[Place]:
    """The places that state the value of `claim`, which need not be saved, in the texts of its entry's sources."""
    names = NameIndex({fold(name): name for name in _names_of(claim.entry)})
    find = _FINDERS[Field(claim.field).shape](claim)
    begun = thread_time()
    apart: list[Place] = []
    found: list[Place] = []
    for source, number, text in _lines(claim.entry):
        if len(found) >= MOST or thread_time() - begun > SECONDS:
            break
        words = list(dict.fromkeys(find(text, source)))
        kept = found if words and names.find(text) else apart
        if len(kept) < MOST:
            kept.extend(_in_line(claim, source, number, text, words))
    return [*found, *apart][:MOST]


def _lines(entry: Entry) -> Iterator[tuple[Source, int, str]]:
    """The repaired lines of the entry's sources, with their numbers."""
    for source in _sources(entry):
        for number, raw in enumerate(article_lines(source) or [], start=1):
            if raw.strip():
                yield source, number, repair(raw).text


def _names_of(entry: Entry) -> Iterable[str]:
    return entry.claims.filter(field=Field.NAME).values_list("text", flat=True)


def _sources(entry: Entry) -> Iterable[Source]:
    """The entry's sources; every source with a kept text if it has none."""
    own = list(entry.sources.all()[:MOST_TEXTS])
    return own or Source.objects.filter(kept_text__isnull=False)[:MOST_TEXTS]


def _in_line(claim: Claim, source: Source, line: int, text: str, found: Iterable[str]) -> Iterator[Place]:
    said = copy(claim)
    said.basis, said.source = Basis.STATED, source
    for words in found:
        said.stated = words
        if words and len(words) <= QUOTATION_LENGTH and states_value(said):
            before, _words, after = text.partition(words)
            around = (
                "…" * (len(before) > AROUND) + before[-AROUND:],
                after[:AROUND] + "…" * (len(after) > AROUND),
            )
            yield Place(source, line, Surroundings(around[0], "", words, "", around[1]))


_Find = Callable[[str, Source], Iterator[str]]
"""Finds words in a line of a source that may state a value; made once for a claim, since a text has thousands of lines."""


def _numbers(claim: Claim) -> _Find:
    find = find_lengths if claim.field == Field.CONTEXT_LENGTH else find_quantities
    return lambda text, _source: (one.text for one in find(text))


def _days(claim: Claim) -> _Find:
    if not claim.days:
        return lambda text, _source: iter(())
    return lambda text, source: (one.text.strip() for one in find_days(text, days_of(source.published)))


def _cues(claim: Claim) -> _Find:
    cue = re.compile(CUES[claim.token])

    def find(text: str, _source: Source) -> Iterator[str]:
        plain = simplified(text).casefold()
        if len(plain) == len(text):
            yield from (text[found.start() : found.end()] for found in cue.finditer(plain))

    return find


def _named(claim: Claim) -> _Find:
    if claim.developer:
        names: Iterable[str] = developer_names(claim.developer)
    elif claim.sector:
        row = claim.sector
        names = [row.name_zh, row.name_en, *SECTOR_WORDS.get(row.slug, ())]
    else:
        names = _names_of(claim.parent) if claim.parent else [claim.text.removeprefix(HTTPS)]
    index = NameIndex({fold(name): name for name in names if name})
    return lambda text, _source: (text[hit.start : hit.end] for hit in index.find(text))


_FINDERS: Final[Mapping[Shape, Callable[[Claim], _Find]]] = surface(
    "intake: places that state a value",
    {
        Shape.NAMES: _named, Shape.WORD: _cues, Shape.WORDS: _cues, Shape.ROWS: _named, Shape.PARENT: _named,
        Shape.NUMBER: _numbers, Shape.EVENTS: _days, Shape.LINKS: _named,
    },
)  # fmt: skip
