"""Exact counts from the index: what `queries.counts` asks of PostgreSQL, in milliseconds at a million entries."""

from __future__ import annotations

import numpy as np

from models_catalog.queries.counts import TOTAL, Counts
from models_catalog.queries.facets import FACETS, UNSTATED
from models_catalog.queries.index.coded import Array
from models_catalog.queries.index.matching import Matching, column_of, membership
from models_catalog.queries.index.state import State
from models_catalog.queries.ranges import RANGES


def count(matching: Matching) -> Counts:
    """Of every facet's values, of what ranges hide, and of all; each facet and range counts without its own selection."""
    tallies = _Tallies(matching)
    counts: Counts = {TOTAL: {"": matching.total}}
    for name in FACETS:
        counts[name] = membership(matching.state, name).counts(tallies.of(name))
    for name in RANGES:
        counts[name] = _unstated(matching.state, name, tallies.of(name))
    return counts


class _Tallies:
    """Of each column how many of the rows that count have each of its values."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.rows: dict[str, Array | None] = {}
        self.made: dict[tuple[str, str], Array] = {}

    def of(self, name: str) -> Array:
        """For a facet or range."""
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


def _unstated(state: State, name: str, tally: Array) -> dict[str, int]:
    codes = [code for code, value in enumerate(state.columns[name].values.parsed) if value is None]
    return {UNSTATED: int(tally[codes].sum())}
