"""Parts of pages that stay as they are from page to page: rows and filters of the catalog, the words of claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup, escape

from models_catalog.catalog.index.current import shown_state
from models_catalog.catalog.index.pieces import Piece, Pieces
from models_catalog.catalog.page import FacetChoice, listed_rows
from models_catalog.catalog.results import Results
from models_catalog.catalog.rows import page_rows
from models_catalog.catalog.search import reasons
from models_catalog.models import Claim
from models_catalog.pages.http.as_of import PARAMETERS
from models_catalog.pages.rendering.past import past_tail, times, without_past
from models_catalog.pages.rendering.values import number
from models_catalog.pages.rendering.words import carried

_MACROS = "catalog/_macros.html"

HOLE = Markup("\0")
"""Stands where a part differs from page to page. No value can hold it: PostgreSQL's texts have no NUL."""


def table_rows(
    request: HttpRequest, results: Results, ids: list[int], sort: Mapping[str, Any]
) -> list[Markup]:
    """The rows of the entries `ids`. Of those that are kept nothing is read, unless a search says why it found them."""
    language, terms = get_language() or "", results.reading.terms
    pieces = Pieces() if results.pieces is None else results.pieces
    keys = {pk: (pk, (language, get_script_prefix())) for pk in ids}
    kept = pieces.get(keys.values())
    missing = [pk for pk in ids if pk not in kept]
    read = page_rows(ids if terms else missing, results.references)
    macros, state = _macros("catalog/_row.html"), past_tail(request)
    rows = listed_rows([row for row in read if row.pk not in kept], results.references)
    made = {row.entry.pk: _parts(macros.line(row, sort, state, HOLE, HOLE)) for row in rows}
    pieces.keep({keys[pk]: piece for pk, piece in made.items()})
    why = {pk: macros.because(one) for pk, one in reasons(read, terms).items()} if terms else {}
    tail = escape(carried(request))
    found = ((pk, kept.get(pk) or made.get(pk)) for pk in ids)
    return [_filled(piece, tail, why.get(pk, "")) for pk, piece in found if piece]


def statement(
    claim: Claim,
    slug: str,
    several: bool = False,
    anchored: bool = True,
    report: str = "",
    is_asked: bool = False,
) -> Markup:
    """A claim with its words, as the macro `statement_of` has it; kept unless it names another entry."""
    said = (several, anchored, report, is_asked)
    state = None if claim.parent_id else shown_state()
    decided = (claim.status, claim.preferred, claim.reviewed_at)  # one that was decided since is another
    key = (claim.entry_id, (claim.key, *decided, get_language(), get_script_prefix(), *said))
    if state and (found := state.pieces.get([key])):
        return Markup(found[claim.entry_id][0])  # noqa: S704  # of the macro
    made: Markup = _macros("entries/_macros.html").statement_of(claim, slug, *said)
    if state:
        state.pieces.keep({key: (str(made),)})
    return made


def times_forms(request: HttpRequest) -> Markup:
    """The forms that show a page in another state. Those of the present differ by the page's path and query alone."""
    forms, state = _macros("partials/_time.html").forms, shown_state()
    hidden = _macros("partials/_forms.html").hidden(without_past(request))
    if state is None or any(name in request.GET for name in PARAMETERS):
        made: Markup = forms(times(request), request.path, hidden)
        return made
    key = ("times", get_language(), get_script_prefix(), timezone.localdate())
    parts = state.remembered(key, lambda: _parts(forms(times(request), HOLE, HOLE)), most=8)
    path = escape(request.path)
    return _filled(parts, *[path, hidden] * (len(parts) // 2))


def boxes(values: Iterable[FacetChoice], name: str) -> Markup:
    """The boxes of a facet, each with how many entries it leaves."""
    language = get_language() or ""
    return Markup("\n").join([_box(name, value, language) for value in values])


def _box(name: str, value: FacetChoice, language: str) -> Markup:
    chosen = " checked" if value.is_chosen else ""
    state = f"{' option--chosen' if chosen else ''}{' option--none' if value.count == 0 else ''}"
    if value.count is None:  # of a refused filter: readers can type any number of values, so none is kept
        made: Markup = _macros(_MACROS).box(name, value.value, value.label, state, chosen, "")
        return made
    parts = _box_parts(name, value.value, str(value.label), language)
    return _filled(parts, state, chosen, _count(value.count, language))


@lru_cache(maxsize=4_000)
def _box_parts(name: str, value: str, label: str, _language: str) -> Piece:
    return _parts(_macros(_MACROS).box(name, value, label, HOLE, HOLE, HOLE))


@lru_cache(maxsize=4_000)
def _count(count: int, _language: str) -> Markup:
    return Markup('<span class="option__count">{}</span>').format(number(count))


def _macros(template: str) -> Any:
    """The macros of a template of readers' pages."""
    loaded: Any = get_template(template)
    return loaded.template.module


def _parts(html: str) -> Piece:
    return tuple(str(html).split(HOLE))


def _filled(piece: Piece, *words: str) -> Markup:
    """The piece with its holes filled, each with HTML."""
    between = [*words, ""]
    return Markup("".join([text for pair in zip(piece, between, strict=True) for text in pair]))  # noqa: S704  # of templates
