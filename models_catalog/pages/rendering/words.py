"""Small parts of every page: icons, text in its own language, units, links, source marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, npgettext
from markupsafe import Markup

from models_catalog.catalog.page import Mark, marks_behind
from models_catalog.models import Claim, Developer, Sector
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.labels import Labelled
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    EventKind,
    Field,
    FigureUnit,
    Ruling,
    Stage,
    Status,
)
from models_catalog.text.names import simplify

_COUNTED: dict[FigureUnit, Callable[[int], str]] = {
    FigureUnit.MODELS: lambda n: npgettext("unit", "model", "models", n),
    FigureUnit.ORGANISATIONS: lambda n: npgettext("unit", "organisation", "organisations", n),
    FigureUnit.USD: lambda n: npgettext("unit", "US dollar", "US dollars", n),
    FigureUnit.PARAMETERS: lambda n: npgettext("unit", "parameter", "parameters", n),
    FigureUnit.PEOPLE: lambda n: npgettext("unit", "person", "people", n),
    FigureUnit.CHIPS: lambda n: npgettext("unit", "chip", "chips", n),
    FigureUnit.PRODUCTS: lambda n: npgettext("unit", "product", "products", n),
    FigureUnit.MONTHS: lambda n: npgettext("unit", "month", "months", n),
    FigureUnit.YEARS: lambda n: npgettext("unit", "year", "years", n),
    FigureUnit.POINTS: lambda n: npgettext("unit", "point", "points", n),
    FigureUnit.SECTORS: lambda n: npgettext("unit", "industry", "industries", n),
    FigureUnit.REGIONS: lambda n: npgettext("unit", "region", "regions", n),
}
"""Units with a singular; 1.5 and “at most 1” take the plural."""


def unit(value: Any, of: FigureUnit) -> str:
    """The unit of a market figure, in the number that its value needs."""
    is_one = value.lower == value.upper == 1
    return _COUNTED[of](1 if is_one else 2) if of in _COUNTED else str(of.label)


MANY = 3
"""Most developers or industries named in a row of a list."""

VOCABULARIES: dict[str, type[TextChoices]] = {
    **{field.entry_column: vocabulary for field, vocabulary in TOKENS.items()},
    "stage": Stage,
    "field": Field,
    "answer": Answer,
    "event": EventKind,
    "basis": Basis,
    "status": Status,
    "ruling": Ruling,
}
"""Vocabularies by the name of the column that holds their tokens."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_MEASURE = re.compile(r"((?:\d[\d,.]*[十百千万亿年月日个条]+)+)")


def measured(text: str) -> SafeString:
    """`text` with each Chinese number beside its unit: no line ends between 10 and 万亿, as it may between all else in Han."""
    parts = enumerate(_MEASURE.split(text))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="nowrap">{}</span>', one) if n % 2 else one,) for n, one in parts),
    )


def coded(text: str) -> SafeString:
    """`text` with the parts between backticks as code, as in Markdown."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", one) if n % 2 else one,) for n, one in parts)
    )


def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: for use next to text that says the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("vendor/lucide/icons.svg"),
        name,
    )


@lru_cache(maxsize=10_000)
def language_of(text: str) -> str:
    """BCP 47 tag of a text: Chinese in its script if any character is Han, English if any is Latin, else "".

    Han text without Traditional characters counts as Simplified.
    """
    if _HAN.search(text):
        return "zh-Hans" if simplify(text) == text else "zh-Hant"
    return "en" if _LATIN.search(text) else ""


def in_lang(text: object) -> str | SafeString:
    """`text`, inside a `<span lang>` if its language is not the page's."""
    return _in_lang(str(text), get_language() or "")


def name(row: Labelled) -> str | SafeString:
    """The name of `row` in the reader's language, or else the other, with its language marked."""
    return _name(row.name_zh, row.name_en, get_language() or "")


def links(rows: Sequence[Developer | Sector], facet: str, whole: str) -> SafeString:
    """The names of `rows` as links to the list filtered by `facet`, in the state that `whole` names; "" for no rows.

    Of more than `MANY` rows only the first are named, so that one entry does not fill the page, with a link to the rest
    at `whole`.
    """
    language = get_language() or ""
    shown = rows if len(rows) <= MANY else rows[: MANY - 1]
    state = whole.partition("?")[2]
    link = _link if state else _kept_link  # states are not cached: readers can write any number of them
    found = [link(facet, row.slug, row.name_zh, row.name_en, language, state) for row in shown]
    if left := len(rows) - len(shown):
        found.append(format_html('<a href="{}">{}</a>', whole, gettext("and %(n)s others") % {"n": left}))
    return SafeString(_translated(", ", language).join(found))


def _link(facet: str, slug: str, name_zh: str, name_en: str, page: str, state: str) -> SafeString:
    query = f"{facet}={slug}&{state}" if state else f"{facet}={slug}"
    return format_html('<a href="?{}">{}</a>', query, _name(name_zh, name_en, page))


_kept_link = lru_cache(maxsize=10_000)(_link)


@lru_cache(maxsize=10_000)
def _name(name_zh: str, name_en: str, page: str) -> str | SafeString:
    first, second = (name_en, name_zh) if page.startswith("en") else (name_zh, name_en)
    return _in_lang(first or second, page)


@lru_cache(maxsize=10_000)
def _in_lang(words: str, page: str) -> str | SafeString:
    """Cached, since pages repeat the same names."""
    tag = language_of(words)
    if not tag or tag.lower() == page.lower():
        return words
    return format_html('<span lang="{}">{}</span>', tag, words)


def lang_attribute(text: object) -> SafeString | str:
    """` lang="…"` for an element with only `text`, if its language is not the page's."""
    tag = language_of(str(text))
    return format_html(' lang="{}"', tag) if tag and tag.lower() != (get_language() or "").lower() else ""


_NOT_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def json_ld(data: dict[str, Any]) -> SafeString:
    """JSON-LD for search engines. It does not run, so the CSP for scripts does not apply."""
    # Safe: with these three characters as JSON escapes, nothing in it can end the element.
    text = SafeString(json.dumps(data, ensure_ascii=False).translate(_NOT_IN_SCRIPT))
    return format_html('<script type="application/ld+json">{}</script>', text)


def carried(request: HttpRequest) -> str:
    """The list's query as `?…`, to append to links to its rows; "" without a query."""
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def translated(message: str, /, **values: Any) -> Markup:
    """`_("…")` in templates: the message in the reader's language, with `values` escaped."""
    words = _translated(message, get_language() or "")
    return words % values if "%" in words else words


@lru_cache(maxsize=10_000)
def _translated(message: str, _language: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704  # a template's own text


def or_nothing(value: Any) -> Any:
    """The empty string for None, like an empty form field; other values unchanged."""
    return "" if value is None else value


def labels() -> dict[str, dict[str, str]]:
    """The labels of the vocabularies in the reader's language: column → token → label."""
    return _labels(get_language() or "")


@cache
def _labels(_language: str) -> dict[str, dict[str, str]]:
    """Cached by language, since Django translates a label on every access."""
    return {
        name: {"": "", **{value: str(label) for value, label in vocabulary.choices}}
        for name, vocabulary in VOCABULARIES.items()
    }


CLASSES = {Basis.INFERRED: " mark--inferred", Basis.CURATOR: " mark--curator"}

JOINED = "\u2060"
"""Word joiner, which keeps marks on the line of their value."""


def marks(by_column: Mapping[str, Sequence[Mark]], column: str, url: str) -> SafeString | str:
    """The source marks of one cell of a row, as one link to the first claim on the entry's page `url`.

    Sources that agree are joined by commas; one that disagrees is set apart, with its sign.
    """
    found = by_column.get(column)
    if not found:
        return ""
    before, after = _marks(tuple(found), get_language() or "")
    return SafeString(f"{before}{conditional_escape(url)}{after}")  # safe: every part is escaped markup


@lru_cache(maxsize=10_000)
def _marks(found: tuple[Mark, ...], _language: str) -> tuple[SafeString, SafeString]:
    """HTML before and after the page's address. Cached, since most of a page's hundred cells are alike."""
    standing = [mark for mark in found if not mark.is_disputed]
    kind = CLASSES.get(standing[0].basis, "") if standing else " mark--disputed"
    title = _translated("; ", _language).join(dict.fromkeys(mark.title for mark in found))
    return (
        format_html('<sup class="marks">{}<a class="mark{}" href="', JOINED, kind),
        format_html('#{}" title="{}">{}</a></sup>', found[0].key, title, signs(found)),
    )


def signs(found: Iterable[Mark]) -> SafeString:
    """The numbers of the sources, each once: those that agree, and apart from them those that disagree."""
    marks = list(found)
    agreeing = format_html_join(",", "{}", ((mark.text,) for mark in marks if not mark.is_disputed))
    against = [(mark.text,) for mark in marks if mark.is_disputed]
    return agreeing + format_html_join("", '<span class="mark__against">{}</span>', against)


def claim_signs(claims: Iterable[Claim]) -> SafeString:
    """The same for the claims behind a value."""
    return signs(marks_behind(claims))
