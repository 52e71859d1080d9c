"""What a search finds, as rows of the index: asked of PostgreSQL's index of names once, then kept with the state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from models_catalog.models.search_key import BY_WORDS, search_words
from models_catalog.queries.index.coded import Array
from models_catalog.queries.index.state import State
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


def found(state: State, q: str) -> Found:
    words = tuple(search_words(q))
    return state.remembered(("found", words), lambda: _found(state, words), most=SEARCHES)


def _found(state: State, words: tuple[str, ...]) -> Found:
    """By the whole query as one name, or else by each of its words, one place for all of them together."""
    places = np.full(len(state.ids), MISSED, dtype=np.uint16)
    if len(words) > 1:
        each = [_places(state, hits(state.alias, word, is_one_of_many=True)) for word in words]
        missed = reduce(np.logical_or, (one == MISSED for one in each))
        places = np.where(missed, np.uint16(MISSED), reduce(np.add, each) + np.uint16(BY_WORDS))
    if words:
        whole = _places(state, hits(state.alias, "".join(words)))
        places = np.where(whole == MISSED, places, whole)
    rows = np.flatnonzero(places != MISSED)
    return Found(rows.astype(np.int32), places[rows])


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
