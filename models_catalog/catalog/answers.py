"""Answers of a search besides its rows.

How the query was read, the developer or industry it names, corrections, matching mentions that are not listed, and the
month in which the sources end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.catalog.facets import FACETS
from models_catalog.catalog.near import corrections, several_names
from models_catalog.catalog.reading import QueryReader, QueryReading
from models_catalog.catalog.rows import EntryRow, References, page_rows
from models_catalog.models import Developer, Omission, Sector, Source
from models_catalog.models.search_terms import SearchTerm, Terms
from models_catalog.models.vocabulary import OmissionReason
from models_catalog.text.cutting import PartKind
from models_catalog.text.lists import Later, as_the_articles_write, facet_words, later
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_NEAR = 8
"""Entries offered as “did you mean”; a longer list is of no use."""
MOST_LEFT_OUT = 4
"""Articles cited for mentions that are not listed."""
MOST_OMISSIONS = 5_000
"""Omissions searched."""
NAMELESS = (OmissionReason.NOISE, OmissionReason.DUPLICATE, OmissionReason.UNNAMED_MODEL)
"""Reasons of omissions that name nothing, or only something that is an entry already."""

First = Callable[[Terms, int], list[int]]
"""(terms, most) → ids of the listed entries that match best, at most `most`."""


@dataclass(frozen=True)
class FacetValue:
    """A facet's value, with the labels that forms use for both."""

    name: str
    value: str
    heading: StrOrPromise
    label: StrOrPromise


def facet_values(words: Iterable[str]) -> list[FacetValue]:
    """The values named by folded words, each once, in the order of the words."""
    known = facet_words()
    return [_value(*one) for one in dict.fromkeys(known[word] for word in words if word in known)]


def _value(name: str, value: str) -> FacetValue:
    facet = FACETS[name]
    return FacetValue(name, value, facet.heading, facet.words(value).label if facet.words else value)


@dataclass(frozen=True)
class ReadPart:
    """A part of the query as it was read. `link` is the developer or sector it names."""

    kind: PartKind
    text: str
    link: Developer | Sector | None = None

    @property
    def is_maker(self) -> bool:
        return self.kind is PartKind.MAKER

    @property
    def is_name(self) -> bool:
        return self.kind is PartKind.NAME

    @property
    def is_sector(self) -> bool:
        return self.kind is PartKind.SECTOR


@dataclass(frozen=True)
class Near:
    """A suggested name, with the entries that it finds."""

    name: str
    entries: list[EntryRow]


@dataclass(frozen=True)
class Answers:
    """Answers of a search besides its rows; empty if the rows are enough."""

    read: list[ReadPart] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    makers: list[Developer] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    filters: list[FacetValue] = field(default_factory=list)
    is_general: bool = False
    """Whether the query names nothing: its words fit every entry, or are `filters`."""
    near: list[Near] = field(default_factory=list)
    compared: list[EntryRow] = field(default_factory=list)
    """The best entry of `near` for each of several names in the query, for a comparison."""
    near_makers: list[Developer] = field(default_factory=list)
    left_out: list[Omission] = field(default_factory=list)
    later: Later | None = None
    sources_end: DateRange | None = None
    """The month in which the sources end, if nothing is found."""

    @property
    def says_something(self) -> bool:
        return any(vars(self).values())


def answers_to(reader: QueryReader, reading: QueryReading, references: References, first: First) -> Answers:
    """The answers to a query besides the rows that it finds."""
    if not reader.words:
        return Answers()
    subjects = _subjects(reader)
    makers = [reader.lexicon.makers[one] for one in subjects if one in reader.lexicon.makers][:1]
    sectors = next((found for one in subjects if (found := reader.lexicon.sectors.get(one))), [])
    read, dropped = _as_read(reader, reading)
    if reading.is_found or reader.general:
        filters = facet_values(reader.general)
        return Answers(read, dropped, makers, sectors, filters, is_general=bool(reader.general))
    left_out, late = _left_out(subjects, reader.words), _later(subjects)
    is_answered = bool(makers or sectors or left_out or late)
    near = near_entries(reader, references, first, only_sure=is_answered)
    several = set(several_names(reader).values())
    return Answers(
        makers=list(dict.fromkeys([*makers, *_makers_within(reader)])),
        sectors=sectors,
        near=near,
        compared=[one.entries[0] for one in near if one.name in several],
        near_makers=reader.lexicon.makers_near(reader.whole),
        left_out=left_out,
        later=late,
        sources_end=_sources_end(references.public_sources),
    )


def _subjects(reader: QueryReader) -> list[str]:
    """Texts that may name the subject of the query: all of it, or its only part that is not generic."""
    found = [reader.whole]
    for parts in reader.ways():
        told = [part.text for part in parts if part.kind is not PartKind.GENERIC]
        if len(told) == 1:
            found.append(told[0])
    return list(dict.fromkeys(found))


def _makers_within(reader: QueryReader) -> list[Developer]:
    """The developers named in the likeliest reading of the query."""
    parts = next(reader.ways(), ())
    return [reader.lexicon.makers[part.text] for part in parts if part.kind is PartKind.MAKER]


def _as_read(reader: QueryReader, reading: QueryReading) -> tuple[list[ReadPart], list[str]]:
    """The parts that were searched for, with their names, and the words that were dropped."""
    names = dict(reading.names)
    read, dropped = [], []
    for kind, text in ((part.kind, part.text) for part in reading.parts):
        if kind is PartKind.GENERIC:
            dropped.append(text)
        elif kind is PartKind.MAKER:
            maker = reader.lexicon.makers[text]
            read.append(ReadPart(kind, maker.label, maker))
        elif kind is PartKind.SECTOR:
            sector = reader.lexicon.sectors[text][0]
            read.append(ReadPart(kind, sector.label, sector))
        else:
            read.append(ReadPart(kind, names.get(text, text)))
    return read, dropped


def near_entries(
    reader: QueryReader, references: References, first: First, *, only_sure: bool = False
) -> list[Near]:
    """Names near the query with their entries, at most MOST_NEAR entries in all."""
    found: dict[str, list[int]] = {}
    seen: set[int] = set()
    for one in corrections(reader, only_sure=only_sure):
        ids = first(one.terms, MOST_NEAR) or first((SearchTerm(one.key),), MOST_NEAR)
        found[one.name] = [pk for pk in ids if pk not in seen][: MOST_NEAR - len(seen)]
        seen.update(found[one.name])
    rows = {row.pk: row for row in page_rows(list(seen), references)} if seen else {}
    return [Near(name, [rows[pk] for pk in ids if pk in rows]) for name, ids in found.items() if ids]


def _left_out(subjects: list[str], words: list[str]) -> list[Omission]:
    """The first omission of each article that mentions a subject; at most MOST_LEFT_OUT."""
    spelt = as_the_articles_write()
    asked = [
        *subjects,
        *(spelt.get(one, one) for one in subjects),
        "".join(spelt.get(one, one) for one in words),
    ]
    names = {name: name for name in asked if len(name) >= _shortest(name)}
    if not names:
        return []
    index = NameIndex(names)
    rows = Omission.objects.exclude(reason__in=NAMELESS).select_related("source")
    found: dict[int | None, Omission] = {}
    for row in rows.order_by("source__position", "line", "start")[:MOST_OMISSIONS]:
        quoted = fold(row.quotation)
        is_near = row.source_id not in found and any(name in quoted for name in names)
        if is_near and index.find(row.quotation):
            found[row.source_id] = row
    return list(found.values())[:MOST_LEFT_OUT]


def _shortest(name: str) -> int:
    return 3 if name.isascii() else 2


def _later(subjects: list[str]) -> Later | None:
    """The known later model whose name is the longest prefix of a subject; None if there is none."""
    known = later()
    starts = [key for one in subjects for key in known if one.startswith(key)]
    return known[max(starts, key=len)] if starts else None


def _sources_end(sources: Iterable[Source]) -> DateRange | None:
    ends = [row.published.upper for row in sources if row.published and row.published.upper]
    if not ends:
        return None
    first = (max(ends) - timedelta(days=1)).replace(day=1)
    return DateRange(first, (first + timedelta(days=31)).replace(day=1))
