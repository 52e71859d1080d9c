"""An entry's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from models_catalog.queries.entry_page import entry_page, find_entry


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = find_entry(slug)
    if entry is None:
        raise Http404
    if entry.merged_into:
        return redirect(entry.merged_into, permanent=True)
    return render(request, "entries/detail.html", {"entry": entry, "page": entry_page(entry)})
