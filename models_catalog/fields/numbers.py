"""Formats of numeric fields: how intervals of whole numbers are parsed and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from models_catalog.text.context_lengths import format_length, parse_length, parse_length_bound
from models_catalog.text.quantities import (
    Interval,
    format_quantity,
    format_quantity_in_full,
    parse_bound,
    parse_quantity,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Number:
    """The format of one numeric field. `parse` takes the words of a source, `parse_bound` what a reader types into a
    filter; both raise `ValueError`.

    `say` and `say_in_full` take an interval and a language. `parameter` is the prefix of the filter's two query
    parameters.
    """

    counts: str
    """The counted unit in English; `unit` is the label for readers."""
    unit: StrOrPromise
    parse: Callable[[str], Interval]
    parse_bound: Callable[[str], int]
    say: Callable[[Interval, str], str]
    say_in_full: Callable[[Interval, str], str]
    parameter: str
    at_least: StrOrPromise
    at_most: StrOrPromise
    invalid: StrOrPromise
    is_unreadable: StrOrPromise
    """Message for a row of a table without a readable number."""
    differs: StrOrPromise
    """Message for a row whose words give another number than its bounds."""
    bounds: tuple[str, str]
    """Examples of a lower and an upper bound."""
    bound_meanings: tuple[StrOrPromise, StrOrPromise]
    bound_pattern: str
    """Regular expression of the bounds that the API documents; some further forms are accepted."""
    stated: StrOrPromise
    least: StrOrPromise
    most: StrOrPromise
    """Headings of the three columns in files."""
    has_bar: bool = False
    """Whether it is drawn on the site's scale of sizes."""


_DIGIT = "[一二两三四五六七八九]"
_SIZE = "|".join(
    (
        "[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4}",
        # Up to three figures with any unit; up to six where the largest bigint leaves room for them.
        "([1-9][0-9]{0,2}([.][0-9]{1,3})?|0[.][0-9]{0,2}[1-9])"
        "( ?([十百千]?([万萬]?[亿億]|[万萬])|[BMT]|([Bb]|[Mm]|[Tt]r)illion)|b)",
        "[1-9][0-9]{3,5}([.][0-9]{1,3})?( ?([万萬]?[亿億]|[万萬BMT])|b)",
        # Powers of ten (千亿), and numbers in characters (六十二亿, 两千亿).
        "[十百千]?([万萬]?[亿億]|[万萬])",
        f"({_DIGIT}[百千]?|{_DIGIT}?十{_DIGIT}?|{_DIGIT}百{_DIGIT}十{_DIGIT}?)([万萬]?[亿億]|[万萬])",
    )
)

PARAMETERS = Number(
    counts="parameters",
    unit=_("parameters"),
    parse=parse_quantity,
    parse_bound=parse_bound,
    say=format_quantity,
    say_in_full=format_quantity_in_full,
    parameter="parameters",
    at_least=_("Parameters from"),
    at_most=_("Parameters to"),
    invalid=_("Write a number of parameters, such as 100B, 1000亿 or 2600000."),
    is_unreadable=_("the row states no number of parameters that can be read"),
    differs=_("“%(words)s” states another size than the row does"),
    bounds=("100B", "1000亿"),
    bound_meanings=(
        _("Minimum number of parameters: plain, or as `100B`, `1000亿`."),
        _("Maximum number of parameters."),
    ),
    bound_pattern=_SIZE,
    stated=_("Parameters as stated"),
    least=_("Parameters, least"),
    most=_("Parameters, most"),
    has_bar=True,
)

CONTEXT_LENGTH = Number(
    counts="tokens",
    unit=_("tokens"),
    parse=parse_length,
    parse_bound=parse_length_bound,
    say=format_length,
    say_in_full=format_length,
    parameter="context",
    at_least=_("Context length from"),
    at_most=_("Context length to"),
    invalid=_("Write a number of tokens, such as 8K, 32768 or 20万."),
    is_unreadable=_("the row states no number of tokens that can be read"),
    differs=_("“%(words)s” states another context length than the row does"),
    bounds=("8K", "32768"),
    bound_meanings=(
        _("Minimum context length in tokens: plain, or as `8K`, `20万`; a K is a thousand."),
        _("Maximum context length in tokens."),
    ),
    bound_pattern="[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3}|[0-9]{1,4}([.][0-9]{1,3})? ?([KkMm]|[百千]?[万萬])",
    stated=_("Context length as stated"),
    least=_("Context length, least"),
    most=_("Context length, most"),
)
