"""The way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.models import Source
from models_catalog.queries import home as queries
from models_catalog.queries.catalog import marks_of
from models_catalog.views.frame import Frame
from models_catalog.views.linked_data import dataset
from models_catalog.views.pages import public_page

EXAMPLES = ["wxyy", "盤古", "千问", "MindGPT"]
"""Searches that show what the search can do: initials, Traditional, a middle part, Latin."""


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    newest, largest, specimen = list(queries.newest()), list(queries.largest()), queries.specimen()
    sources = list(Source.objects.cited())
    shown = {entry.pk for entry in (*newest, *largest)} | ({specimen.entry_id} if specimen else set())
    context = {
        "linked_data": dataset(Frame(request)),
        "numbers": queries.numbers(),
        "newest": newest,
        "largest": largest,
        "marks": marks_of(sorted(shown), {source.pk: source for source in sources}),
        "sectors": queries.sectors_by_entries(),
        "kinds": queries.developer_kinds(),
        "examples": EXAMPLES,
        "specimen": specimen,
        "sources": sources,
        "span": queries.published_span(sources),
    }
    return render(request, "home/home.html", context)
