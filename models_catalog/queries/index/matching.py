"""What a filter lets through, as rows of the index: what `EntryFilter` says to PostgreSQL, said to columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from math import inf
from typing import Any

import numpy as np

from models_catalog.queries.facets import FACETS, SUBSIDIARIES, UNSTATED, with_subsidiaries
from models_catalog.queries.index.coded import Array, Labels, Membership
from models_catalog.queries.index.columns import Bounds
from models_catalog.queries.index.found import Found, found, reading
from models_catalog.queries.index.state import State
from models_catalog.queries.ranges import RANGES, Range

Chosen = Mapping[str, Any]
"""Parameter of the catalog → its cleaned value, as `EntryFilter.chosen` has it."""


@dataclass(frozen=True)
class Matching:
    """The rows of one state that one filter lets through."""

    state: State
    chosen: Chosen

    def mask(self, leaving_out: str = "") -> Array | None:
        """Row → whether the filter, without one facet or range, lets it through; None if all listed rows pass."""
        masks = [mask for name, mask in self._masks.items() if name != leaving_out]
        return reduce(np.logical_and, masks, self.state.listed) if masks else None

    @cached_property
    def everything(self) -> Array | None:
        return self.mask()

    @property
    def total(self) -> int:
        """How many entries the filter lets through."""
        mask = self.everything
        return len(self.state.names.rows) if mask is None else int(np.count_nonzero(mask))

    @property
    def found(self) -> Found | None:
        """What its words find, if it has any."""
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
                    values = with_subsidiaries(values, self.state.references.developers.values())
                codes = membership(self.state, name).codes(_labels(self.state, name, values))
                yield name, self.state.columns[column_of(name)].where_codes(codes)
        for name, one in RANGES.items():
            bounds = _bounds(one, self.chosen)
            if bounds is not None:
                yield name, self.state.columns[name].where(_fits(bounds, self.chosen))


def column_of(facet: str) -> str:
    """The column in which a facet's values stand."""
    return "developer" if facet == "developer_kind" else facet


def membership(state: State, facet: str) -> Membership:
    """Which labels each value of a facet's column holds: tokens, or the ids of rows as text."""

    def made() -> Membership:
        sets: Sequence[Labels] = state.columns[column_of(facet)].values.parsed
        if facet == "developer_kind":
            kinds = {str(pk): row.kind for pk, row in state.references.developers.items()}
            sets = [tuple(kinds[pk] for pk in made_by if pk in kinds) for made_by in sets]
        return Membership(sets, UNSTATED)

    return state.remembered(("membership", facet), made)


def _labels(state: State, facet: str, values: Collection[str]) -> list[str]:
    """The labels that chosen values stand for: of rows of other tables the ids for their slugs."""
    ids = state.references.by_slug.get(facet)
    if ids is None:
        return list(values)
    return [value if value == UNSTATED else str(ids.get(value, "")) for value in values]


def _bounds(one: Range, chosen: Chosen) -> Bounds | None:
    """The bounds of a range, both included, days by their ordinals; None if there is none."""
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
