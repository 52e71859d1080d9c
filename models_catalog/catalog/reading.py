"""Reading of search queries: as typed, or cut into names, developers, sectors and generic words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final

from django.db import connections

from models_catalog.models import Developer, SearchKey, Sector
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import Labelled
from models_catalog.models.search_terms import SearchTerm, Terms, joined, search_words
from models_catalog.text.cutting import Cut, PartKind, QueryPart, cuts, general_words, kind_of, pieces
from models_catalog.text.lists import generic, makers_tails, sector_words
from models_catalog.text.names import spellings
from models_catalog.text.slips import slips

_WORD: Final = re.compile(r"[\s.,()&]+")
_SHORTEST: Final = 2

MOST_MAKERS_NEAR: Final = 2
"""Developers suggested for a mistyped one."""


class QueryLexicon:
    """Developers and sectors by every folded spelling of their names."""

    def __init__(self, developers: Iterable[Developer], sectors: Iterable[Sector]) -> None:
        self.makers: dict[str, Developer] = {}
        self.sectors: dict[str, list[Sector]] = {}
        rows = list(developers)
        for short in (False, True):  # full names first: they win over another developer's short name
            for row in rows:
                for key in _maker_keys(row, short):
                    self.makers.setdefault(key, row)
        for sector in sectors:
            names = {key for name in _names(sector) for key in spellings(name)}
            for key in names.union(sector_words().get(sector.slug, ())):
                self.sectors.setdefault(key, []).append(sector)

    @classmethod
    def load(cls, alias: str | None = None) -> QueryLexicon:
        """The lexicon of the developers and sectors that readers see."""
        return cls(Developer.objects.using(alias).reviewed(), Sector.objects.using(alias))

    def sector_ids(self, word: str) -> tuple[int, ...]:
        """Ids of the sectors with this folded name."""
        return tuple(sorted(sector.pk for sector in self.sectors.get(word, ())))

    def makers_near(self, text: str) -> list[Developer]:
        """Developers with a name one slip away from a folded text, at most MOST_MAKERS_NEAR."""
        near = self.makers.keys() & (slips(text) | spellings(text)) - {text}
        return list(dict.fromkeys(self.makers[key] for key in sorted(near)))[:MOST_MAKERS_NEAR]

    def kinds(self, pieces: Collection[str], named: Mapping[str, str]) -> dict[str, PartKind]:
        """The kind of each known text among `pieces` (folded); `named` has those that are names of entries."""
        known = dict.fromkeys(self.sectors.keys() & pieces, PartKind.SECTOR)
        known |= dict.fromkeys(named, PartKind.NAME)
        return known | dict.fromkeys(self.makers.keys() & pieces, PartKind.MAKER)


def _names(row: Labelled) -> list[str]:
    return [name for name in (row.name_zh, row.name_en) if name]


def _maker_keys(row: Developer, short: bool) -> set[str]:
    names = [name for name in (*_names(row), *row.aliases) if name]
    shown = {_without_tail(name) for name in names} if short else names
    return {key for name in shown for key in spellings(name) if len(key) >= _SHORTEST}


def _without_tail(name: str) -> str:
    """A developer's name without a generic ending: 恒生电子 → 恒生, Fudan University → Fudan."""
    words = [word for word in _WORD.split(name) if word]
    while len(words) > 1 and words[-1].casefold() in makers_tails():
        words.pop()
    core = " ".join(words)
    tails = [tail for tail in makers_tails() if core.endswith(tail) and not tail.isascii()]
    return next(
        (
            core.removesuffix(tail)
            for tail in sorted(tails, key=len, reverse=True)
            if len(core) - len(tail) >= 2
        ),
        core,
    )


_NAMED = """
SELECT typed.key, found.tier, found.text FROM unnest(%s::text[]) typed(key)
CROSS JOIN LATERAL (SELECT tier, text FROM models_catalog_searchkey WHERE key = typed.key LIMIT 1) found
"""
_BEGUN = """
SELECT typed.key, found.tier, found.text FROM unnest(%s::text[]) typed(key)
CROSS JOIN LATERAL (
    SELECT tier, text FROM models_catalog_searchkey
    WHERE key ~>=~ typed.key AND key ~<~ (typed.key || chr(1114111)) LIMIT 1
) found
"""
"""A range scan of the index on `key`: one probe per text, however many rows there are."""


def names_among(alias: str, texts: Collection[str]) -> dict[str, str]:
    """Folded text → entry name, for the texts that are a name of an entry; initials do not count."""
    return {
        key: name
        for key, tier, name in _asked(alias, _NAMED, texts)
        if tier != SearchKey.Tier.DEVELOPER and key in spellings(name)
    }


def beginnings_among(alias: str, texts: Collection[str]) -> dict[str, str]:
    """Folded text → entry name, for the texts that begin a name of an entry."""
    return {
        key: name
        for key, tier, name in _asked(alias, _BEGUN, texts)
        if tier != SearchKey.Tier.DEVELOPER and any(one.startswith(key) for one in spellings(name))
    }


def _asked(alias: str, statement: str, texts: Collection[str]) -> list[tuple[Any, ...]]:
    if not texts:
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [sorted(texts)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


MOST_TRIED = 8
"""Readings of a query that are tried."""

IsFound = Callable[[Terms], bool]


@dataclass(frozen=True)
class QueryReading:
    """The terms to search for. `parts` is the cut of the query, with dropped parts; () if it is read as typed."""

    terms: Terms
    parts: Cut = ()
    is_found: bool = True
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of folded part and the name that it is."""


def read_in_sql(q: str, entries: EntryQuerySet) -> QueryReading:
    """The reading of `q` when PostgreSQL alone searches `entries`."""
    return sql_reader(q, entries).read()


def sql_reader(q: str, entries: EntryQuerySet) -> QueryReader:
    """A reader of queries by the names in the database now."""
    alias = entries.db
    return QueryReader(
        q, alias, lambda: QueryLexicon.load(alias), lambda terms: entries.found_by(terms).exists()
    )


class QueryReader:
    """Reader of one query, by the names in database `alias`; `is_found` is whether terms find a listed entry."""

    def __init__(self, q: str, alias: str, lexicon: Callable[[], QueryLexicon], is_found: IsFound) -> None:
        self.words = search_words(q)
        self.whole = "".join(self.words)
        self.alias, self._load, self._is_found = alias, lexicon, is_found

    def read(self) -> QueryReading:
        """The first reading that finds an entry; the query as typed if none does."""
        if not self.words:
            return QueryReading((), is_found=False)
        plain = self._terms(self.words)
        if sectors := self.lexicon.sector_ids(self.whole):
            plain = (SearchTerm(self.whole, sectors),)
        if self._is_found((joined(plain),)):
            return QueryReading(plain)
        for parts in self.ways():
            terms = self._terms([part.text for part in parts if part.kind is not PartKind.GENERIC])
            if self._is_found(terms):
                is_as_typed = [part.text for part in parts] == self.words and len(terms) == len(self.words)
                return QueryReading(terms, () if is_as_typed else parts, names=tuple(self.named.items()))
        return QueryReading(plain, is_found=False)

    @cached_property
    def lexicon(self) -> QueryLexicon:
        return self._load()

    @cached_property
    def cuts(self) -> list[Cut]:
        """The ways to cut the query into known parts."""
        return cuts(self.words, self._known)

    def of(self, q: str) -> QueryReader:
        """A reader of another query by the same names."""
        return QueryReader(q, self.alias, lambda: self.lexicon, self._is_found)

    def ways(self) -> Iterator[Cut]:
        """The readings to try, likeliest first, at most MOST_TRIED."""
        return islice(self._all_ways(), MOST_TRIED)

    def _all_ways(self) -> Iterator[Cut]:
        """Word by word, then as cut, then with the sectors next to a name dropped."""
        if len(self.words) > 1:
            parts = tuple(QueryPart(kind_of(word, self._known), word) for word in self.words)
            is_told = any(part.kind is not PartKind.GENERIC for part in parts)
            yield parts if is_told else tuple(QueryPart(PartKind.FREE, word) for word in self.words)
        yield from self.cuts
        for cut in self.cuts:
            kinds = {part.kind for part in cut}
            if kinds >= {PartKind.NAME, PartKind.SECTOR}:
                yield tuple(
                    QueryPart(PartKind.GENERIC, p.text) if p.kind is PartKind.SECTOR else p for p in cut
                )

    def _terms(self, words: Sequence[str]) -> Terms:
        return tuple(SearchTerm(word, self.lexicon.sector_ids(word)) for word in dict.fromkeys(words))

    @cached_property
    def named(self) -> dict[str, str]:
        """Folded part → name, for parts of the query that are entry names, and words and endings that begin one."""
        among = pieces(self.whole) - self.lexicon.makers.keys() - generic()
        found = names_among(self.alias, among)
        whole_words = {self.whole[-len(piece) :] for piece in among} | set(self.words)
        begun = {piece for piece in among & whole_words if len(piece) > 3} - found.keys()
        return found | beginnings_among(self.alias, begun)

    @cached_property
    def general(self) -> list[str]:
        """The words of a query that names nothing (开源 or 大模型); else []."""
        return general_words(self.words)

    @cached_property
    def _known(self) -> dict[str, PartKind]:
        return self.lexicon.kinds(pieces(self.whole), self.named)
