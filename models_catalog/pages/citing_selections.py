"""Citations of selections, a chart or the catalog, titled with the labels of their filter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.addresses import Addresses, chips_of
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.page import facet_groups
from models_catalog.catalog.results import references_shown
from models_catalog.charts.registry import CHARTS
from models_catalog.history.as_of import is_present
from models_catalog.models import Entry
from models_catalog.pages.citing import cited_as, file_of, mark_of, of_registry, with_query
from models_catalog.pages.files import refused_as_text
from models_catalog.pages.http.as_of import PARAMETERS, as_it_stood
from models_catalog.pages.http.sharing import versioned
from models_catalog.publish.citations import FORMS, Citation

BESIDE = (*PARAMETERS, "embed", "theme", "page")
"""Parameters of a query that are not part of the cited selection."""


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
@as_it_stood(filtered=False)
def cite_chart(request: HttpRequest, name: str, form: str) -> HttpResponse:
    if name not in CHARTS:
        raise Http404
    return file_of(of_chart(request, name), form)


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
@as_it_stood(filtered=True)
def cite_models(request: HttpRequest, form: str) -> HttpResponse:
    catalog = EntryFilter(data=request.GET, queryset=Entry.objects.listed())
    return file_of(of_catalog(request), form) if catalog.is_valid() else refused_as_text(catalog)


def of_chart(request: HttpRequest, name: str) -> Citation:
    query = _selection(request)
    titles = _titles(query, lambda: str(CHARTS[name].label))
    key = f"baimo-chart-{name}{mark_of(query.urlencode()) if query else ''}"
    return cited_as(request, key, titles, with_query(reverse("chart", args=[name]), query))


def of_catalog(request: HttpRequest) -> Citation:
    """The selected entries, or the registry if the query selects all of them."""
    query = _selection(request)
    if not query and is_present():
        return of_registry(request)
    titles = _titles(query, lambda: _("Models")) if query else ("", "")
    key = f"baimo-models{mark_of(query.urlencode())}" if query else "baimo"
    return cited_as(request, key, titles, with_query(reverse("models"), query))


def catalog_forms(query: str) -> list[tuple[str, str]]:
    """Name and address of each citation format of the catalog for a query."""
    tail = f"?{query}" if query else ""
    return [(FORMS[form][0], f"{reverse('cite_models', args=[form])}{tail}") for form in FORMS]


def _selection(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    for beside in BESIDE:
        query.pop(beside, None)
    for empty in [key for key, values in query.lists() if not any(values)]:
        del query[empty]
    return query


def _titles(query: QueryDict, title: Callable[[], str]) -> tuple[str, str]:
    """The Chinese and the English title, each with the filters."""
    return _title(query, title, "zh-hans"), _title(query, title, "en")


def _title(query: QueryDict, title: Callable[[], str], language: str) -> str:
    with translation.override(language):
        chosen = query_words(query)
        return _("%(title)s (%(chosen)s)") % {"title": title(), "chosen": chosen} if chosen else title()


def query_words(query: QueryDict) -> str:
    """The filters of a query string as labels; "" without filters or if it is invalid."""
    catalog = EntryFilter(data=query, queryset=Entry.objects.listed()) if query else None
    if catalog is None or not catalog.is_valid():
        return ""
    chips = chips_of(catalog, facet_groups(catalog.chosen, None, references_shown()), Addresses(query))
    told = (_("%(heading)s: %(label)s") % {"heading": one.heading, "label": one.label} for one in chips)
    return _("; ").join(told)
