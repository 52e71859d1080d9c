"""How a query is read: as it is typed, or, when nothing is found so, without words that any model bears, or cut into names.

The index in memory and SQL both search for what is read here, so that page, files and API give the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.search_terms import Term, Terms, joined, search_words
from models_catalog.queries.lexicon import Lexicon, beginnings_among, names_among
from models_catalog.text.cutting import Cut, Kind, Part, cuts, general_words, kind_of, pieces
from models_catalog.text.lists import generic

MOST_TRIED = 8
"""Ways to read a query that are tried."""

IsFound = Callable[[Terms], bool]


@dataclass(frozen=True)
class Reading:
    """What is looked for. `parts` says how the query was cut, left-out parts too; () where it is read as it was typed."""

    terms: Terms
    parts: Cut = ()
    is_found: bool = True
    names: tuple[tuple[str, str], ...] = ()
    """Folded part → the name that it is."""


def read_in_sql(q: str, entries: EntryQuerySet) -> Reading:
    """How `q` is read where `entries` are looked through by PostgreSQL alone."""
    return sql_reader(q, entries).read()


def sql_reader(q: str, entries: EntryQuerySet) -> Reader:
    """What reads a query by the names that PostgreSQL shows now."""
    alias = entries.db
    return Reader(q, alias, lambda: Lexicon.load(alias), lambda terms: entries.found_by(terms).exists())


class Reader:
    """Reads one query. `alias` is the database whose names count; `is_found` says whether terms find a listed entry."""

    def __init__(self, q: str, alias: str, lexicon: Callable[[], Lexicon], is_found: IsFound) -> None:
        self.words = search_words(q)
        self.whole = "".join(self.words)
        self.alias, self._load, self._is_found = alias, lexicon, is_found

    def read(self) -> Reading:
        """The first way to read the query that finds an entry; as it was typed where none does."""
        if not self.words:
            return Reading((), is_found=False)
        plain = self._terms(self.words)
        if sectors := self.lexicon.sector_ids(self.whole):
            plain = (Term(self.whole, sectors),)
        if self._is_found((joined(plain),)):
            return Reading(plain)
        for parts in self.ways():
            terms = self._terms([part.text for part in parts if part.kind is not Kind.GENERIC])
            if self._is_found(terms):
                is_as_typed = [part.text for part in parts] == self.words and len(terms) == len(self.words)
                return Reading(terms, () if is_as_typed else parts, names=tuple(self.named.items()))
        return Reading(plain, is_found=False)

    @cached_property
    def lexicon(self) -> Lexicon:
        return self._load()

    @cached_property
    def cuts(self) -> list[Cut]:
        """The ways to cut the query into known parts."""
        return cuts(self.words, self._known)

    def of(self, q: str) -> Reader:
        """What reads another query by the same names."""
        return Reader(q, self.alias, lambda: self.lexicon, self._is_found)

    def ways(self) -> Iterator[Cut]:
        """The ways to read the query that are tried, the likeliest first."""
        return islice(self._all_ways(), MOST_TRIED)

    def _all_ways(self) -> Iterator[Cut]:
        """Word by word, then cut; a sector that goes with a name may be too much."""
        if len(self.words) > 1:
            parts = tuple(Part(kind_of(word, self._known), word) for word in self.words)
            is_told = any(part.kind is not Kind.GENERIC for part in parts)
            yield parts if is_told else tuple(Part(Kind.FREE, word) for word in self.words)
        yield from self.cuts
        for cut in self.cuts:
            kinds = {part.kind for part in cut}
            if kinds >= {Kind.NAME, Kind.SECTOR}:
                yield tuple(Part(Kind.GENERIC, p.text) if p.kind is Kind.SECTOR else p for p in cut)

    def _terms(self, words: Sequence[str]) -> Terms:
        return tuple(Term(word, self.lexicon.sector_ids(word)) for word in dict.fromkeys(words))

    @cached_property
    def named(self) -> dict[str, str]:
        """Parts of the query that are names of entries, and words and ends of it that begin one."""
        among = pieces(self.whole) - self.lexicon.makers.keys() - generic()
        found = names_among(self.alias, among)
        whole_words = {self.whole[-len(piece) :] for piece in among} | set(self.words)
        begun = {piece for piece in among & whole_words if len(piece) > 3} - found.keys()
        return found | beginnings_among(self.alias, begun)

    @cached_property
    def general(self) -> list[str]:
        """The words of which the query consists if it names nothing: 开源 and 大模型; else []."""
        return general_words(self.words)

    @cached_property
    def _known(self) -> dict[str, Kind]:
        return self.lexicon.kinds(pieces(self.whole), self.named)
