"""Search in the index: every entry that matches, with its rank, in one pass over the search keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from django.db import connections
from numpy.typing import NDArray

from models_catalog.catalog.index.coded import Array
from models_catalog.catalog.index.state import IndexState
from models_catalog.catalog.reading import QueryLexicon, QueryReader, QueryReading
from models_catalog.models import SearchKey
from models_catalog.models.search_key import BY_SECTOR, BY_WORDS, INSIDE, PREFIX
from models_catalog.models.search_terms import SearchTerm, Terms, joined

Hits = dict[int, NDArray[Any]]
"""Rank (1 is best) → ids of the entries with a key that matches at this rank. An entry may have several ranks."""

_PACKED = """
SELECT tier + CASE WHEN key = %s THEN 0 WHEN starts_with(key, %s) THEN {prefix} ELSE {inside} END,
    string_agg(int8send(entry_id), '')
FROM ({keys}) keys GROUP BY 1
"""


def hits(alias: str, folded: str, *, is_one_of_many: bool = False) -> Hits:
    """Entries that match `folded`: as a whole name, or as one of several words; short words must begin a key."""
    if not folded:
        return {}
    keys = SearchKey.objects.using(alias)
    chosen = keys.holding_word(folded) if is_one_of_many else keys.holding(folded)
    sql, params = chosen.values("tier", "key", "entry_id").query.sql_with_params()
    statement = _PACKED.format(keys=sql, prefix=PREFIX, inside=INSIDE)
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [folded, folded, *params])
        rows = cursor.fetchall()
    return {place: np.frombuffer(ids, dtype=">i8").astype(np.int64) for place, ids in rows}


MISSED = 2**15
"""Rank of a row that does not match."""

SEARCHES = 32
"""Number of searches cached per state."""


@dataclass(frozen=True)
class SearchHits:
    """The rows that a search finds, listed or not, and the rank of each (1 is best)."""

    rows: Array
    places: Array

    def mask(self, size: int) -> Array:
        """Boolean mask over `size` rows: whether the row is found."""
        mask = np.zeros(size, dtype=bool)
        mask[self.rows] = True
        return mask


def reading(state: IndexState, q: str) -> QueryReading:
    """The reading of a query by this state's names."""
    return state.remembered(("reading", q), lambda: reader(state, q).read(), most=SEARCHES)


def reader(state: IndexState, q: str) -> QueryReader:
    """A reader of queries by this state's names."""
    return QueryReader(q, state.alias, lambda: lexicon(state), lambda terms: is_found(state, terms))


def lexicon(state: IndexState) -> QueryLexicon:
    """The developers and sectors of this state."""
    return state.remembered(("lexicon",), lambda: QueryLexicon.load(state.alias))


def is_found(state: IndexState, terms: Terms) -> bool:
    """Whether `terms` find a listed entry."""
    return bool(state.listed[found(state, terms).rows].any())


def found(state: IndexState, terms: Terms) -> SearchHits:
    return state.remembered(("found", terms), lambda: _found(state, terms), most=SEARCHES)


def _found(state: IndexState, terms: Terms) -> SearchHits:
    """Match all terms as one name, or else each of them, with one common rank."""
    places = np.full(len(state.ids), MISSED, dtype=np.uint16)
    if len(terms) > 1:
        each = [_term_places(state, term, is_one_of_many=True) for term in terms]
        missed = reduce(np.logical_or, (one == MISSED for one in each))
        places = np.where(missed, np.uint16(MISSED), reduce(np.add, each) + np.uint16(BY_WORDS))
        whole = found(state, (joined(terms),))
        places[whole.rows] = whole.places
    elif terms:
        places = _term_places(state, terms[0])
    rows = np.flatnonzero(places != MISSED)
    return SearchHits(rows.astype(np.int32), places[rows])


def _term_places(state: IndexState, term: SearchTerm, *, is_one_of_many: bool = False) -> Array:
    """Row → rank of one term: by name, or else by sector."""
    places = _places(state, hits(state.alias, term.text, is_one_of_many=is_one_of_many))
    if term.sectors:
        sectors = state.columns["sector"]
        wanted = {str(pk) for pk in term.sectors}
        meant = sectors.where(lambda held: not wanted.isdisjoint(held))
        places[meant & (places == MISSED)] = BY_SECTOR
    return places


def _places(state: IndexState, hit: Hits) -> Array:
    """Row → rank of one word. Entries that this state does not know yet are left to the next state."""
    places = np.full(len(state.ids), MISSED, dtype=np.uint16)
    for place in sorted(hit, reverse=True):
        ids = hit[place]
        rows = np.searchsorted(state.ids, ids)
        inside = rows < len(state.ids)
        rows, ids = rows[inside], ids[inside]
        places[rows[state.ids[rows] == ids]] = place
    return places
