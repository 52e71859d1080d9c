"""The way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.models import Source
from models_catalog.queries import home as queries
from models_catalog.views.frame import Frame
from models_catalog.views.linked_data import dataset
from models_catalog.views.remembered import remembered

EXAMPLES = ["wxyy", "盤古", "千问", "MindGPT"]
"""Searches that show what the search can do: initials, Traditional, a middle part, Latin."""


@require_safe
@remembered
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "linked_data": dataset(Frame(request)),
        "numbers": queries.numbers(),
        "newest": queries.newest(),
        "largest": queries.largest(),
        "sectors": queries.sectors_by_entries(),
        "kinds": queries.developer_kinds(),
        "examples": EXAMPLES,
        "specimen": queries.specimen(),
        "sources": Source.objects.cited(),
    }
    return render(request, "home/home.html", context)
