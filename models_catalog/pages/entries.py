"""An entry's page."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.addresses import Neighbours, Told404, neighbours
from models_catalog.catalog.entry_page import entry_page, find_entry
from models_catalog.catalog.filters import EntryFilter
from models_catalog.history.entry import history_of
from models_catalog.models import Entry
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.as_of import PARAMETERS, View, as_it_stood
from models_catalog.pages.http.moved import following_merges
from models_catalog.pages.http.public import public_page
from models_catalog.pages.linked_data import entry_data


def told_if_later(view: View) -> View:
    """Decorate a view of the past: if the entry was added later, its 404 links to the current page."""

    @wraps(view)
    def telling(request: HttpRequest, slug: str) -> HttpResponseBase:
        try:
            return view(request, slug)
        except Told404:
            raise
        except Http404:
            if not any(name in request.GET for name in PARAMETERS) or find_entry(slug) is None:
                raise
        told = _("On that day the registry had no such entry; today it has.")
        raise Told404(told, (request.path, _("The entry as it is today")))

    return telling


@require_safe
@public_page(*EntryFilter.base_filters)
@told_if_later
@as_it_stood(filtered=False)
@following_merges("entry")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = find_entry(slug)
    if entry is None:
        raise Http404
    page = entry_page(entry)
    context = {
        "entry": entry,
        "page": page,
        "history": history_of(entry),
        "neighbours": _neighbours(request, entry),
        "linked_data": entry_data(page, Frame(request)),
    }
    return render(request, "entries/detail.html", context)


def _neighbours(request: HttpRequest, entry: Entry) -> Neighbours | None:
    """The entries before and after this one in the list that the reader came from, given by the query."""
    if not request.GET:
        return None
    chosen = EntryFilter(data=request.GET, queryset=Entry.objects.listed())
    return neighbours(entry, chosen.qs) if chosen.is_valid() else None
