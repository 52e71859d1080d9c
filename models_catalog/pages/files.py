"""The catalog as files, with the same query string and rows as the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from errno import EPIPE
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_catalog.catalog.filters import EntryFilter, FileFilter
from models_catalog.catalog.results import Present, Results, results_of, rows_of
from models_catalog.catalog.rows import EntryRow
from models_catalog.limits.files import a_turn
from models_catalog.models import Entry
from models_catalog.pages.citing import with_query
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.problems import refused
from models_catalog.pages.http.sharing import versioned, with_terms
from models_catalog.publish import writers
from models_catalog.publish.columns import NAMES
from models_catalog.publish.spreadsheet import MAX_ROWS, TooManyRows, xlsx_parts
from models_catalog.publish.writers import copied

FILE_NAME = "baimo-models"
PART = 64 * 1024
GRACE, SLOWEST = 10.0, 32 * 1024
"""Seconds that a client may lose, and the minimum rate in bytes per second beyond them."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@versioned
@require_safe
@as_it_stood(filtered=True)
def models_csv(request: HttpRequest) -> HttpResponseBase:
    catalog = FileFilter(data=request.GET, queryset=Entry.objects.listed())
    if not catalog.is_valid():
        return refused_as_text(catalog)
    results = results_of(catalog)
    if isinstance(results, Present):
        file: Iterator[str | bytes] = copied(results.matching, *around_slugs(request))
    else:
        file = writers.csv_lines(_flat(request, results))
    response = streamed(file, "text/csv; charset=utf-8", rows=results.total())
    response["Content-Disposition"] = writers.content_disposition(FILE_NAME, "csv")
    cited = with_query(reverse("cite_models", args=["bib"]), request.GET)
    return with_terms(request, response, reverse("models_csv_metadata"), cited)


@versioned
@require_safe
@as_it_stood(filtered=True)
def models_json(request: HttpRequest) -> HttpResponseBase:
    catalog = FileFilter(data=request.GET, queryset=Entry.objects.listed())
    if not catalog.is_valid():
        return refused_as_json(catalog)
    url_of = url_builder(request)
    results = results_of(catalog)
    objects = (writers.json_object(row, url_of(row)) for row in rows_of(results))
    total = results.total()
    return streamed(writers.json_lines(objects, total), "application/json", rows=total)


@versioned
@require_safe
@as_it_stood(filtered=True)
def models_xlsx(request: HttpRequest) -> HttpResponseBase:
    catalog = FileFilter(data=request.GET, queryset=Entry.objects.listed())
    if not catalog.is_valid():
        return refused_as_text(catalog)
    results = results_of(catalog)
    return spreadsheet(_flat(request, results), FILE_NAME, rows=results.total())


def spreadsheet(
    rows_of_cells: Iterable[list[writers.Cell]],
    name: str,
    names: Iterable[str] = NAMES,
    title: str = "models",
    *,
    rows: int,
) -> HttpResponseBase:
    """An XLSX file of `rows` rows; 400 if a sheet cannot hold that many."""
    if rows > MAX_ROWS:
        return _as_text([str(TooManyRows())])
    response = streamed(xlsx_parts(rows_of_cells, names, title), XLSX, rows=rows)
    response["Content-Disposition"] = writers.content_disposition(name, "xlsx")
    return response


def streamed(chunks: Iterator[Any], content_type: str, *, rows: int = 0) -> StreamingHttpResponse:
    """A response in chunks, which waits for its turn if it has many `rows`.

    The first chunk is made here, so that a failing query is an error and not a partial file.
    """
    parts = _in_turn(chunks, rows)
    return StreamingHttpResponse(_behind(next(parts), parts), content_type=content_type)


def _in_turn(chunks: Iterator[Any], rows: int) -> Generator[Any]:
    with a_turn(rows):
        yield from paced(chunks)


def paced(chunks: Iterator[Any]) -> Generator[Any]:
    """The chunks in parts of at most PART bytes. Disconnects slow clients, since others wait for the turn."""
    waited = taken = 0.0
    for chunk in chunks:
        for start in range(0, len(chunk), PART):
            given = time.monotonic()
            yield chunk[start : start + PART]
            waited += time.monotonic() - given
            taken += PART
            if waited > GRACE + taken / SLOWEST:
                raise BrokenPipeError(
                    EPIPE, "the reader is too slow"
                )  # the client sees that the file is incomplete


def _behind(first: Any, parts: Generator[Any]) -> Iterator[Any]:
    """All parts; closing the iterator (the client left) closes the generator."""
    with closing(parts):
        yield first
        yield from parts


def refused_as_text(catalog: EntryFilter) -> HttpResponse:
    """400 with the errors of the query string, one per line."""
    lines = [f"{name}: {error}" for name, errors in error_lists(catalog).items() for error in errors]
    return _as_text(lines)


def _as_text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def refused_as_json(catalog: EntryFilter) -> JsonResponse:
    return refused(error_lists(catalog))


def error_lists(catalog: EntryFilter) -> dict[str, list[str]]:
    """Parameter → error messages; `query` → errors of the query string as a whole."""
    return {
        "query" if name == "__all__" else name: [str(error) for error in errors]
        for name, errors in catalog.errors.items()
    }


def url_builder(request: HttpRequest) -> Callable[[EntryRow], str]:
    """A function from a row to the full address of its entry; the route is resolved only once."""
    head, tail = around_slugs(request)
    return lambda row: f"{head}{row.slug}{tail}"


def around_slugs(request: HttpRequest) -> tuple[str, str]:
    """The text before and after the slug in the full address of an entry."""
    head, _slug, tail = request.build_absolute_uri(reverse("entry", args=["slug"])).rpartition("slug")
    return head, tail


def _flat(request: HttpRequest, results: Results) -> Iterator[list[writers.Cell]]:
    url_of = url_builder(request)
    return (writers.flat_cells(row, url_of(row)) for row in rows_of(results))
