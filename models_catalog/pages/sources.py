"""The articles, and what was taken from each."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from models_catalog.catalog import sources as queries
from models_catalog.pages.http.public import public_page


@require_safe
@public_page()
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "sources/list.html", {"sources": queries.sources()})


@require_safe
@public_page("page")
def source(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(queries.sources(), slug=slug)
    try:
        page = Paginator(queries.places(row), queries.PAGE).page(request.GET.get("page", "1")[:6])
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    context = {"source": row, "page": page, "findings": queries.findings(page.object_list)}
    return render(request, "sources/detail.html", context)
