"""Sort orders of the index's rows, and slices of them for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from models_catalog.catalog.facets import RANGES
from models_catalog.catalog.index.coded import Array
from models_catalog.catalog.index.found import SearchHits, found
from models_catalog.catalog.index.matching import Matching
from models_catalog.catalog.index.state import IndexState
from models_catalog.models.labels import name_order
from models_catalog.models.search_terms import Terms
from models_catalog.models.vocabulary import Stage

STRETCH = 65_536
"""Rows of an order that are filtered at a time."""


def in_order(matching: Matching) -> Iterator[Array]:
    """The ids of the matching entries in the filter's order, in batches that may be empty."""
    state, mask, order = matching.state, matching.everything, _order(matching)
    for start in range(0, len(order), STRETCH):
        rows = order[start : start + STRETCH]
        yield state.ids[rows if mask is None else rows[mask[rows]]]


def page_of(matching: Matching, start: int, size: int) -> list[int]:
    """Up to `size` ids from position `start` (from 0) in the filter's order."""
    if matching.everything is None:
        whole = _order(matching)[start : start + size]
        return [int(pk) for pk in matching.state.ids[whole]]
    page: list[int] = []
    for ids in in_order(matching):
        page += ids[start : start + size - len(page)].tolist()
        start = max(0, start - len(ids))
        if len(page) == size:
            break
    return page


def ids_after(matching: Matching, pk: int, size: int) -> list[int]:
    """The first `size` ids above `pk` among the matching entries."""
    state, mask = matching.state, matching.everything
    start = int(np.searchsorted(state.ids, pk, side="right"))
    shown = state.listed if mask is None else mask
    return [int(one) for one in state.ids[start:][shown[start:]][:size]]


def first_found(state: IndexState, terms: Terms, most: int) -> list[int]:
    """The ids of the listed entries that match `terms` best, at most `most`."""
    return [int(pk) for pk in state.ids[_by_relevance(state, found(state, terms))[:most]]]


def _order(matching: Matching) -> Array:
    state, sort = matching.state, matching.chosen.get("sort")
    if sort:
        return state.remembered(("order", sort, name_order()), lambda: _sorted(state, sort))
    return _by_relevance(state, matching.found) if matching.found else state.names.rows


def _by_relevance(state: IndexState, found: SearchHits) -> Array:
    """The listed rows that are found, best first, then by name."""
    ranks = state.remembered(("ranks", name_order()), lambda: state.names.ranks(len(state.ids)))
    listed = state.listed[found.rows]
    rows, places = found.rows[listed], found.places[listed]
    return rows[np.lexsort((ranks[rows], places))]


def _sorted(state: IndexState, sort: str) -> Array:
    """Rows by the sort's key, those without one last in both directions, then by name."""
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    rows = state.names.rows
    if name == "name":
        return state.names.backwards if falling else rows
    rank, column = _RANKS[name](state), state.columns[name]
    unknown = rank == 0
    keys = np.where(unknown, rank.max(initial=0) + 1, (rank.max(initial=0) + 1 - rank) if falling else rank)
    narrow = keys.astype(
        np.uint16 if keys.max(initial=0) < 2**16 else np.uint32
    )  # numpy sorts 16-bit integers in one pass
    return rows[np.argsort(narrow[column.codes[rows]], kind="stable")]


def _dense(keys: list[object | None]) -> Array:
    """Each key's rank among the distinct keys, from 1; 0 for None."""
    places = {key: place for place, key in enumerate(sorted({key for key in keys if key is not None}), 1)}  # type: ignore[type-var]  # one type a list
    return np.array([0 if key is None else places[key] for key in keys], dtype=np.int64)


def _by_low(column: str) -> Callable[[IndexState], Array]:
    def ranks(state: IndexState) -> Array:
        values = state.columns[column].values.parsed
        return _dense(
            [None if value is None else 0 if value.is_empty else max(value.low, 0) for value in values]
        )

    return ranks


def _by_stage(state: IndexState) -> Array:
    places = {str(stage): place for place, stage in enumerate(Stage, 1)}
    return np.array(
        [places[held[0]] if held else 0 for held in state.columns["stage"].values.parsed], dtype=np.int64
    )


def _by_first_developer(state: IndexState) -> Array:
    """Ranks by the first developer's name; equal sort keys have equal ranks."""
    ranks: dict[str, int] = {}
    last, rank = None, 0
    for pk, row in state.references.by_key["developer"].items():
        key = getattr(row, name_order())
        rank += key != last
        last = key
        ranks[pk] = rank
    return np.array(
        [ranks.get(held[0], 0) if held else 0 for held in state.columns["developer"].values.parsed],
        dtype=np.int64,
    )


_RANKS: dict[str, Callable[[IndexState], Array]] = {
    "developer": _by_first_developer,
    **{column: _by_low(column) for column in RANGES},
    "stage": _by_stage,
}
