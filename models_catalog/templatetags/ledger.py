"""Values as readers see them: sizes, dates, what is not there, and the bar of a size on the shared scale."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import log10
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_catalog.models import Entry, Located
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Basis
from models_catalog.queries.catalog import Mark
from models_catalog.templatetags.site import in_lang
from models_catalog.text.dates import format_days
from models_catalog.text.quantities import Interval, format_quantity

register = template.Library()

WIDTH, HEIGHT = 120, 12
"""The bar's viewBox; `.bar` in ledger.css gives it the same proportions."""
SMALLEST, LARGEST = 8, 14
"""The shared scale's ends, as powers of ten."""


@register.filter
def quantity(numbers: Any) -> str:
    """A range of whole numbers in the reader's units: 2600亿, 260B; "" for None."""
    return format_quantity(interval_of(numbers), get_language() or "") if numbers else ""


@register.simple_tag
def vague(numbers: Any, words: str) -> SafeString | str:
    """The words as stated where they give no exact size, as 千亿级; "" where the number says it all."""
    if not numbers or not words or interval_of(numbers).low == interval_of(numbers).high:
        return ""
    return format_html('<q class="ledger__sub">{}</q>', in_lang(words))


@register.filter
def days(dates: Any) -> str:
    """A range of days, as precise as it is: 2023年6月, June 2023; "" for None."""
    return format_days(days_of(dates), get_language() or "") if dates else ""


@register.filter
def figure(value: Any) -> str:
    """The range of a market figure in the reader's units; decimals stay as they are."""
    bounds = [None if bound is None else Decimal(bound) for bound in (value.lower, value.upper)]
    if all(bound is None or bound == bound.to_integral_value() for bound in bounds):
        low, high = (None if bound is None else int(bound) for bound in bounds)
        return format_quantity(Interval(low, high), get_language() or "")
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


@register.filter
def count(number: int) -> str:
    """A whole number with its thousands apart."""
    return str(number_format(number, force_grouping=True))


@register.simple_tag
def absent(entry: Entry, field: str) -> SafeString:
    """Which of the three ways of having no value `field` of `entry` is in."""
    if field in entry.undisclosed:
        return format_html('<span class="state state--undisclosed">{}</span>', _("Declared undisclosed"))
    if field in entry.not_applicable:
        return format_html('<span class="state state--not-applicable">{}</span>', _("Not applicable"))
    return format_html('<span class="state">{}</span>', _("Not stated"))


@register.filter
def quoted(claim: Located) -> SafeString:
    """The words of the article, the part that states the value marked."""
    before, stated, after = claim.quotation.partition(claim.stated or claim.quotation)
    return format_html("{}<mark>{}</mark>{}", before, stated, after)


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


def bar_of(interval: Interval) -> Bar:
    start = place(interval.low) if interval.low is not None else 0.0
    end = place(interval.high) if interval.high is not None else float(WIDTH)
    return Bar(start, end, interval.low is None, interval.high is None)


def place(number: int) -> float:
    """Where `number` lies on the scale; what lies beyond an end stands at it."""
    share = (log10(max(number, 1)) - SMALLEST) / (LARGEST - SMALLEST)
    return round(min(max(share, 0), 1) * WIDTH, 1)


@register.filter
def as_bar(numbers: Any) -> Bar:
    return bar_of(interval_of(numbers))


@register.simple_tag
def scale_labels() -> list[tuple[float, str]]:
    """Places on the scale and the reader's words for them: 1亿 or 100M, 100亿 or 10B…"""
    language = get_language() or ""
    powers = range(SMALLEST, LARGEST + 1, 2)
    return [(place(10**power), format_quantity(Interval(10**power, 10**power), language)) for power in powers]


@register.simple_tag
def scale_ends() -> tuple[str, str]:
    """The scale's ends in the reader's words."""
    labels = scale_labels()
    return labels[0][1], labels[-1][1]


@register.filter
def as_list(item: Any) -> list[Any]:
    return [item]


TICKS = [place(10**power) for power in range(SMALLEST, LARGEST + 1, 2)]


@register.simple_tag
def interval_bar(numbers: Any) -> SafeString | str:
    """The range as an SVG on the scale that all bars of the site share. The number itself stands beside it."""
    return _drawn(bar_of(interval_of(numbers))) if numbers else ""


@lru_cache(maxsize=1_000)
def _drawn(bar: Bar) -> SafeString:
    """Few sizes are many entries' own, and a drawing is the same in every language."""
    return render_to_string("partials/_bar.html", {"bar": bar, "ticks": TICKS})


_MARK_CLASSES = {Basis.INFERRED: " mark--inferred", Basis.CURATOR: " mark--curator"}


@register.simple_tag
def marks(found: Sequence[Mark] | str, url: str) -> SafeString | str:
    """Which articles a cell stands on, as superscripts that lead to the claims on the entry's page, `url`."""
    if not found or isinstance(found, str):
        return ""
    links = format_html_join(
        "",
        '<a class="mark{}" href="{}#{}" title="{}">{}</a>',
        (
            (
                " mark--disputed" if one.is_disputed else _MARK_CLASSES.get(one.basis, ""),
                url,
                one.key,
                one.title,
                one.text,
            )
            for one in found
        ),
    )
    return format_html('<sup class="marks">{}</sup>', links)
