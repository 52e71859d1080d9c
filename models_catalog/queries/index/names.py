"""The order of the listed entries by name, in both directions, kept up entry by entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models_catalog.queries.index.coded import Array


@dataclass(frozen=True)
class NameOrder:
    """`rows` by name; `same` says of each whether its sort key is also that of the one before it."""

    rows: Array
    same: Array

    @cached_property
    def backwards(self) -> Array:
        """The rows from the last name to the first; those with one sort key keep their order."""
        group = np.cumsum(~self.same)
        return self.rows[np.argsort(-group, kind="stable")]

    def ranks(self, size: int) -> Array:
        """Row of `size` rows → its place in the order, -1 for one that is not listed."""
        ranks = np.full(size, -1, dtype=np.int32)
        ranks[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return ranks

    def without(self, rows: Array) -> NameOrder:
        same = self.same.copy()
        places = np.flatnonzero(np.isin(self.rows, rows))
        for place in places:
            if place + 1 < len(same):
                same[place + 1] &= same[place]
        return NameOrder(np.delete(self.rows, places), np.delete(same, places))

    def with_rows(self, size: int, placed: Iterable[tuple[int, int | None, bool, bool]]) -> NameOrder:
        """With new rows of `size` in all, given by name: row, the one before it, and whether its neighbours have its key.

        LookupError if the one before is in neither order.
        """
        ranks = self.ranks(size)
        fresh: dict[int, int] = {}
        places, rows, same = [], [], []
        last_same = self.same.copy()
        for row, before, like_before, like_behind in placed:
            # Behind another new row is where that one stands.
            place = 0 if before is None else fresh.get(before, int(ranks[before]) + 1)
            if before is not None and before not in fresh and place == 0:
                raise LookupError(before)
            fresh[row] = place
            places.append(place)
            rows.append(row)
            same.append(like_before)
            if place < len(last_same):
                last_same[place] = like_behind
        return NameOrder(
            np.insert(self.rows, places, np.array(rows, dtype=self.rows.dtype)),
            np.insert(last_same, places, same),
        )
