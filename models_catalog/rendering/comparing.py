"""Values of a comparison in the unit of their row, signs of verdicts, lists of names."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from models_catalog.comparison import sizes
from models_catalog.models.labels import Labelled
from models_catalog.rendering.words import in_lang
from models_catalog.text.sizes import Interval

SIGNS = {"same": "=", "differs": "≠", "may-be-equal": "≈", "not-comparable": "∅"}


def in_unit(thing: object, unit: str) -> str:
    """A size as a number of `unit`, which the head of the row names."""
    return sizes.in_unit(thing, unit) if isinstance(thing, Interval) else ""


def sign(verdict: str) -> str:
    """The sign that stands beside a verdict's word."""
    return SIGNS[verdict]


def named(rows: Iterable[Labelled]) -> SafeString:
    """The names of `rows` in the reader's language, as a list within a sentence."""
    return format_html_join(pgettext("list", ", "), "{}", ((in_lang(row.label),) for row in rows))
