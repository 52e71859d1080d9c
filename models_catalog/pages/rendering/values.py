"""Values as readers see them: sizes with their bar, dates, numbers, quotations, missing values, verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from math import log10
from typing import Any, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from models_catalog.catalog.facets import RANGES
from models_catalog.catalog.rows import EntryRow
from models_catalog.compare import verdicts
from models_catalog.fields.declared import NUMBERED, number_of
from models_catalog.models import Claim, Entry, Located
from models_catalog.models.labels import Labelled
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Answer, Field
from models_catalog.pages.rendering.words import in_lang
from models_catalog.text.dates import format_days
from models_catalog.text.quantities import Interval, format_quantity, format_quantity_in_full

_LONG = re.compile(r"(?<![\d.])\d{5,}")


def quantity(numbers: Any) -> str:
    """A range of whole numbers in the reader's units: 2600亿, 260B; "" for None."""
    return format_quantity(interval_of(numbers), get_language() or "") if numbers else ""


def quantity_in_full(numbers: Any) -> str:
    """Like `quantity`, in full, where there is room to say that the upper end is exclusive."""
    return format_quantity_in_full(interval_of(numbers), get_language() or "") if numbers else ""


def number_in_full(claim: Claim) -> str:
    """The number of a claim in the reader's units, in full as in `quantity_in_full`."""
    say = number_of(claim.field).say_in_full
    return say(interval_of(claim.number), get_language() or "")


def vague_words(claim: Claim) -> SafeString | str:
    """The words as stated if they give no exact number; "" if it is exact, or written in these very words."""
    return "" if claim.stated == number_in_full(claim) else vague(claim.number, claim.stated)


def number_ranges() -> list[tuple[Any, str, str, tuple[str, str]]]:
    """The numbers by which readers filter: label, the two parameters that bound it, an example of each."""
    return [
        (one.field.label, RANGES[one.column].low, RANGES[one.column].high, number.bounds)
        for one, number in NUMBERED
    ]


def vague(numbers: Any, words: str) -> SafeString | str:
    """The words as stated if they give no exact number, such as 千亿级; "" if it is exact."""
    if not numbers or not words or interval_of(numbers).low == interval_of(numbers).high:
        return ""
    return format_html('<q class="ledger__sub">{}</q>', in_lang(words))


def days(dates: Any) -> str:
    """A range of days, no more precise than it is: 2023年6月, June 2023; "" for None."""
    return format_days(days_of(dates), get_language() or "") if dates else ""


def figure(value: Any) -> str:
    """Range of a market figure in the reader's units; decimals unchanged, long numbers with thousands separators."""
    bounds = [None if bound is None else Decimal(bound) for bound in (value.lower, value.upper)]
    if all(bound is None or bound == bound.to_integral_value() for bound in bounds):
        low, high = (None if bound is None else int(bound) for bound in bounds)
        return _LONG.sub(_apart, format_quantity(Interval(low, high), get_language() or ""))
    low_text, high_text = ("" if bound is None else f"{bound.normalize():f}" for bound in bounds)
    if low_text == high_text:
        return low_text
    return (
        f"{low_text}–{high_text}"
        if low_text and high_text
        else f"≥{low_text}"
        if low_text
        else f"≤{high_text}"
    )


def _apart(digits: re.Match[str]) -> str:
    return number(int(digits[0]))


def number(whole: int) -> str:
    """A whole number, with separators from 10,000 up."""
    if -10_000 < whole < 10_000:
        return str(whole)
    return str(number_format(whole, force_grouping=True))


def absent(entry: Entry, field: str) -> SafeString:
    """The reason why `field` of `entry` has no value: undisclosed, not applicable or not stated."""
    if field in entry.undisclosed:
        state = "undisclosed"
    else:
        state = "not-applicable" if field in entry.not_applicable else ""
    return _absence(state, get_language() or "")


_LISTED = (Field.DEVELOPER, Field.PARAMETERS, Field.EVENT, Field.OPENNESS, Field.SECTOR)
"""Fields with a column in lists of entries."""


def unstated(entry: Entry | EntryRow) -> str:
    """Headings of the listed columns that no source states: on a phone one line says so for all of them."""
    known = {*entry.undisclosed, *entry.not_applicable}
    missing = [one for one in _LISTED if one not in known and not _held(entry, one)]
    return _(", ").join(_("Release date") if one == Field.EVENT else str(one.label) for one in missing)


def _held(entry: Entry | EntryRow, field: Field) -> Any:
    """The values of a row of the index, or of an entry, whose relations were read ahead."""
    if isinstance(entry, Entry) and field in (Field.DEVELOPER, Field.SECTOR):
        return entry.sectors.all() if field == Field.SECTOR else entry.entry_developers.all()
    return getattr(entry, field.entry_column)


@cache
def _absence(state: str, _language: str) -> SafeString:
    if not state:
        words = format_html('<span class="visually-hidden">{}</span>', _("Not stated"))
        return format_html('<span class="state state--unstated" title="{}">{}</span>', _("Not stated"), words)
    return format_html('<span class="state state--{}">{}</span>', state, Answer(state).label)


def quoted(claim: Located) -> SafeString:
    """The quotation with the part that states the value marked."""
    before, stated, after = claim.quotation.partition(claim.stated or claim.quotation)
    return format_html("{}<mark>{}</mark>{}", before, stated, after)


def date(moment: Date | datetime, form: str) -> str:
    """A day, or a moment in the site's time zone, in one of Django's date formats."""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, form)


def today() -> Date:
    return timezone.localdate()


def filesize(size: int) -> str:
    """A number of bytes in a fitting unit."""
    return filesizeformat(size)


WIDTH = 120
"""Width of the bar's viewBox, which is 12 high; `.bar` in ledger.css has the same proportions."""
SMALLEST, LARGEST = 8, 14
"""Ends of the shared scale, as powers of ten."""


class Bar(NamedTuple):
    """A size on the scale, in the viewBox's units. `open_low` and `open_high`: that end is not stated."""

    start: float
    end: float
    open_low: bool
    open_high: bool

    @property
    def length(self) -> float:
        return round(self.end - self.start, 1)

    @property
    def beyond(self) -> str:
        """The arrow, as a path, for a size that lies off the scale, on the side where it is; "" for one on it."""
        if self.end == 0:
            return "M4 2L-2 6L4 10Z"
        return f"M{WIDTH - 4} 2L{WIDTH + 2} 6L{WIDTH - 4} 10Z" if self.start == WIDTH else ""

    @property
    def is_point(self) -> bool:
        return self.length < 2 and not (self.open_low or self.open_high)


def bar_of(numbers: Any) -> Bar:
    """The bar of a range of whole numbers."""
    return _drawn(interval_of(numbers))


@lru_cache(maxsize=1_000)
def _drawn(interval: Interval) -> Bar:
    """Cached, since many entries have the same sizes."""
    start = place(interval.low) if interval.low is not None else 0.0
    end = place(interval.high) if interval.high is not None else float(WIDTH)
    return Bar(start, end, interval.low is None, interval.high is None)


def place(number: int) -> float:
    """Position of `number` on the scale, clamped to its ends."""
    share = (log10(max(number, 1)) - SMALLEST) / (LARGEST - SMALLEST)
    return round(min(max(share, 0), 1) * WIDTH, 1)


POWERS = range(SMALLEST, LARGEST + 1, 2)
TICKS = [place(10**power) for power in POWERS]


def scale_labels() -> list[tuple[float, str]]:
    """Positions on the scale with labels in the reader's units: 1亿 or 100M, 100亿 or 10B…"""
    language = get_language() or ""
    return [(place(10**power), format_quantity(Interval(10**power, 10**power), language)) for power in POWERS]


def scale_ends() -> tuple[str, str]:
    """The labels of the scale's ends."""
    labels = scale_labels()
    return labels[0][1], labels[-1][1]


SIGNS = {"same": "=", "differs": "≠", "may-be-equal": "≈", "not-comparable": "∅"}


def in_unit(thing: object, unit: str) -> str:
    """A size as a number in `unit`, which the row's heading names."""
    return verdicts.in_unit(thing, unit) if isinstance(thing, Interval) else ""


def sign(verdict: str) -> str:
    """The sign shown next to the name of a verdict."""
    return SIGNS[verdict]


def named(rows: Iterable[Labelled]) -> SafeString:
    """The names of `rows` in the reader's language, as a list within a sentence."""
    return format_html_join(pgettext("list", ", "), "{}", ((in_lang(row.label),) for row in rows))
