"""Pages of developers, target industries and market figures."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from models_catalog.catalog import vocabularies as queries
from models_catalog.catalog.forms import SearchField
from models_catalog.catalog.home import claim_numbers
from models_catalog.catalog.page import marks_of
from models_catalog.catalog.results import references_shown
from models_catalog.catalog.rows import page_rows
from models_catalog.models import Developer, DeveloperClaim, Sector
from models_catalog.models.developer_facts import facts_of, not_held
from models_catalog.models.labels import name_order
from models_catalog.models.sector import current_slug
from models_catalog.models.vocabulary import DeveloperKind, Field
from models_catalog.pages.audit import page_of
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.moved import developer_by_name, moved_to, sector_by_name
from models_catalog.pages.http.public import public_page
from models_catalog.pages.linked_data import term_data


class DevelopersForm(forms.Form):
    q = SearchField(required=False, label=_("Name"))


@require_safe
@public_page(*DevelopersForm.base_fields, "page")
def developers(request: HttpRequest) -> HttpResponse:
    form = DevelopersForm(request.GET)
    is_sound = form.is_valid()
    rows = queries.developers(form.cleaned_data["q"]) if is_sound else Developer.objects.none()
    page = page_of(request, rows, queries.DEVELOPERS_PAGE)
    kinds = [(DeveloperKind(kind), list(rows)) for kind, rows in groupby(page, key=lambda row: row.kind)]
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    is_long = bool(chosen) or not is_sound or page.has_other_pages()
    context = {"form": form, "page": page, "kinds": kinds, "chosen": chosen, "is_long": is_long}
    return render(request, "developers/list.html", context, status=200 if is_sound else 400)


@require_safe
@public_page()
def developer(request: HttpRequest, slug: str) -> HttpResponse:
    told = DeveloperClaim.objects.public().select_related("source", "parent").order_by("field", "pk")
    found = (
        Developer.objects.reviewed().select_related("parent").prefetch_related(Prefetch("statements", told))
    )
    row = found.filter(slug=slug).first()
    if row is None:
        return developer_by_name(request, slug)
    context = {
        "developer": row,
        "groups": [(of, list(facts)) for of, facts in groupby(facts_of(row), key=lambda fact: fact.field)],
        "others": not_held(row),
        "children": row.children.reviewed().order_by(name_order(), "slug"),
        **_entries(row),
    }
    return render(request, "developers/detail.html", context)


@require_safe
@public_page()
def sectors(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "sectors/list.html",
        {"sectors": queries.sectors(), "numbers": claim_numbers(field=Field.SECTOR)},
    )


@require_safe
@public_page()
def sector(request: HttpRequest, slug: str) -> HttpResponse:
    row = Sector.objects.filter(slug=slug).first()
    if row is None and current_slug(slug) != slug:
        return moved_to(request, reverse("sector", args=[current_slug(slug)]))
    if row is None:
        return sector_by_name(request, slug)
    return render(
        request,
        "sectors/detail.html",
        {"sector": row, "linked_data": term_data(row, Frame(request)), **_entries(row)},
    )


def _entries(owner: Developer | Sector) -> dict[str, Any]:
    """Context of the owner's entries: the first ones with their source marks, and the total."""
    found, references = queries.entries_of(owner), references_shown()
    shown = list(found.values_list("pk", flat=True)[: queries.SHOWN])
    return {
        "entries": page_rows(shown, references),
        "total": found.count() if len(shown) == queries.SHOWN else len(shown),
        "marks": marks_of(shown, references.cited),
        "sources": references.public_sources,
    }


@require_safe
@public_page("figure", "page")
def market(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("figure")
    number = queries.page_with(wanted) if wanted else None
    if wanted and not number:
        raise Http404
    page = page_of(request, queries.figures(), queries.FIGURES_PAGE, number)
    return render(request, "market/market.html", {"page": page, "groups": queries.by_unit(page)})
