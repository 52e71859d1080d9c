"""The catalog: a page of the filtered list with its controls, and suggestions while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.addresses import (
    Addresses,
    Chip,
    Told404,
    chips_of,
    page_addresses,
    sort_choices,
    sort_headings,
)
from models_catalog.catalog.counts import TOTAL, Counts
from models_catalog.catalog.facets import FACETS, RANGES, SUBSIDIARIES, UNSTATED, split
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.forms import ColumnsForm, SuggestForm
from models_catalog.catalog.home import published_span
from models_catalog.catalog.page import PAGE_SIZE, PagePlace, facet_groups
from models_catalog.catalog.results import Results, references_shown, results_of
from models_catalog.catalog.search import suggestions
from models_catalog.models import Entry
from models_catalog.models.developer import with_subsidiaries
from models_catalog.pages.citing_selections import catalog_forms
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.public import FRAGMENT, public_page, wants_fragment
from models_catalog.pages.linked_data import dataset
from models_catalog.pages.rendering.put_together import table_rows

MOST_CHIPS = 30
"""Chosen values with addresses of their own: each writes all the others out again, so that 200 were a page of four megabytes."""


@require_safe
@public_page(*EntryFilter.base_filters, *ColumnsForm.base_fields, by=FRAGMENT)
@as_it_stood(filtered=True)
def models(request: HttpRequest) -> HttpResponse:
    columns = ColumnsForm(request.GET)
    catalog = EntryFilter(
        data=request.GET, queryset=Entry.objects.listed(), also_allowed=ColumnsForm.base_fields
    )
    for error in columns.errors.get("hide", ()):
        catalog.form.add_error(None, error)
    addresses = Addresses(request.GET)
    context = _results(request, catalog, addresses) if catalog.is_valid() else _refusal(catalog)
    fragment = wants_fragment(request)
    template = "catalog/_results.html" if fragment else "catalog/list.html"
    status = 200 if catalog.is_valid() else 400
    context |= {
        "catalog": catalog,
        "addresses": addresses,
        "columns": columns,
        "linked_data": dataset(Frame(request)),
    }
    if not getattr(request, "sources", None):  # for the form that leaves some out: they are at hand
        request.sources = context.get("sources")  # type: ignore[attr-defined]
    response = render(request, template, context, status=status)
    if fragment:
        response["HX-Push-Url"] = f"{request.path}?{addresses.here}" if addresses.here else request.path
    return response


def _results(request: HttpRequest, catalog: EntryFilter, addresses: Addresses) -> dict[str, Any]:
    results = results_of(catalog)
    references, counts = results.references, results.counts()
    page = PagePlace(catalog.chosen.get("page", 1), counts[TOTAL].get("", 0))
    if not page.exists:
        raise Told404(_("The list has no page %(number)s.") % {"number": page.number})
    groups = facet_groups(catalog.chosen, counts, references)
    chosen = chips_of(catalog, groups, addresses)
    chips = chosen if len(chosen) <= MOST_CHIPS + 1 else chosen[:MOST_CHIPS]
    ids = results.page((page.number - 1) * PAGE_SIZE, PAGE_SIZE)
    sort = sort_headings(catalog, addresses)
    return {
        "page": page,
        "groups": groups,
        "chosen": chosen,
        "chips": chips if page.total else _counted(catalog, results, chips),
        "hidden": _hidden(catalog, counts),
        "errors": {},
        "include_unstated": addresses.with_value("include_unstated", 1),
        "subsidiaries": _subsidiaries(catalog, results, page.total),
        "include_subsidiaries": addresses.with_value(SUBSIDIARIES, 1),
        "sort": sort,
        "sort_choices": sort_choices(),
        "page_addresses": page_addresses(page, addresses),
        "sources": references.public_sources,
        "span": published_span(references.public_sources),
        "cited_forms": catalog_forms(addresses.rows),
        "answers": results.answers() if catalog.chosen.get("q") else None,
        "rows": table_rows(request, results, ids, sort),
    }


def _refusal(catalog: EntryFilter) -> dict[str, Any]:
    """The context for an invalid filter: the values that were typed, and no rows."""
    typed = {name: catalog.data.getlist(name) for name in FACETS}
    groups = facet_groups(typed, None, references_shown(), catalog.errors)
    return {
        "page": PagePlace(1, 0),
        "groups": groups,
        "chosen": [],
        "chips": [],
        "hidden": {},
        "answers": None,
        "subsidiaries": 0,
        "rows": [],
        "errors": catalog.errors,
        "sort_choices": sort_choices(),
    }


def _hidden(catalog: EntryFilter, counts: Counts) -> dict[str, int]:
    """Range → number of entries that it hides because their value is not stated."""
    if catalog.chosen.get("include_unstated"):
        return {}
    active = [one.column for one in RANGES.values() if catalog.chosen.keys() & {one.low, one.high}]
    return {name: hidden for name in active if (hidden := counts[name].get(UNSTATED, 0))}


def _subsidiaries(catalog: EntryFilter, results: Results, total: int) -> int:
    """Number of entries that including the subsidiaries of the chosen developers would add."""
    chosen = catalog.chosen
    slugs = set(split(chosen.get("developer", ()))[0])
    if (
        not slugs
        or chosen.get(SUBSIDIARIES)
        or len(with_subsidiaries(slugs, results.references.developers.values())) == len(slugs)
    ):
        return 0
    return max(0, results.numbers({"": {**chosen, SUBSIDIARIES: True}})[""] - total)


def _counted(catalog: EntryFilter, results: Results, chips: list[Chip]) -> list[Chip]:
    """The chips of an empty result, each with the number of entries without it."""
    numbers = results.numbers({chip.address: catalog.chosen_without(chip.name, chip.value) for chip in chips})
    return [replace(chip, count=numbers[chip.address]) for chip in chips]


@require_safe
@public_page("q")
def suggest(request: HttpRequest) -> HttpResponse:
    """A listbox of the best entries for the typed text, as an HTML fragment."""
    form = SuggestForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=400)
    return render(request, "catalog/_suggestions.html", {"suggestions": suggestions(form.cleaned_data["q"])})


@require_safe
@public_page("q")
def suggest_json(request: HttpRequest) -> JsonResponse:
    form = SuggestForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    found = [
        {
            "slug": one.row.slug,
            "name": one.row.label,
            "name_zh": one.row.name_zh,
            "name_en": one.row.name_en or None,
            "developers": [developer.label for developer in one.row.developers],
            "reason": one.reason.text if one.reason else None,
            "is_near": one.is_near,
        }
        for one in suggestions(form.cleaned_data["q"])
    ]
    return JsonResponse({"results": found}, json_dumps_params={"ensure_ascii": False})
