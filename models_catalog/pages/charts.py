"""Charts of the filtered catalog: pages, figures, plotted rows and pictures, all for the catalog's query string."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.addresses import Addresses, chips_of
from models_catalog.catalog.facets import FACETS
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.index.current import current
from models_catalog.catalog.page import facet_groups
from models_catalog.catalog.results import Present, references_shown, results_of, rows_of, sources_shown
from models_catalog.charts.chart import Built, Chart
from models_catalog.charts.drawing import static_images
from models_catalog.charts.drawing.embedding import heights_of
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.registry import CHARTS
from models_catalog.history.as_of import is_present
from models_catalog.limits.turns import in_turn
from models_catalog.models import Entry
from models_catalog.pages.files import error_lists, refused_as_json, refused_as_text
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.public import public_page
from models_catalog.pages.http.sharing import versioned, with_terms
from models_catalog.publish import writers

MOST_ENTRIES = 10_000
"""The most entries of which each has rows of its own; more are counted, and those of the past are refused."""
MOST_COUNTED = 50_000
"""The most that are counted: what claims say of them is one question to the database, some two seconds long there."""
KEPT, SMALL, MOST_ROWS = 8, 1_000, 4_000
"""The most charts that are kept of one state, and the most entries or sorts and the most rows of each: an entry has a row for
each of its values, and disputed ones may be any number. Some forty megabytes at worst.
"""


class EmbedForm(forms.Form):
    """Parameters of a chart's display; those of the catalog are read separately."""

    embed = forms.ChoiceField(choices=[("1", "1")], required=False)
    theme = forms.ChoiceField(choices=[("light", "light"), ("dark", "dark")], required=False)


View = Callable[[HttpRequest, Built], HttpResponseBase]
Refusal = Callable[[EntryFilter], HttpResponseBase]


def _of_one_chart(refuse: Refusal) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Decorator of views of one chart in one format: checks its name and the query string."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @require_safe
        @as_it_stood(filtered=True)
        @in_turn
        @wraps(view)
        def checked(request: HttpRequest, name: str) -> HttpResponseBase:
            if name not in CHARTS:
                raise Http404
            catalog = _catalog(request)
            built = _built(request, catalog, name)
            return refuse(catalog) if built is None else view(request, built)

        return checked

    return decorate


def _catalog(request: HttpRequest) -> EntryFilter:
    return EntryFilter(data=request.GET, queryset=Entry.objects.listed(), also_allowed=EmbedForm.base_fields)


def _builder(request: HttpRequest, catalog: EntryFilter) -> Callable[[Chart], Built] | None:
    """What builds charts of the filtered entries; None if the filter is invalid or matches too many, with an error on its
    form.
    """
    if not catalog.is_valid():
        return None
    results, links = results_of(catalog), Links(request.GET)
    if (count := results.total()) <= MOST_ENTRIES:
        entries = list(rows_of(results))
        return lambda chart: chart.build(entries, links)
    most = MOST_COUNTED if isinstance(results, Present) else MOST_ENTRIES
    if isinstance(results, Present) and count <= most:
        matching = results.matching
        return lambda chart: chart.count(matching, links)
    message = _("%(count)d entries are too many for one chart (limit: %(most)d). Narrow the filters.")
    catalog.form.add_error(None, message % {"count": count, "most": most})
    return None


def _built(request: HttpRequest, catalog: EntryFilter, name: str) -> Built | None:
    """A chart of the filtered entries; None as above. Its page, its data and its pictures are of one making."""
    if not is_present():
        return _made(request, catalog, name)
    query = [(one, *values) for one, values in request.GET.lists() if one not in EmbedForm.base_fields]
    key = ("chart", name, get_language(), get_script_prefix(), *query)
    state = current()
    built: Built | None = state.kept.get(key)
    if built is None:
        built = _made(request, catalog, name)
        if built and _is_small(built):
            state.remembered(key, lambda: built, most=KEPT)
    return built


def _is_small(built: Built) -> bool:
    entries = len(built.plotted.numbers) or built.of
    return entries <= SMALL and len(built.plotted.rows) <= MOST_ROWS


def _made(request: HttpRequest, catalog: EntryFilter, name: str) -> Built | None:
    build = _builder(request, catalog)
    return build and build(CHARTS[name])


# --- Pages ---------------------------------------------------------------------------------------------------------


@require_safe
@public_page(*EntryFilter.base_filters)
@as_it_stood(filtered=True)
@in_turn
def charts(request: HttpRequest) -> HttpResponse:
    """All charts for the current filters."""
    catalog = _catalog(request)
    build = _builder(request, catalog)
    if build is None:
        return _refused(request, catalog)
    built = [build(one) for one in CHARTS.values()]
    context = {
        "charts": [_shown(request, one) for one in built],
        "count": built[0].of,
        "chosen": _chosen(request, catalog),
        **_around(request),
    }
    return render(request, "charts/all.html", context)


@require_safe
@public_page(*EntryFilter.base_filters, *EmbedForm.base_fields)
@as_it_stood(filtered=True)
@in_turn
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart; with `embed=1` without the rest of the site, for frames on other sites."""
    if name not in CHARTS:
        raise Http404
    catalog, form = _catalog(request), EmbedForm(request.GET)
    if not form.is_valid():
        catalog.form.add_error(None, _("“embed” takes 1 or nothing, “theme” light or dark."))
    built = _built(request, catalog, name) if form.is_valid() else None
    if built is None:
        return _refused(request, catalog)
    context = {
        "chart": _shown(request, built),
        "count": built.of,
        "chosen": _chosen(request, catalog),
        **_around(request),
    }
    if form.cleaned_data["embed"]:
        theme = form.cleaned_data["theme"]
        return _frameable(render(request, "charts/embed.html", {**context, "theme": theme}))
    source_line = " ".join(source.label for source in context["sources"])
    context["chart"]["heights"] = heights_of(built, source_line)
    return render(request, "charts/one.html", context)


def _chosen(request: HttpRequest, catalog: EntryFilter) -> list[str]:
    """The active filters as text, for the title."""
    if not catalog.chosen:
        return []
    groups = facet_groups({name: catalog.chosen.get(name, []) for name in FACETS}, None, references_shown())
    return [
        f"{chip.heading}{_(': ')}{chip.label}" for chip in chips_of(catalog, groups, Addresses(request.GET))
    ]


def _frameable(response: HttpResponse) -> HttpResponse:
    """Let other sites frame this response: the one exception from the site's policy."""
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]  # for CSPMiddleware
    response.xframe_options_exempt = True  # for XFrameOptionsMiddleware
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _refused(request: HttpRequest, catalog: EntryFilter) -> HttpResponse:
    """Page with the refused values and their errors, without charts."""
    wrong = [
        {"name": name, "typed": request.GET.getlist(name), "errors": errors}
        for name, errors in error_lists(catalog).items()
    ]
    return render(request, "charts/refused.html", {"wrong": wrong, **_around(request)}, status=400)


def _around(request: HttpRequest) -> dict[str, Any]:
    links = Links(request.GET)
    return {"catalog_url": links.catalog(), "words": links.words, "sources": sources_shown()}


def _shown(request: HttpRequest, built: Built) -> dict[str, Any]:
    """Template context of a chart."""
    name, words = built.chart.name, built.links.words
    query = f"?{words}" if words else ""
    urls = {kind: f"{reverse(f'chart_{kind}', args=[name])}{query}" for kind in ("json", "csv", "svg", "png")}
    page = reverse("chart", args=[name])
    return {
        "built": built,
        "urls": urls,
        "url": f"{page}{query}",
        "embed_url": request.build_absolute_uri(f"{page}{query}{'&' if words else '?'}embed=1"),
    }


# --- Data and pictures ---------------------------------------------------------------------------------------------


@versioned
@_of_one_chart(refused_as_json)
def chart_json(request: HttpRequest, built: Built) -> HttpResponseBase:
    """The Plotly figure; counts, texts and unplaced entries are in `layout.meta`."""
    return JsonResponse(built.figure(), json_dumps_params={"ensure_ascii": False})


@versioned
@_of_one_chart(refused_as_text)
def chart_csv(request: HttpRequest, built: Built) -> HttpResponseBase:
    """All plotted rows."""
    name, plotted, words = built.chart.name, built.file, built.links.words
    cells: Iterator[list[writers.Cell]] = ([*row.values()] for row in plotted.records())
    # Whole, while the turn lasts: a slow reader of what is sent as it is made would hold a thread without one.
    lines = "".join(writers.csv_lines(cells, [str(column) for column in plotted.rows.columns]))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = writers.content_disposition(
        f"baimo-{name}-counts" if built.plotted.numbers else f"baimo-{name}", "csv"
    )
    cited = reverse("cite_chart", args=[name, "bib"]) + (f"?{words}" if words else "")
    return with_terms(request, response, cited_by=cited)


@versioned
@_of_one_chart(refused_as_text)
def chart_svg(request: HttpRequest, built: Built) -> HttpResponseBase:
    return HttpResponse(
        static_images.svg(built.figure(), _source_line(request)), content_type="image/svg+xml"
    )


@versioned
@_of_one_chart(refused_as_text)
def chart_png(request: HttpRequest, built: Built) -> HttpResponseBase:
    return HttpResponse(static_images.png(built.figure(), _source_line(request)), content_type="image/png")


def _source_line(request: HttpRequest) -> str:
    """The source of a picture, which may be shown on its own."""
    words = Links(request.GET).words
    address = request.build_absolute_uri(
        request.path.rpartition(".")[0] + "/" + (f"?{words}" if words else "")
    )
    return _("Source: Baimo, from claims with evidence") + f" · {address}"
