"""Values of a comparison in the unit of their row, signs of verdicts, lists of names."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from models_catalog.comparison import sizes
from models_catalog.comparison.choice import MOST
from models_catalog.models.labels import Labelled
from models_catalog.templatetags.site import in_lang
from models_catalog.text.sizes import Interval

register = template.Library()

SIGNS = {"same": "=", "differs": "≠", "may-be-equal": "≈", "not-comparable": "∅"}


@register.filter
def in_unit(thing: object, unit: str) -> str:
    """A size as a number of `unit`, which the head of the row names."""
    return sizes.in_unit(thing, unit) if isinstance(thing, Interval) else ""


@register.filter
def sign(verdict: str) -> str:
    """The sign that stands beside a verdict's word."""
    return SIGNS[verdict]


@register.filter
def named(rows: Iterable[Labelled]) -> SafeString:
    """The names of `rows` in the reader's language, as a list within a sentence."""
    return format_html_join(pgettext("list", ", "), "{}", ((in_lang(row.label),) for row in rows))


@register.simple_tag
def pick(entry: Any) -> SafeString:
    """The box with which a reader puts an entry among those to compare."""
    return format_html(
        '<input class="pick no-print" type="checkbox" name="model" value="{}" form="picks" autocomplete="off" data-pick="{}" aria-label="{}" title="{}">',
        entry.slug,
        entry.label,
        _("Compare %(name)s") % {"name": entry.label},
        _("Compare"),
    )


@register.simple_tag
def most_compared() -> int:
    """How many entries fit side by side."""
    return MOST
