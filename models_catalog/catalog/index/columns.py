"""Parsers of the index's columns: text from the database to values that filters and sorting compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from models_catalog.catalog.facets import RANGES
from models_catalog.catalog.index.coded import Labels
from models_catalog.catalog.index.load import COLUMNS
from models_catalog.models.vocabulary import Field


@dataclass(frozen=True)
class Bounds:
    """An inclusive interval of whole numbers or of days (as ordinals). `low` above `high` means empty."""

    low: float
    high: float

    def meets(self, other: Bounds) -> bool:
        """Whether the intervals overlap."""
        return not (self.is_empty or other.is_empty) and self.low <= other.high and other.low <= self.high

    def lies_in(self, other: Bounds) -> bool:
        return self.is_empty or (other.low <= self.low and self.high <= other.high)

    @property
    def is_empty(self) -> bool:
        return self.low > self.high


def labels(text: str) -> Labels:
    """`text,image` → ("text", "image"); "" → ()."""
    return tuple(text.split(",")) if text else ()


def _bounds(number: Callable[[str], int]) -> Callable[[str], Bounds | None]:
    """Parser of a canonical range `[low,past)` with optional ends; "" → None."""

    def parse(text: str) -> Bounds | None:
        if not text or text == "empty":
            return Bounds(inf, -inf) if text else None
        low, _comma, past = text[1:-1].partition(",")
        return Bounds(number(low) if low else -inf, number(past) - 1 if past else inf)

    return parse


numbers = _bounds(int)
days = _bounds(lambda text: date.fromisoformat(text).toordinal())

PARSERS: dict[str, Callable[[str], Any]] = dict.fromkeys(COLUMNS, labels) | {
    one.column: days if one.field == Field.EVENT else numbers for one in RANGES.values()
}
