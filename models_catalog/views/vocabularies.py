"""Who builds the models, and what for."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from models_catalog.models import Developer, Sector
from models_catalog.models.vocabulary import DeveloperKind
from models_catalog.queries import vocabularies as queries
from models_catalog.views.remembered import remembered


@require_safe
@remembered
def developers(request: HttpRequest) -> HttpResponse:
    order = list(DeveloperKind)
    found = sorted(queries.developers(), key=lambda row: order.index(DeveloperKind(row.kind)))
    kinds = [(DeveloperKind(kind), list(rows)) for kind, rows in groupby(found, key=lambda row: row.kind)]
    return render(request, "developers/list.html", {"kinds": kinds, "total": len(found)})


@require_safe
@remembered
def developer(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Developer.objects.select_related("parent"), slug=slug)
    entries = queries.entries_of(row)
    context = {
        "developer": row,
        "children": row.children.order_by("sort_key"),
        "entries": entries[: queries.SHOWN],
        "total": entries.count(),
    }
    return render(request, "developers/detail.html", context)


@require_safe
@remembered
def sectors(request: HttpRequest) -> HttpResponse:
    return render(request, "sectors/list.html", {"sectors": queries.sectors()})


@require_safe
@remembered
def sector(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Sector, slug=slug)
    entries = queries.entries_of(row)
    context = {"sector": row, "entries": entries[: queries.SHOWN], "total": entries.count()}
    return render(request, "sectors/detail.html", context)
