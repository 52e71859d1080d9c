"""Values as readers see them: sizes with their bar, dates, numbers, quotations, what is not there, and verdicts."""

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
from models_catalog.compare import verdicts
from models_catalog.fields.declared import NUMBERED, number_of
from models_catalog.models import Claim, Entry, Located
from models_catalog.models.labels import Labelled
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Answer
from models_catalog.pages.rendering.words import in_lang
from models_catalog.text.dates import format_days
from models_catalog.text.quantities import Interval, format_quantity, format_quantity_in_full

_LONG = re.compile(r"(?<![\d.])\d{5,}")


def quantity(numbers: Any) -> str:
    """A range of whole numbers in the reader's units: 2600亿, 260B; "" for None."""
    return format_quantity(interval_of(numbers), get_language() or "") if numbers else ""


def quantity_in_full(numbers: Any) -> str:
    """The same where there is room to say that the end is not included."""
    return format_quantity_in_full(interval_of(numbers), get_language() or "") if numbers else ""


def number_in_full(claim: Claim) -> str:
    """The number of a claim in the reader's units, where there is room to say that the end is not included."""
    say = number_of(claim.field).say_in_full
    return say(interval_of(claim.number), get_language() or "")


def vague_words(claim: Claim) -> SafeString | str:
    """The words as stated where they give no exact number; "" where the number says it all, or is said in these very words."""
    return "" if claim.stated == number_in_full(claim) else vague(claim.number, claim.stated)


def number_ranges() -> list[tuple[Any, str, str, tuple[str, str]]]:
    """The numbers by which readers narrow the catalog: label, the two parameters that bound it, an example of each."""
    return [
        (one.field.label, RANGES[one.column].low, RANGES[one.column].high, number.bounds)
        for one, number in NUMBERED
    ]


def vague(numbers: Any, words: str) -> SafeString | str:
    """The words as stated where they give no exact size, as 千亿级; "" where the number says it all."""
    if not numbers or not words or interval_of(numbers).low == interval_of(numbers).high:
        return ""
    return format_html('<q class="ledger__sub">{}</q>', in_lang(words))


def days(dates: Any) -> str:
    """A range of days, as precise as it is: 2023年6月, June 2023; "" for None."""
    return format_days(days_of(dates), get_language() or "") if dates else ""


def figure(value: Any) -> str:
    """The range of a market figure in the reader's units; decimals stay as they are, long numbers have their thousands apart."""
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
    """A whole number with its thousands apart."""
    if -1_000 < whole < 1_000:
        return str(whole)
    return str(number_format(whole, force_grouping=True))


def absent(entry: Entry, field: str) -> SafeString:
    """Which of the three ways of having no value `field` of `entry` is in."""
    if field in entry.undisclosed:
        state = "undisclosed"
    else:
        state = "not-applicable" if field in entry.not_applicable else ""
    return _absence(state, get_language() or "")


@cache
def _absence(state: str, _language: str) -> SafeString:
    if not state:
        return format_html('<span class="state">{}</span>', _("Not stated"))
    return format_html('<span class="state state--{}">{}</span>', state, Answer(state).label)


def quoted(claim: Located) -> SafeString:
    """The words of the article, the part that states the value marked."""
    before, stated, after = claim.quotation.partition(claim.stated or claim.quotation)
    return format_html("{}<mark>{}</mark>{}", before, stated, after)


def date(moment: Date | datetime, form: str) -> str:
    """A day or a moment, at the registry's own time, in one of Django's date formats."""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, form)


def today() -> Date:
    return timezone.localdate()


def filesize(size: int) -> str:
    """A number of bytes in the unit that fits."""
    return filesizeformat(size)


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


SIGNS = {"same": "=", "differs": "≠", "may-be-equal": "≈", "not-comparable": "∅"}


def in_unit(thing: object, unit: str) -> str:
    """A size as a number of `unit`, which the head of the row names."""
    return verdicts.in_unit(thing, unit) if isinstance(thing, Interval) else ""


def sign(verdict: str) -> str:
    """The sign that stands beside a verdict's word."""
    return SIGNS[verdict]


def named(rows: Iterable[Labelled]) -> SafeString:
    """The names of `rows` in the reader's language, as a list within a sentence."""
    return format_html_join(pgettext("list", ", "), "{}", ((in_lang(row.label),) for row in rows))
