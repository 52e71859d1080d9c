"""Results of a filter, counts and ordered entries: the present from the index, the past from PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Protocol

from models_catalog.catalog.answers import Answers, answers_to
from models_catalog.catalog.counts import Counts, count_each, count_facets
from models_catalog.catalog.facets import FACETS, RANGES
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.index.current import current, shown_state
from models_catalog.catalog.index.found import reader, reading
from models_catalog.catalog.index.matching import Matching, count
from models_catalog.catalog.index.ordering import first_found, ids_after, in_order, page_of
from models_catalog.catalog.index.pieces import Pieces
from models_catalog.catalog.reading import QueryReader, QueryReading, sql_reader
from models_catalog.catalog.rows import EntryRow, References, page_rows
from models_catalog.history.as_of import is_present
from models_catalog.limits.files import unhurried_once
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.addresses import address
from models_catalog.models.claim import ClaimQuerySet
from models_catalog.models.labels import Labelled
from models_catalog.models.search_terms import Terms

STRETCH = 2_000
"""Ids of a file fetched at a time."""


class Results(Protocol):
    """Results of a valid filter."""

    @property
    def references(self) -> References:
        """The developers, sectors and sources that the results may name."""

    @property
    def pieces(self) -> Pieces | None:
        """What pages made of the entries in this state; None if nothing is kept of it."""

    @property
    def reading(self) -> QueryReading:
        """The reading of the query."""

    def answers(self) -> Answers:
        """The answers to the query besides its rows."""

    def counts(self) -> Counts:
        """Counts of all facet values, of the unknowns of each range, and of all entries."""

    def page(self, start: int, size: int) -> list[int]:
        """Up to `size` ids from position `start` (from 0), in the filter's order."""

    def ids(self) -> Iterator[list[int]]:
        """All ids in the filter's order, in batches."""

    def after(self, pk: int, size: int) -> list[int]:
        """The first `size` ids above `pk`, regardless of the filter's order."""

    def total(self) -> int:
        """The number of entries that pass the filter."""

    def numbers(self, others: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        """Name → number of entries with those values of the parameters instead."""


def results_of(catalog: EntryFilter) -> Results:
    """The results of a valid filter, for the state of the registry that is shown."""
    return Present(catalog) if is_present() else Past(catalog)


def rows_of(results: Results) -> Iterator[EntryRow]:
    """All rows in the filter's order, fetched in batches."""
    has_begun = False
    for ids in results.ids():
        with unhurried_once(has_begun, Entry.objects.db):
            rows = page_rows(ids, results.references)
        has_begun = True
        yield from rows


def references_shown() -> References:
    """The developers, sectors and sources of the state of the registry that is shown."""
    return current().references if is_present() else References.load()


def sources_shown() -> Sequence[Source]:
    """The sources that readers see, in order, in the state of the registry that is shown."""
    return current().references.public_sources if is_present() else list(Source.objects.cited())


def best_found(terms: Terms, most: int) -> list[Entry]:
    """The listed entries that match `terms` best, at most `most`.

    The present ranks them in memory: in PostgreSQL a word that half of the names hold costs seconds.
    """
    if not is_present():
        return list(Entry.objects.listed().found_by(terms).best_first(terms)[:most])
    ids = first_found(current(), terms, most)
    rows = Entry.objects.listed().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def first_of(chosen: Mapping[str, Any], most: int) -> list[int]:
    """The ids of the first listed entries by name with these values of the catalog's parameters, at most `most`."""
    if is_present():
        return page_of(Matching(current(), chosen), 0, most)
    entries = EntryFilter(data={}, queryset=Entry.objects.listed()).narrowed_by(chosen)
    return list(entries.sorted_by("name").values_list("pk", flat=True)[:most])


@dataclass(frozen=True)
class NamedEntry(Labelled):
    """An entry as links name it."""

    pk: int
    slug: str
    name_zh: str
    name_en: str

    def get_absolute_url(self) -> str:
        return address("entry", self.slug)


def named(ids: Collection[int]) -> dict[int, NamedEntry]:
    """These entries by id, kept while they stay as they are."""
    state = shown_state()
    pieces = state.pieces if state else Pieces()
    names = pieces.get([(pk, "names") for pk in ids])
    if missing := [pk for pk in ids if pk not in names]:
        read = Entry.objects.filter(pk__in=missing).values_list("pk", "slug", "name_zh", "name_en")
        made = {pk: tuple(own) for pk, *own in read}
        pieces.keep({(pk, "names"): own for pk, own in made.items()})
        names |= made
    return {pk: NamedEntry(pk, *own) for pk, own in names.items()}


def with_named(claims: ClaimQuerySet, names_entries: bool = True) -> list[Claim]:
    """These claims with the rows that they name: those of a page of the present from memory, but for entries."""
    state = shown_state()
    if state is None:
        return list(claims.with_related())
    known = state.references
    found = list(claims.select_related("parent") if names_entries else claims)
    for claim in found:
        # A row that came in since is read when it is asked for.
        if source := known.sources.get(claim.source_id or 0):
            claim.source = source
        if developer := known.developers.get(claim.developer_id or 0):
            claim.developer = developer
        if sector := known.sectors.get(claim.sector_id or 0):
            claim.sector = sector
    return found


def reader_of(q: str) -> QueryReader:
    """A reader of `q` by the names of the state of the registry that is shown."""
    return reader(current(), q) if is_present() else sql_reader(q, Entry.objects.listed())


class Present:
    """The current registry, from the index in memory."""

    def __init__(self, catalog: EntryFilter) -> None:
        self._state = current()
        self.matching = Matching(self._state, catalog.chosen)
        self.references, self.pieces = self._state.references, self._state.pieces

    @property
    def reading(self) -> QueryReading:
        return reading(self._state, self.matching.chosen.get("q", ""))

    def answers(self) -> Answers:
        asked = reader(self._state, self.matching.chosen.get("q", ""))
        return answers_to(asked, self.reading, self.references, partial(first_found, self._state))

    def counts(self) -> Counts:
        return count(self.matching)

    def page(self, start: int, size: int) -> list[int]:
        return page_of(self.matching, start, size)

    def ids(self) -> Iterator[list[int]]:
        for stretch in in_order(self.matching):
            ids = stretch.tolist()
            yield from (ids[start : start + STRETCH] for start in range(0, len(ids), STRETCH))

    def after(self, pk: int, size: int) -> list[int]:
        return ids_after(self.matching, pk, size)

    def total(self) -> int:
        return self.matching.total

    def numbers(self, others: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        return {name: Matching(self._state, chosen).total for name, chosen in others.items()}


class Past:
    """From PostgreSQL only: the registry as of a past day, from some of its sources, or where the index would only be loaded."""

    pieces = None

    def __init__(self, catalog: EntryFilter) -> None:
        self._catalog = catalog

    @cached_property
    def references(self) -> References:
        return References.load()

    @property
    def reading(self) -> QueryReading:
        return self._catalog.reading

    def answers(self) -> Answers:
        entries = self._catalog.queryset

        def first(terms: Terms, most: int) -> list[int]:
            return list(entries.found_by(terms).best_first(terms).values_list("pk", flat=True)[:most])

        asked = sql_reader(self._catalog.chosen.get("q", ""), entries)
        return answers_to(asked, self.reading, self.references, first)

    def counts(self) -> Counts:
        return count_facets(self._catalog.leaving_out(), sets_to_count(self._catalog))

    def page(self, start: int, size: int) -> list[int]:
        return list(self._catalog.qs.values_list("pk", flat=True)[start : start + size])

    def ids(self) -> Iterator[list[int]]:
        ids = list(self._catalog.qs.values_list("pk", flat=True))
        yield from (ids[start : start + STRETCH] for start in range(0, len(ids), STRETCH))

    def after(self, pk: int, size: int) -> list[int]:
        behind = self._catalog.qs.filter(pk__gt=pk).order_by("pk")
        return list(behind.values_list("pk", flat=True)[:size])

    def total(self) -> int:
        return int(self._catalog.qs.count())

    def numbers(self, others: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        return count_each({name: self._catalog.narrowed_by(chosen) for name, chosen in others.items()})


def sets_to_count(catalog: EntryFilter) -> dict[str, Any]:
    """The sets over which facets with a selection and ranges that are set are counted."""
    chosen = catalog.chosen
    sets = {name: catalog.leaving_out(name) for name in FACETS if name in chosen}
    ranges = {
        one.column: catalog.leaving_out(one.low, one.high)
        for one in RANGES.values()
        if chosen.keys() & {one.low, one.high}
    }
    return sets | ranges
