"""An entry's page, and the parts of it that are fetched when they are opened: the words behind a value, its history, how to cite it."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from models_catalog.catalog.addresses import Neighbours, Told404, neighbours
from models_catalog.catalog.entry_page import fact_behind, find_entry
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.forms import ColumnsForm
from models_catalog.catalog.index.current import current
from models_catalog.catalog.nearby import nearby
from models_catalog.catalog.results import results_of
from models_catalog.history.as_of import is_present
from models_catalog.history.entry import history_of
from models_catalog.models import Claim, Entry
from models_catalog.pages.http.as_of import PARAMETERS, View, as_it_stood
from models_catalog.pages.http.moved import NoSuchName, claim_moved_from, following_merges, moved_to
from models_catalog.pages.http.public import FRAGMENT, public_page, wants_fragment
from models_catalog.pages.rendering.put_together import entry_parts, kept, rendered


def told_if_later(view: View) -> View:
    """Decorate a view of another state: if that lacks the entry, its 404 links to the current page."""

    @wraps(view)
    def telling(request: HttpRequest, slug: str) -> HttpResponseBase:
        try:
            return view(request, slug)
        except Http404 as missing:
            is_told = isinstance(missing, Told404) and not isinstance(missing, NoSuchName)
            if is_told or not any(name in request.GET for name in PARAMETERS) or find_entry(slug) is None:
                raise
        is_past = any(name in request.GET for name in settings.PAST_PARAMETERS)
        then, lacking = (
            _("On that day the registry had no such entry; today it has."),
            _("None of the sources that count here names this entry."),
        )
        told = then if is_past else lacking
        raise Told404(told, (request.path, _("The entry as it is today")))

    return telling


@require_safe
@public_page(*EntryFilter.base_filters, *ColumnsForm.base_fields)
@told_if_later
@as_it_stood(filtered=False)
@following_merges("entry")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    if is_present():
        current()  # follows what has changed, so that the parts are kept by it
    parts = entry_parts(request, slug)
    if parts is None:
        raise Http404
    pk, alike = parts.entry.pk, parts.alike
    context = {
        **parts._asdict(),
        "neighbours": _neighbours(request, pk),
        "nearby": kept("nearby", lambda: _near(request, parts.entry, *alike), pk, most=200),
    }
    return render(request, "entries/detail.html", context)


def _near(request: HttpRequest, entry: Entry, *alike: str) -> Markup:
    found = nearby(entry.pk, *alike)
    return rendered("entries/_nearby.html", {"nearby": found, "entry": entry}, request)


def _neighbours(request: HttpRequest, pk: int) -> Neighbours | None:
    """The entries before and after this one in the list that the query gives; without a query, in the whole catalog."""
    chosen = EntryFilter(
        data=request.GET, queryset=Entry.objects.listed(), also_allowed=ColumnsForm.base_fields
    )
    return neighbours(pk, results_of(chosen)) if chosen.is_valid() else None


@require_safe
@public_page(*PARAMETERS, by=FRAGMENT)
@told_if_later
@as_it_stood(filtered=False)
@following_merges("entry_history")
def history(request: HttpRequest, slug: str) -> HttpResponse:
    entry = _found(slug)
    context = {"entry": entry, "history": history_of(entry), "fragment": wants_fragment(request)}
    return render(request, "entries/history.html", context)


@require_safe
@public_page(*PARAMETERS, by=FRAGMENT)
@told_if_later
@as_it_stood(filtered=False)
@following_merges("entry_citation")
def citation(request: HttpRequest, slug: str) -> HttpResponse:
    context = {"entry": _found(slug), "fragment": wants_fragment(request)}
    return render(request, "entries/cite.html", context)


def _found(slug: str) -> Entry:
    entry = find_entry(slug)
    if entry is None:
        raise Http404
    return entry


@require_safe
@public_page(*PARAMETERS, by=FRAGMENT)
@as_it_stood(filtered=False)
def claim(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The words behind one value: what a source mark opens."""
    claims = Claim.objects.public().filter(entry__slug=slug, entry__is_listed=True, key=key)
    asked = claims.select_related("entry", "source").first()
    if asked is None:
        if kept := claim_moved_from(slug, key):
            return moved_to(request, reverse("claim", args=[kept.entry.slug, kept.key]))
        raise Http404
    context = {
        "asked": asked,
        "entry": asked.entry,
        "fact": fact_behind(asked),
        "fragment": wants_fragment(request),
    }
    return render(request, "entries/claim.html", context)
