"""Comparisons as csv and json, with the same query string, rows and verdicts as the page."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.compare import files
from models_catalog.compare import subjects as queries
from models_catalog.compare.rows import ComparedRow
from models_catalog.models import Entry
from models_catalog.pages.compare import Asked, ComparisonProblem, examine, led_on
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.sharing import shared, with_terms
from models_catalog.publish import writers

FILE_NAME = "baimo-comparison"


@shared
@require_safe
@as_it_stood(filtered=True)
def compare_csv(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if asked.problem:
        lines = "\n".join([asked.problem.title, *asked.problem.messages])
        return HttpResponse(
            f"{lines}\n", status=asked.problem.status, content_type="text/plain; charset=utf-8"
        )
    if asked.found.merged:
        return led_on(request, asked, reverse("compare_csv"))
    entries = asked.found.listed
    rows = files.csv_rows(_rows(asked), entries)
    lines = "".join(writers.csv_lines(rows, files.csv_names(entries)))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = writers.content_disposition(FILE_NAME, "csv")
    cited = f"{reverse('cite_compare', args=['bib'])}?{request.GET.urlencode()}"
    return with_terms(request, response, cited_by=cited)


@shared
@require_safe
@as_it_stood(filtered=True)
def compare_json(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if asked.problem:
        return _json(_json_problem(asked, asked.problem), asked.problem.status)
    if asked.found.merged:
        return led_on(request, asked, reverse("compare_json"))
    found = {
        "count": len(asked.found.listed),
        "models": [files.json_entry(entry) | {"url": _url(request, entry)} for entry in asked.found.listed],
        "repeated": asked.form.repeated,
        "rows": [files.json_row(row) for row in _rows(asked)],
    }
    return _json(found)


def _asked(request: HttpRequest) -> Asked:
    """The page's result, except that a file needs at least two entries."""
    asked = examine(request)
    if asked.problem or asked.found.merged or len(asked.choice.slugs) > 1:
        return asked
    told = [_("Name at least two: ?model=…&model=…")]
    too_few = ComparisonProblem(HTTPStatus.BAD_REQUEST, _("There is nothing to compare with"), told)
    return Asked(asked.choice, asked.form, asked.found, too_few)


def _rows(asked: Asked) -> list[ComparedRow]:
    rows = queries.comparison(asked.found.listed)
    return [row for row in rows if row.differs] if asked.choice.differences else rows


def _json_problem(asked: Asked, problem: ComparisonProblem) -> dict[str, object]:
    return {
        "status": problem.status,
        "error": problem.status.phrase,
        "detail": " ".join([problem.title, *problem.messages]),
        "unknown": list(asked.found.unknown),
    }


def _json(body: dict[str, object], status: int = HTTPStatus.OK) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _url(request: HttpRequest, entry: Entry) -> str:
    return request.build_absolute_uri(reverse("entry", args=[entry.slug]))
