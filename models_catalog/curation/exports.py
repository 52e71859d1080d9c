"""Exports of the admin's lists, in the list's order, optionally with the evidence of each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

from django.db import connections
from django.db.models import CharField, DateTimeField, F, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from models_catalog.catalog.rows import EntryRow, References, page_rows
from models_catalog.limits.files import STRETCH, ids_in_stretches
from models_catalog.models import Claim, FigureEvidence
from models_catalog.models.vocabulary import Field, Status
from models_catalog.pages.files import around_slugs, spreadsheet, streamed, url_builder
from models_catalog.publish import writers
from models_catalog.publish.columns import NAMES
from models_catalog.publish.writers import Cell, copied_entries, copied_rows, text_cell

HEADINGS = {field.value: f"{field.value}_evidence" for field in Field}
"""Field → the column of its evidence."""


class EvidenceRow(NamedTuple):
    """The evidence of one claim; `words` is the quotation, or the value if no article is quoted.

    Evidence of a market figure has no status, because it is not reviewed.
    """

    words: str
    source: str | None
    line: int | None
    start: int | None
    end: int | None
    basis: str
    status: str | None = None

    def __str__(self) -> str:
        """`2600亿 [xinghai-2023 12:3-9, stated, accepted]`; the place is left out if there is no source."""
        line = f" {self.line}:{self.start}-{self.end}" if self.line else ""
        place = f"{self.source}{line}, " if self.source else ""
        status = f", {self.status}" if self.status else ""
        return f"{self.words} [{place}{self.basis}{status}]"

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


_SAID = """
SELECT claim.entry_id, claim.field,
    coalesce(nullif(claim.quotation, ''), nullif(claim.text, ''), nullif(claim.token, ''), developer.slug, sector.slug,
        parent.slug, nullif(claim.event, ''), claim.number::text, ''),
    source.slug, claim.line, claim.start, claim."end", claim.basis, claim.status
FROM models_catalog_claim claim
LEFT JOIN models_catalog_source source ON source.id = claim.source_id
LEFT JOIN models_catalog_developer developer ON developer.id = claim.developer_id
LEFT JOIN models_catalog_sector sector ON sector.id = claim.sector_id
LEFT JOIN models_catalog_entry parent ON parent.id = claim.parent_id
WHERE claim.entry_id = ANY(%s) AND claim.status = ANY(%s)
ORDER BY claim.entry_id, claim.field, claim.position, claim.id
"""
"""SQL, like `catalog.rows`: loading half a million claims as objects takes minutes."""


def evidence_of(entries: Sequence[int]) -> dict[int, dict[str, list[EvidenceRow]]]:
    """Return entry → field → the evidence of its accepted and disputed claims, in order."""
    found: dict[int, dict[str, list[EvidenceRow]]] = {}
    with connections[Claim.objects.db].cursor() as cursor:
        cursor.execute(_SAID, [list(entries), [Status.ACCEPTED.value, Status.DISPUTED.value]])
        for entry, field, *said in cursor.fetchall():
            found.setdefault(entry, {}).setdefault(field, []).append(EvidenceRow(*said))
    return found


def evidence_of_figures(slugs: Sequence[str]) -> dict[str, list[EvidenceRow]]:
    """Return slug of a market figure → its evidence."""
    found: dict[str, list[EvidenceRow]] = {}
    said = FigureEvidence.objects.filter(figure__slug__in=slugs)
    columns = ("figure__slug", "quotation", "source__slug", "line", "start", "end", "basis")
    for slug, *place in said.order_by("source__slug", "line", "start").values_list(*columns):
        found.setdefault(slug, []).append(EvidenceRow(*place))
    return found


FORMS = ("csv", "xlsx", "json")


class ListSheet(Protocol):
    """A table that can be exported as CSV, XLSX or JSON."""

    @property
    def name(self) -> str: ...

    def names(self) -> tuple[str, ...]: ...

    def csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[Any]: ...

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]: ...

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]: ...


@dataclass(frozen=True)
class ColumnSheet:
    """A table whose columns PostgreSQL computes: each is the path of a field, or an expression."""

    name: str
    columns: Mapping[str, str | Combinable]

    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[bytes]:
        heading = next(writers.csv_lines([], self.names())).encode()
        wanted = self._wanted(queryset)
        sql, params = wanted.query.sql_with_params()
        statement = _copy_of(sql, [one.output_field for one in wanted.query.annotation_select.values()])
        for ids in ids_in_stretches(queryset):
            yield heading + copied_rows(queryset.db, statement, [*params, ids, ids])
            heading = b""
        yield heading

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        wanted = self._wanted(queryset)
        for ids in ids_in_stretches(queryset):
            found = {pk: cells for pk, *cells in wanted.filter(pk__in=ids)}
            yield from (found[pk] for pk in ids if pk in found)

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        for row in self.rows(request, queryset):
            yield {name: _json(cell) for name, cell in zip(self.columns, row, strict=True)}

    def _wanted(self, queryset: QuerySet[Any]) -> QuerySet[Any, Any]:
        """Return id and cells of every row of the table, unordered."""
        cells = [F(one) if isinstance(one, str) else one for one in self.columns.values()]
        table = queryset.model._default_manager.using(queryset.db)
        wanted: QuerySet[Any, Any] = table.order_by().values_list("pk", *cells)
        return wanted


_COPY = """
COPY (
    SELECT asked.place, {cells} FROM ({sql}) AS found (id, {columns})
    JOIN unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, place) ON asked.id = found.id
    WHERE found.id = ANY(%s)
) TO STDOUT (FORMAT csv)
"""  # our own columns; without ANY, PostgreSQL reads the whole table for each batch


def _copy_of(sql: str, kinds: list[Any]) -> str:
    """Build a COPY of the rows of `sql` (id, typed cells) for the ids in its last two parameters, each after its place."""
    columns = [f"c{place}" for place in range(len(kinds))]
    cells = (_csv_cell(column, kind) for column, kind in zip(columns, kinds, strict=True))
    return _COPY.format(cells=", ".join(cells), sql=sql, columns=", ".join(columns))


def _csv_cell(column: str, kind: Any) -> str:
    if isinstance(kind, CharField | TextField):
        return text_cell(column)
    if isinstance(kind, DateTimeField):
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
    return column


def _json(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return writers.json_cell(cell)


def _entries(queryset: QuerySet[Any]) -> Iterator[EntryRow]:
    """Yield the entries of a list in its order."""
    references = References.load().of_curators
    return chain.from_iterable(page_rows(ids, references) for ids in ids_in_stretches(queryset))


@dataclass(frozen=True)
class EntrySheet:
    """Entries, with the same columns as the public files."""

    name: str = "entries"

    def names(self) -> tuple[str, ...]:
        return NAMES

    def csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[Any]:
        return copied_entries(ids_in_stretches(queryset), *around_slugs(request))

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        url_of = url_builder(request)
        for row in _entries(queryset):
            yield writers.flat_cells(row, url_of(row))

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        url_of = url_builder(request)
        for row in _entries(queryset):
            yield writers.json_object(row, url_of(row))


@dataclass(frozen=True)
class EvidenceSheet:
    """Entries with the public columns, followed by the evidence of each field's claims."""

    name: str = "entries-with-evidence"

    def names(self) -> tuple[str, ...]:
        return (*NAMES, *HEADINGS.values())

    def csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[Any]:
        return writers.csv_lines(self.rows(request, queryset), self.names())

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        url_of = url_builder(request)
        for row, found in _with_evidence(_entries(queryset)):
            said = (writers.SEPARATOR.join(map(str, found.get(field, ()))) or None for field in HEADINGS)
            yield [*writers.flat_cells(row, url_of(row)), *said]

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        url_of = url_builder(request)
        for row, found in _with_evidence(_entries(queryset)):
            said = {
                heading: [one.as_json() for one in found.get(field, ())]
                for field, heading in HEADINGS.items()
            }
            yield writers.json_object(row, url_of(row)) | said


def _with_evidence(rows: Iterator[EntryRow]) -> Iterator[tuple[EntryRow, Mapping[str, list[EvidenceRow]]]]:
    """Yield each row with field → evidence, fetched for a batch of rows at a time."""
    while chunk := list(islice(rows, STRETCH)):
        said = evidence_of([row.pk for row in chunk])
        yield from ((row, said.get(row.pk, {})) for row in chunk)


@dataclass(frozen=True)
class FigureEvidenceSheet:
    """Market figures with the columns of `figures` (slug first), followed by their evidence."""

    figures: ColumnSheet
    name: str = "market-figures-with-evidence"

    def names(self) -> tuple[str, ...]:
        return (*self.figures.names(), "evidence")

    def csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[Any]:
        return writers.csv_lines(self.rows(request, queryset), self.names())

    def rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[list[Cell]]:
        for row, said in _said_of(self.figures.rows(request, queryset)):
            yield [*row, writers.SEPARATOR.join(map(str, said)) or None]

    def objects(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        for row, said in _said_of(self.figures.rows(request, queryset)):
            cells = zip(self.figures.names(), map(_json, row), strict=True)
            yield {**dict(cells), "evidence": [one.as_json() for one in said]}


def _said_of(rows: Iterator[list[Cell]]) -> Iterator[tuple[list[Cell], list[EvidenceRow]]]:
    """Yield each row (slug first) with its evidence, fetched for a batch of rows at a time."""
    while chunk := list(islice(rows, STRETCH)):
        said = evidence_of_figures([str(row[0]) for row in chunk])
        yield from ((row, said.get(str(row[0]), [])) for row in chunk)


def respond(request: HttpRequest, sheet: ListSheet, queryset: QuerySet[Any], form: str) -> HttpResponseBase:
    """Stream the rows of `queryset`, in its order, in one of FORMS."""
    rows = queryset.count()
    name = f"baimo-{sheet.name}-{timezone.localdate().isoformat()}"
    if form == "xlsx":
        return spreadsheet(sheet.rows(request, queryset), name, sheet.names(), sheet.name, rows=rows)
    if form == "csv":
        response = streamed(sheet.csv(request, queryset), "text/csv; charset=utf-8", rows=rows)
    else:
        results = writers.json_lines(sheet.objects(request, queryset), rows)
        response = streamed(results, "application/json", rows=rows)
    response["Content-Disposition"] = writers.content_disposition(name, form)
    return response
