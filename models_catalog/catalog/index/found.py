"""What a search finds: every entry that one word hits, and how well, in one pass over the index of names."""

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
"""Place (1 is best) → ids of the entries that have a key with a hit at this place. An entry may stand at several."""

_PACKED = """
SELECT tier + CASE WHEN key = %s THEN 0 WHEN starts_with(key, %s) THEN {prefix} ELSE {inside} END,
    string_agg(int8send(entry_id), '')
FROM ({keys}) keys GROUP BY 1
"""


def hits(alias: str, folded: str, *, is_one_of_many: bool = False) -> Hits:
    """`folded` as a whole name, or as one of several words of which short ones have to begin a key."""
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
"""The place of a row that is not found."""

SEARCHES = 32
"""Searches that are kept."""


@dataclass(frozen=True)
class SearchHits:
    """The rows that a search finds, listed or not, and how well each is hit: 1 is best."""

    rows: Array
    places: Array

    def mask(self, size: int) -> Array:
        """Row of `size` rows → whether it is found."""
        mask = np.zeros(size, dtype=bool)
        mask[self.rows] = True
        return mask


def reading(state: IndexState, q: str) -> QueryReading:
    """How a query is read."""
    return state.remembered(("reading", q), lambda: reader(state, q).read(), most=SEARCHES)


def reader(state: IndexState, q: str) -> QueryReader:
    """What reads a query by this state's names."""
    return QueryReader(q, state.alias, lambda: lexicon(state), lambda terms: is_found(state, terms))


def lexicon(state: IndexState) -> QueryLexicon:
    """The makers and sectors of this state."""
    return state.remembered(("lexicon",), lambda: QueryLexicon.load(state.alias))


def is_found(state: IndexState, terms: Terms) -> bool:
    """Whether `terms` find an entry that is listed."""
    return bool(state.listed[found(state, terms).rows].any())


def found(state: IndexState, terms: Terms) -> SearchHits:
    return state.remembered(("found", terms), lambda: _found(state, terms), most=SEARCHES)


def _found(state: IndexState, terms: Terms) -> SearchHits:
    """By all terms as one name, or else by each of them, one place for all of them together."""
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
    """Row → how well one term hits it: by a name, or else by a sector."""
    places = _places(state, hits(state.alias, term.text, is_one_of_many=is_one_of_many))
    if term.sectors:
        sectors = state.columns["sector"]
        wanted = {str(pk) for pk in term.sectors}
        meant = sectors.where(lambda held: not wanted.isdisjoint(held))
        places[meant & (places == MISSED)] = BY_SECTOR
    return places


def _places(state: IndexState, hit: Hits) -> Array:
    """Row → how well one word hits it. An entry that this state does not know yet is left to the next state."""
    places = np.full(len(state.ids), MISSED, dtype=np.uint16)
    for place in sorted(hit, reverse=True):
        ids = hit[place]
        rows = np.searchsorted(state.ids, ids)
        inside = rows < len(state.ids)
        rows, ids = rows[inside], ids[inside]
        places[rows[state.ids[rows] == ids]] = place
    return places
