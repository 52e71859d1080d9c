"""The bar of a size on the one scale that all bars of the site share."""

from __future__ import annotations

from functools import lru_cache
from math import log10
from typing import Any, NamedTuple

from django.utils.translation import get_language

from models_catalog.models.ranges import interval_of
from models_catalog.text.quantities import Interval, format_quantity

WIDTH = 120
"""The bar's viewBox is this wide and 12 high; `.bar` in ledger.css gives it the same proportions."""
SMALLEST, LARGEST = 8, 14
"""The shared scale's ends, as powers of ten."""


class Bar(NamedTuple):
    """Where a size lies on the scale, in the viewBox's units. `open_low` and `open_high`: that end is not known."""

    start: float
    end: float
    open_low: bool
    open_high: bool

    @property
    def length(self) -> float:
        return round(self.end - self.start, 1)

    @property
    def is_point(self) -> bool:
        return self.length < 2 and not (self.open_low or self.open_high)


def bar_of(numbers: Any) -> Bar:
    """The bar of a range of whole numbers."""
    return _drawn(interval_of(numbers))


@lru_cache(maxsize=1_000)
def _drawn(interval: Interval) -> Bar:
    """Few sizes are many entries' own."""
    start = place(interval.low) if interval.low is not None else 0.0
    end = place(interval.high) if interval.high is not None else float(WIDTH)
    return Bar(start, end, interval.low is None, interval.high is None)


def place(number: int) -> float:
    """Where `number` lies on the scale; what lies beyond an end stands at it."""
    share = (log10(max(number, 1)) - SMALLEST) / (LARGEST - SMALLEST)
    return round(min(max(share, 0), 1) * WIDTH, 1)


POWERS = range(SMALLEST, LARGEST + 1, 2)
TICKS = [place(10**power) for power in POWERS]


def scale_labels() -> list[tuple[float, str]]:
    """Places on the scale and the reader's words for them: 1亿 or 100M, 100亿 or 10B…"""
    language = get_language() or ""
    return [(place(10**power), format_quantity(Interval(10**power, 10**power), language)) for power in POWERS]


def scale_ends() -> tuple[str, str]:
    """The scale's ends in the reader's words."""
    labels = scale_labels()
    return labels[0][1], labels[-1][1]
