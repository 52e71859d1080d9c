"""The intervals by which readers narrow the catalog: numbers, and the days of the release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from models_catalog.fields.declared import NUMBERED
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.vocabulary import Field


@dataclass(frozen=True)
class Range:
    """One column that holds intervals, and the two parameters that bound it."""

    column: str
    low: str
    high: str
    field: Field

    def bounds(self, chosen: Any) -> tuple[Any, Any]:
        """The cleaned values of its two parameters, None for no bound; days as the first and the last that are meant."""
        low, high = chosen.get(self.low), chosen.get(self.high)
        if self.field == Field.EVENT:
            return low and low.first, high and high.last
        return low, high

    def narrowed(
        self, entries: EntryQuerySet, bounds: tuple[Any, Any], *, is_certain: bool, or_unstated: bool
    ) -> EntryQuerySet:
        """Those of `entries` whose value lies, or may lie, between the bounds."""
        if self.field == Field.EVENT:
            released = entries.certainly_released if is_certain else entries.possibly_released
            return released(*bounds, or_unstated=or_unstated)
        between = entries.certainly_between if is_certain else entries.possibly_between
        return between(self.field, *bounds, or_unstated=or_unstated)


RANGES: Final = {
    one.column: one
    for one in (
        *(
            Range(declared.column, f"{number.parameter}_min", f"{number.parameter}_max", declared.field)
            for declared, number in NUMBERED
        ),
        Range("released", "released_from", "released_to", Field.EVENT),
    )
}
"""By column."""
