"""What a search finds, as rows of the index: asked of PostgreSQL's index of names once, then kept with the state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from models_catalog.models.search_key import BY_SECTOR, BY_WORDS
from models_catalog.models.search_terms import Term, Terms, joined
from models_catalog.queries.index.coded import Array
from models_catalog.queries.index.state import State
from models_catalog.queries.lexicon import Lexicon
from models_catalog.queries.reading import Reader, Reading
from models_catalog.queries.search_hits import Hits, hits

MISSED = 2**15
"""The place of a row that is not found."""

SEARCHES = 32
"""Searches that are kept."""


@dataclass(frozen=True)
class Found:
    """The rows that a search finds, listed or not, and how well each is hit: 1 is best."""

    rows: Array
    places: Array

    def mask(self, size: int) -> Array:
        """Row of `size` rows → whether it is found."""
        mask = np.zeros(size, dtype=bool)
        mask[self.rows] = True
        return mask


def reading(state: State, q: str) -> Reading:
    """How a query is read."""
    return state.remembered(("reading", q), lambda: reader(state, q).read(), most=SEARCHES)


def reader(state: State, q: str) -> Reader:
    """What reads a query by this state's names."""
    return Reader(q, state.alias, lambda: lexicon(state), lambda terms: is_found(state, terms))


def lexicon(state: State) -> Lexicon:
    """The makers and sectors of this state."""
    return state.remembered(("lexicon",), lambda: Lexicon.load(state.alias))


def is_found(state: State, terms: Terms) -> bool:
    """Whether `terms` find an entry that is listed."""
    return bool(state.listed[found(state, terms).rows].any())


def found(state: State, terms: Terms) -> Found:
    return state.remembered(("found", terms), lambda: _found(state, terms), most=SEARCHES)


def _found(state: State, terms: Terms) -> Found:
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
    return Found(rows.astype(np.int32), places[rows])


def _term_places(state: State, term: Term, *, is_one_of_many: bool = False) -> Array:
    """Row → how well one term hits it: by a name, or else by a sector."""
    places = _places(state, hits(state.alias, term.text, is_one_of_many=is_one_of_many))
    if term.sectors:
        sectors = state.columns["sector"]
        wanted = {str(pk) for pk in term.sectors}
        meant = sectors.where(lambda held: not wanted.isdisjoint(held))
        places[meant & (places == MISSED)] = BY_SECTOR
    return places


def _places(state: State, hit: Hits) -> Array:
    """Row → how well one word hits it. An entry that this state does not know yet is left to the next state."""
    places = np.full(len(state.ids), MISSED, dtype=np.uint16)
    for place in sorted(hit, reverse=True):
        ids = hit[place]
        rows = np.searchsorted(state.ids, ids)
        inside = rows < len(state.ids)
        rows, ids = rows[inside], ids[inside]
        places[rows[state.ids[rows] == ids]] = place
    return places
