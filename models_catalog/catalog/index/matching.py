"""Filtering in the index: rows that pass a filter, and the exact counts of its facets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from math import inf
from typing import Any

import numpy as np

from models_catalog.catalog.counts import TOTAL, Counts
from models_catalog.catalog.facets import FACETS, RANGES, SUBSIDIARIES, UNSTATED, Range, split, with_below
from models_catalog.catalog.index.coded import Array, LabelMembership, Labels
from models_catalog.catalog.index.columns import Bounds
from models_catalog.catalog.index.found import SearchHits, found, reading
from models_catalog.catalog.index.state import IndexState

Chosen = Mapping[str, Any]
"""Parameter of the catalog → cleaned value, as in `EntryFilter.chosen`."""


@dataclass(frozen=True)
class Matching:
    """The rows of one state that pass one filter."""

    state: IndexState
    chosen: Chosen

    def mask(self, leaving_out: str = "") -> Array | None:
        """Boolean mask of the rows that pass the filter without one facet or range; None if all listed rows pass."""
        masks = [mask for name, mask in self._masks.items() if name != leaving_out]
        return reduce(np.logical_and, masks, self.state.listed) if masks else None

    @cached_property
    def everything(self) -> Array | None:
        return self.mask()

    @property
    def total(self) -> int:
        """The number of entries that pass the filter."""
        mask = self.everything
        return len(self.state.names.rows) if mask is None else int(np.count_nonzero(mask))

    @property
    def found(self) -> SearchHits | None:
        """The search hits of its query; None without a query."""
        q = self.chosen.get("q")
        return found(self.state, reading(self.state, q).terms) if q else None

    @cached_property
    def _masks(self) -> dict[str, Array]:
        return dict(self._made())

    def _made(self) -> Iterator[tuple[str, Array]]:
        if self.found is not None:
            yield "q", self.found.mask(len(self.state.ids))
        for name in FACETS:
            if values := self.chosen.get(name):
                if name == "developer" and self.chosen.get(SUBSIDIARIES):
                    values = with_below(values, self.state.references.developers.values())
                yield name, self.state.columns[column_of(name)].where_codes(self._codes(name, values))
        for name, one in RANGES.items():
            bounds = _bounds(one, self.chosen)
            if bounds is not None:
                yield name, self.state.columns[name].where(_fits(bounds, self.chosen))

    def _codes(self, facet: str, values: Collection[str]) -> set[int]:
        """The codes of the facet's column that hold a chosen and no excluded value."""
        chosen, excluded = (_labels(self.state, facet, some) for some in split(values))
        labels = membership(self.state, facet)
        everything = range(len(self.state.columns[column_of(facet)].values.texts))
        return (labels.codes(chosen) if chosen else {*everything}) - labels.codes(excluded)


def column_of(facet: str) -> str:
    """The column that holds a facet's values."""
    return "developer" if facet == "developer_kind" else facet


def membership(state: IndexState, facet: str) -> LabelMembership:
    """The labels (tokens, or row ids as text) in each distinct value of a facet's column."""

    def made() -> LabelMembership:
        sets: Sequence[Labels] = state.columns[column_of(facet)].values.parsed
        if facet == "developer_kind":
            kinds = {str(pk): row.kind for pk, row in state.references.developers.items()}
            sets = [tuple(kinds[pk] for pk in made_by if pk in kinds) for made_by in sets]
        return LabelMembership(sets, UNSTATED)

    return state.remembered(("membership", facet), made)


def _labels(state: IndexState, facet: str, values: Collection[str]) -> list[str]:
    """The labels for chosen values: for rows of other tables the ids of their slugs."""
    ids = state.references.by_slug.get(facet)
    if ids is None:
        return list(values)
    return [value if value == UNSTATED else str(ids.get(value, "")) for value in values]


def _bounds(one: Range, chosen: Chosen) -> Bounds | None:
    """The inclusive bounds of a range, days as ordinals; None if none is set."""
    low, high = (end.toordinal() if isinstance(end, date) else end for end in one.bounds(chosen))
    if low is None and high is None:
        return None
    return Bounds(-inf if low is None else low, inf if high is None else high)


def _fits(bounds: Bounds, chosen: Chosen) -> Callable[[Bounds | None], bool]:
    unstated = bool(chosen.get("include_unstated"))
    certain = chosen.get("certainty") == "certain"

    def fits(value: Bounds | None) -> bool:
        if value is None:
            return unstated
        return value.lies_in(bounds) if certain else value.meets(bounds)

    return fits


def count(matching: Matching) -> Counts:
    """Counts of all facet values, of the unknowns of each range, and of all entries.

    Each facet and range counts without its own selection.
    """
    tallies = _Tallies(matching)
    counts: Counts = {TOTAL: {"": matching.total}}
    for name in FACETS:
        counts[name] = membership(matching.state, name).counts(tallies.of(name))
    for name in RANGES:
        counts[name] = _unstated(matching.state, name, tallies.of(name))
    return counts


class _Tallies:
    """Tallies per column: the number of counted rows with each of its values. Cached, since facets share columns."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.rows: dict[str, Array | None] = {}
        self.made: dict[tuple[str, str], Array] = {}

    def of(self, name: str) -> Array:
        """The tally for a facet or range."""
        one = RANGES.get(name)
        parameters = (name, one.low, one.high) if one else (name,)
        left_out = name if self.matching.chosen.keys() & {*parameters} else ""
        key = left_out, column_of(name)
        if key not in self.made:
            self.made[key] = self._tally(*key)
        return self.made[key]

    def _tally(self, left_out: str, name: str) -> Array:
        state = self.matching.state
        if left_out not in self.rows:
            mask = self.matching.mask(left_out) if left_out else self.matching.everything
            self.rows[left_out] = None if mask is None else np.flatnonzero(mask)
        rows = self.rows[left_out]
        if rows is not None:
            return state.columns[name].tally(rows)
        return state.remembered(("tally", name), lambda: state.columns[name].tally(state.names.rows))


def _unstated(state: IndexState, name: str, tally: Array) -> dict[str, int]:
    codes = [code for code, value in enumerate(state.columns[name].values.parsed) if value is None]
    return {UNSTATED: int(tally[codes].sum())}
