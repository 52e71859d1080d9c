"""The Jinja environment of public pages, with the filters and functions for templates."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.ext import Extension

from models_catalog.compare.forms import MOST
from models_catalog.models.addresses import address, file
from models_catalog.models.labels import in_english
from models_catalog.pages.rendering import past, values, words
from models_catalog.pages.rendering.past import cite
from models_catalog.pages.rendering.put_together import boxes, statement, times_forms
from models_catalog.pages.rendering.words import marks

FILTERS: dict[str, Callable[..., Any]] = {
    "absent": values.absent,
    "boxes": boxes,
    "coded": words.coded,
    "date": values.date,
    "days": values.days,
    "figure": values.figure,
    "filesize": values.filesize,
    "in_lang": words.in_lang,
    "in_unit": values.in_unit,
    "links": words.links,
    "marks": marks,
    "measured": words.measured,
    "name": words.name,
    "named": values.named,
    "number": values.number,
    "number_in_full": values.number_in_full,
    "or_nothing": words.or_nothing,
    "quantity": values.quantity,
    "quantity_in_full": values.quantity_in_full,
    "quoted": values.quoted,
    "sign": values.sign,
    "signs": words.claim_signs,
    "unit": words.unit,
    "unstated": values.unstated,
    "vague": values.vague,
    "vague_words": values.vague_words,
}
GLOBALS: dict[str, Any] = {
    "bar_of": values.bar_of,
    "carried": words.carried,
    "cite": cite,
    "file": file,
    "icon": words.icon,
    "in_english": in_english,
    "json_ld": words.json_ld,
    "labels": words.labels,
    "lang_attribute": words.lang_attribute,
    "most": MOST,
    "number_ranges": values.number_ranges,
    "left_out": past.left_out,
    "past": past.past,
    "past_query": past.past_query,
    "past_tail": past.past_tail,
    "past_title": past.past_title,
    "present": past.present,
    "scale_ends": values.scale_ends,
    "scale_labels": values.scale_labels,
    "scale_ticks": values.TICKS,
    "state_tail": past.state_tail,
    "statement": statement,
    "static": static,
    "times_forms": times_forms,
    "today": values.today,
    "url": address,
}


_AS_WRITTEN = re.compile(
    r"(\{%-?\s*trans\b.*?\bendtrans\s*-?%\}|<(?:pre|textarea)\b.*?</(?:pre|textarea)>|\{[{%#].*?[}%#]\})",
    re.DOTALL,
)
_INDENTED = re.compile(r"\n[ \t]+")


class Unindented(Extension):
    """Strips the indentation of templates, a quarter of a long page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        parts = _AS_WRITTEN.split(source)
        parts[::2] = (_INDENTED.sub("\n", part) for part in parts[::2])
        return "".join(parts)


class Fixed(Environment):
    """An environment whose globals are not changed once templates are loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict, which each included template copies at once; Jinja's chain of two is copied name by name."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """The environment for the setting TEMPLATES. Undefined names fail in tests and development, else are blank."""
    options["undefined"] = StrictUndefined if settings.TESTING or settings.DEBUG else Undefined
    made = Fixed(extensions=["jinja2.ext.i18n", Unindented], **options)  # Django's backend escapes
    made.filters |= FILTERS
    made.globals |= GLOBALS
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals["_"] = (
        words.translated
    )  # replaces the extension's, which looks up each message on every call
    return made
