"""Published tables as files: models as Parquet; claims, the evidence, as Parquet, CSV, JSON and XLSX."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_catalog.limits.files import rows_in_stretches
from models_catalog.limits.turns import in_turn
from models_catalog.pages.api.addresses import url_builder
from models_catalog.pages.files import spreadsheet, streamed
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.problems import refused, take_nothing
from models_catalog.pages.http.sharing import versioned, with_terms
from models_catalog.publish import writers
from models_catalog.publish.csvw import metadata
from models_catalog.publish.parquet import write_parquet
from models_catalog.publish.selection import Selection
from models_catalog.publish.tables import CLAIMS, MODELS, Table

PARQUET = "application/vnd.apache.parquet"


@versioned
@require_safe
@as_it_stood(filtered=True)
@in_turn
def models_parquet(request: HttpRequest) -> HttpResponseBase:
    return _parquet(request, MODELS)


@versioned
@require_safe
@as_it_stood(filtered=True)
@in_turn
def claims_parquet(request: HttpRequest) -> HttpResponseBase:
    return _parquet(request, CLAIMS)


@versioned
@require_safe
@as_it_stood(filtered=True)
def claims_csv(request: HttpRequest) -> HttpResponseBase:
    selection = Selection(CLAIMS, request.GET)
    if selection.errors:
        return _refused_as_text(selection)
    records = selection.records
    lines = (
        [*one.values()] for one in CLAIMS.objects(rows_in_stretches(records), url_builder(request, CLAIMS))
    )
    parts = writers.csv_lines(lines, CLAIMS.names)
    response = streamed(parts, "text/csv; charset=utf-8", rows=records.count())
    response["Content-Disposition"] = writers.content_disposition(_name(CLAIMS), "csv")
    return with_terms(request, response, reverse("claims_csv_metadata"))


@versioned
@require_safe
def models_csv_metadata(request: HttpRequest) -> JsonResponse:
    return _metadata(request, MODELS)


@versioned
@require_safe
def claims_csv_metadata(request: HttpRequest) -> JsonResponse:
    return _metadata(request, CLAIMS)


def _metadata(request: HttpRequest, table: Table) -> JsonResponse:
    """CSVW metadata of a CSV file: columns, licence and citation, at the address where CSV on the Web looks for it."""
    take_nothing(request)
    here = request.build_absolute_uri
    language = Frame(request).tag
    body = metadata(
        table, language, here(reverse("dictionary")), here(reverse("cite_registry", args=["bib"]))
    )
    written = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(body, json_dumps_params=written, content_type="application/csvm+json")


@versioned
@require_safe
@as_it_stood(filtered=True)
def claims_json(request: HttpRequest) -> HttpResponseBase:
    selection = Selection(CLAIMS, request.GET)
    if selection.errors:
        return refused(selection.errors)
    records = selection.records
    objects = CLAIMS.objects(rows_in_stretches(records), url_builder(request, CLAIMS))
    total = records.count()
    return streamed(writers.json_lines(objects, total), "application/json", rows=total)


@versioned
@require_safe
@as_it_stood(filtered=True)
def claims_xlsx(request: HttpRequest) -> HttpResponseBase:
    selection = Selection(CLAIMS, request.GET)
    if selection.errors:
        return _refused_as_text(selection)
    records = selection.records
    cells = CLAIMS.cells(rows_in_stretches(records), url_builder(request, CLAIMS))
    return spreadsheet(cells, _name(CLAIMS), CLAIMS.names, CLAIMS.name, rows=records.count())


def _parquet(request: HttpRequest, table: Table) -> HttpResponseBase:
    selection = Selection(table, request.GET)
    if selection.errors:
        return _refused_as_text(selection)
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_parquet(file, table, selection.rows, url_builder(request, table))
    file.seek(0)
    response = FileResponse(file, content_type=PARQUET)
    response["Content-Disposition"] = writers.content_disposition(_name(table), "parquet")
    return response


def _refused_as_text(selection: Selection) -> HttpResponse:
    lines = [f"{name}: {error}" for name, errors in selection.errors.items() for error in errors]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def _name(table: Table) -> str:
    return f"baimo-{table.name}"
