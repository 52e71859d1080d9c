"""Parts of pages that stay as they are from page to page: rows and filters of the catalog, the words of claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest
from django.template.loader import get_template, render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup, escape

from models_catalog.catalog.entry_page import EntryPage, entry_page, find_entry
from models_catalog.catalog.index.current import shown_state
from models_catalog.catalog.index.pieces import Piece, Pieces
from models_catalog.catalog.nearby import alike, family_of
from models_catalog.catalog.page import FacetChoice, listed_rows
from models_catalog.catalog.results import Results
from models_catalog.catalog.rows import page_rows
from models_catalog.catalog.search import reasons
from models_catalog.models import Claim, Entry
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.as_of import PARAMETERS
from models_catalog.pages.linked_data import entry_data
from models_catalog.pages.rendering.past import past_tail, times, without_past
from models_catalog.pages.rendering.values import number
from models_catalog.pages.rendering.words import carried, json_ld

Kept = TypeVar("Kept")

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


def kept(name: str, make: Callable[[], Kept], *by: Any, most: int = 8) -> Kept:
    """What pages made of the whole registry, kept until anything changes: it must hang on nothing else but language, day and `by`."""
    state = shown_state()
    key = (name, get_language(), get_script_prefix(), timezone.localdate(), *by)
    return state.remembered(key, make, most) if state else make()


class EntryParts(NamedTuple):
    """The parts of an entry's page that hang on the entry and what it names alone.

    `alike` is what entries nearby share with it; `content` has holes for the query in the way back, for the neighbours,
    and for the entries nearby.
    """

    entry: Entry
    alike: Sequence[str]
    description: Markup
    linked_data: Markup
    content: list[Markup]


def entry_parts(request: HttpRequest, slug: str) -> EntryParts | None:
    """The parts, kept while the entry and all that it names stay as they are; None if there is no such entry."""
    state = shown_state()
    if state is None:
        entry = find_entry(slug)
        return _read(entry.pk, slug, _made(request, entry_page(entry))) if entry else None
    if (found := family_of(slug)) is None:
        return None
    pk, family = found
    key = (pk, ("page", get_language(), get_script_prefix(), request.build_absolute_uri("/"), family))
    if kept := state.pieces.get([key]):
        return _read(pk, slug, kept[pk])
    if (entry := find_entry(slug, is_alone=not family)) is None:
        return None
    page = entry_page(entry, is_alone=not family)
    made = _made(request, page)
    state.pieces.keep({key: made}, others=_named(page).union(family))
    return _read(pk, slug, made)


def _named(page: EntryPage) -> set[int]:
    """The ids of the other entries that the page names."""
    above = page.entry.parent
    ids = {above and above.pk, above and above.parent_id, *(claim.parent_id for claim in page.claims)}
    return {pk for pk in ids if pk} | {entry.pk for entry in page.relatives}


def _made(request: HttpRequest, page: EntryPage) -> Piece:
    entry, context = page.entry, {"entry": page.entry, "page": page, "hole": HOLE, "history": True}
    description = rendered("entries/_description.html", context)
    content = rendered("entries/_content.html", context, request)
    data = json_ld(entry_data(page, Frame(request)))
    return entry.name_zh, entry.name_en, *alike(entry), description, str(data), *_parts(content)


def _read(pk: int, slug: str, piece: Piece) -> EntryParts:
    name_zh, name_en, makers, least, sectors, *html = piece
    description, data, *content = map(Markup, html)
    entry = Entry(pk=pk, slug=slug, name_zh=name_zh, name_en=name_en)
    return EntryParts(entry, (makers, least, sectors), description, data, content)


def times_forms(request: HttpRequest) -> Markup:
    """The forms that show a page in another state. Those of the present differ by the page's path and query alone."""
    forms, state = _macros("partials/_time.html").forms, shown_state()
    hidden = _macros("partials/_forms.html").hidden(without_past(request))
    if state is None or any(name in request.GET for name in PARAMETERS):
        made: Markup = forms(times(request), request.path, hidden)
        return made
    parts = kept("times", lambda: _parts(forms(times(request), HOLE, HOLE)))
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


def rendered(template: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> Markup:
    """A part of a page."""
    return Markup(render_to_string(template, dict(context), request))  # noqa: S704  # of a template


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
