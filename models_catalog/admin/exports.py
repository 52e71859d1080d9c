"""What the admin's lists export: the rows of a list in its order, through the catalog's own writers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import Any, Protocol

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from models_catalog import exports
from models_catalog.columns import NAMES
from models_catalog.exports import Cell
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field, Status
from models_catalog.queries.references import References
from models_catalog.queries.rows import CHUNK, EntryRow, page_rows
from models_catalog.views.exports import XLSX, streamed, url_builder

FORMS = ("csv", "xlsx", "json")


class Sheet(Protocol):
    """A table as files have it."""

    @property
    def name(self) -> str: ...

    def names(self) -> tuple[str, ...]: ...

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]: ...

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]: ...


@dataclass(frozen=True)
class ColumnSheet:
    """A table whose columns are read off each row. `related` names what the columns look at."""

    name: str
    columns: Mapping[str, Callable[[Any], Cell]]
    related: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        wanted = queryset.prefetch_related(None).order_by()
        if self.related:
            wanted = wanted.select_related(*self.related)
        for ids in chunks_of_ids(queryset):
            rows = {row.pk: row for row in wanted.filter(pk__in=ids)}
            yield from ([read(rows[pk]) for read in self.columns.values()] for pk in ids if pk in rows)

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        for row in self.rows(request, queryset):
            yield {name: _json(cell) for name, cell in zip(self.columns, row, strict=True)}


def chunks_of_ids(queryset: QuerySet[Any]) -> Iterator[Sequence[int]]:
    """The ids of a list in its order, of which only these eight bytes a row are held.

    Sorting whole rows of a hundred thousand takes longer than a statement may; sorting their ids does not, and each
    chunk of rows is a short statement.
    """
    plain = queryset.prefetch_related(None).select_related(None)
    ids = array("q", plain.values_list("pk", flat=True).iterator(chunk_size=10 * CHUNK))
    return (ids[first : first + CHUNK].tolist() for first in range(0, len(ids), CHUNK))


def _entries(queryset: QuerySet[Any]) -> Iterator[EntryRow]:
    """The entries of a list in its order."""
    references = References.load()
    return chain.from_iterable(page_rows(ids, references) for ids in chunks_of_ids(queryset))


def _json(cell: Cell) -> Any:
    if isinstance(cell, str | int | None):
        return cell if cell != "" else None
    return float(cell) if isinstance(cell, Decimal) else cell.isoformat()


@dataclass(frozen=True)
class EntrySheet:
    """Entries, column by column as the public files have them."""

    name: str = "entries"

    def names(self) -> tuple[str, ...]:
        return NAMES

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        url_of = url_builder(request)
        for row in _entries(queryset):
            yield exports.flat_cells(row, url_of(row))

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        url_of = url_builder(request)
        for row in _entries(queryset):
            yield exports.json_object(row, url_of(row))


@dataclass(frozen=True)
class EvidenceSheet:
    """Entries with, behind the public columns, the claims of each field: who says it, where, in which words."""

    name: str = "entries-with-evidence"

    def names(self) -> tuple[str, ...]:
        return (*NAMES, *(f"{field.value}_evidence" for field in Field))

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        url_of = url_builder(request)
        for row, evidence in _with_evidence(_entries(queryset)):
            said = [exports.SEPARATOR.join(evidence.get(field, ())) or None for field in Field]
            yield [*exports.flat_cells(row, url_of(row)), *said]

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        url_of = url_builder(request)
        for row, evidence in _with_evidence(_entries(queryset)):
            said = {f"{field.value}_evidence": evidence.get(field, []) for field in Field}
            yield exports.json_object(row, url_of(row)) | said


def _with_evidence(rows: Iterator[EntryRow]) -> Iterator[tuple[EntryRow, dict[str, list[str]]]]:
    """Each row with field → its claims as text, fetched a chunk of rows at a time."""
    while chunk := [row for _place, row in zip(range(CHUNK), rows, strict=False)]:
        said: dict[int, dict[str, list[str]]] = {row.pk: {} for row in chunk}
        for claim in Claim.objects.public().filter(entry__in=said).select_related("source"):
            said[claim.entry_id].setdefault(claim.field, []).append(evidence_text(claim))
        for row in chunk:
            yield row, said[row.pk]


def evidence_text(claim: Claim) -> str:
    """`2600亿 [xinghai-2023 12:3-9]`; a claim that stands on no article says on what it stands."""
    where = f"{claim.source.slug} {claim.place}" if claim.source else claim.get_basis_display()
    marks = "" if claim.status == Status.ACCEPTED else f", {claim.get_status_display()}"
    return f"{claim.quotation or claim.text or claim.token_label} [{where}{marks}]"


def respond(request: HttpRequest, sheet: Sheet, queryset: QuerySet[Any], form: str) -> HttpResponseBase:
    """The rows of `queryset`, in its order, as one of FORMS; streamed, or by way of a file for a spreadsheet."""
    response: HttpResponseBase
    if form == "csv":
        lines = exports.csv_lines(sheet.rows(request, queryset), sheet.names())
        response = streamed(lines, "text/csv; charset=utf-8")
    elif form == "json":
        results = sheet.objects(request, queryset)
        response = streamed(exports.json_lines(results, queryset.count()), "application/json")
    elif queryset.count() > exports.MAX_XLSX_ROWS:
        raise BadRequest("a spreadsheet holds no more than 1,048,575 rows")
    else:
        response = _spreadsheet(sheet, sheet.rows(request, queryset))
    name = f"baimo-{sheet.name}-{timezone.localdate().isoformat()}"
    response["Content-Disposition"] = exports.content_disposition(name, form)
    return response


def _spreadsheet(sheet: Sheet, rows: Iterator[list[Cell]]) -> HttpResponseBase:
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    exports.write_xlsx(file, rows, sheet.names())
    file.seek(0)
    return FileResponse(file, content_type=XLSX)
