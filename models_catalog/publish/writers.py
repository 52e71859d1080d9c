"""Rows as CSV and JSON, in parts. CSV of the current catalog comes from PostgreSQL's COPY, many times as fast."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import numpy as np
from django.db import connections

from models_catalog.catalog.index.coded import Array, Labels
from models_catalog.catalog.index.current import current
from models_catalog.catalog.index.matching import Matching
from models_catalog.catalog.index.ordering import in_order
from models_catalog.catalog.index.state import IndexState
from models_catalog.catalog.rows import EntryRow
from models_catalog.limits.files import FIRST, unhurried_once
from models_catalog.models.labels import Labelled
from models_catalog.publish.column import Column, Row, Value, with_url
from models_catalog.publish.columns import COLUMNS, NAMES

BOM = "\ufeff"
SEPARATOR = "; "
FORMULA_LEADS = tuple("=+-@\t\r\n\0＝＋－＠")
"""Characters that may begin a formula in a spreadsheet, with their full-width forms."""

ROWS_A_CHUNK = 500

Cell = str | int | Decimal | date | None


def content_disposition(name: str, extension: str) -> str:
    """An attachment header (RFC 6266) with the name in ASCII for old clients and in UTF-8."""
    plain = name.encode("ascii", "ignore").decode().strip() or "baimo"
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(name)}.{extension}"


def flat_cells(row: EntryRow, url: str) -> list[Cell]:
    """A row as cells: lists joined, rows of other tables by label, None for unknown."""
    return with_url(COLUMNS, (flat(column.read(row)) for column in COLUMNS), url)


def flat(value: Value) -> Cell:
    """A value as one cell."""
    if isinstance(value, list):
        value = SEPARATOR.join(one.label if isinstance(one, Labelled) else str(one) for one in value)
    return None if value == "" else value


def spreadsheet_safe(cell: Cell) -> Cell:
    """The cell with text escaped against formulas; numbers and dates unchanged, times to the second."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_LEADS) else cell


class _Line:
    """A file whose `write` returns the text."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[list[Cell]], names: Iterable[str] = NAMES) -> Iterator[str]:
    """CSV (RFC 4180) with a heading and a byte order mark, in chunks of lines."""
    writer = csv.writer(_Line())
    chunk = [BOM + writer.writerow(names)]
    for row in rows:
        chunk.append(writer.writerow([spreadsheet_safe(cell) for cell in row]))
        if len(chunk) >= ROWS_A_CHUNK:
            yield "".join(chunk)
            chunk = []
    yield "".join(chunk)


def json_object(row: EntryRow, url: str) -> dict[str, Any]:
    """A row as JSON: lists as lists, other tables' rows as objects, null for unknown."""
    values = with_url(COLUMNS, (json_value(column, row) for column in COLUMNS), url)
    return dict(zip(NAMES, values, strict=True))


def json_value(column: Column[Row], row: Row) -> Any:
    """A column's value in JSON: objects for rows of another table, null for unknown."""
    value = column.read(row)
    if column.type == "objects" and isinstance(value, list):
        return [{"slug": one.slug, "name_zh": one.name_zh, "name_en": one.name_en or None} for one in value]
    return json_cell(value)


def json_cell(value: Any) -> Any:
    """A number, day, moment (to the second, in UTC) or text as JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if value == "" else value


def json_lines(objects: Iterable[dict[str, Any]], count: int) -> Iterator[str]:
    """`{"count": n, "results": [...]}`, in chunks of results."""
    chunk = [f'{{"count": {count}, "results": [']
    separator = "\n"
    for one in objects:
        chunk.append(separator + json.dumps(one, ensure_ascii=False))
        separator = ",\n"
        if len(chunk) >= ROWS_A_CHUNK:
            yield "".join(chunk)
            chunk = []
    yield "".join([*chunk, "\n]}\n"])


STRETCH = 10_000
"""Rows of the catalog read at a time, after the first part."""

_LEADS = ", ".join(
    str(ord(lead)) for lead in FORMULA_LEADS if lead != "\0"
)  # PostgreSQL text cannot hold NUL
_COPY = """
COPY (
    SELECT {cells}
    FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[])
        WITH ORDINALITY AS asked (id, makers, sectors, sources, place)
    JOIN models_catalog_entry entry ON entry.id = asked.id
    LEFT JOIN models_catalog_entry parent ON parent.id = entry.parent_id AND parent.is_listed
    JOIN unnest(%s::text[], %s::text[]) WITH ORDINALITY AS made (names, kinds, code) ON made.code = asked.makers
    JOIN unnest(%s::text[]) WITH ORDINALITY AS meant (names, code) ON meant.code = asked.sectors
    JOIN unnest(%s::text[]) WITH ORDINALITY AS cited (names, code) ON cited.code = asked.sources
    ORDER BY asked.place
) TO STDOUT (FORMAT csv)
"""  # columns of ours


def copied(matching: Matching, head: str, tail: str) -> Iterator[bytes]:
    """CSV of the matching entries, in parts. An entry's address is its slug between `head` and `tail`."""
    yield next(csv_lines([])).encode()
    has_begun = False
    for ids in stretches(in_order(matching)):
        with unhurried_once(has_begun, matching.state.alias):
            part = _rows(matching.state, ids, head, tail)
        has_begun = True
        yield part


def copied_entries(stretches_of_ids: Iterable[list[int]], head: str, tail: str) -> Iterator[bytes]:
    """CSV of any entries, listed or not, in the order of the ids."""
    heading = next(csv_lines([])).encode()
    for ids in stretches_of_ids:
        state = current()
        every = replace(state, references=state.references.of_curators)
        yield heading + _rows(every, np.array(ids), head, tail)
        heading = b""
    yield heading


def stretches(parts: Iterator[Array]) -> Iterator[Array]:
    """The same ids in parts of FIRST and then at most STRETCH."""
    size = FIRST
    for part in parts:
        start = 0
        while start < len(part):
            yield part[start : start + size]
            start, size = start + size, STRETCH


def _rows(state: IndexState, ids: Array, head: str, tail: str) -> bytes:
    rows = state.rows(ids)
    made, meant, cited = (_Sets.of(state, name, rows) for name in ("developer", "sector", "source"))
    labels = state.references
    params = [head, tail, ids.tolist(), made.codes, meant.codes, cited.codes]
    params += [made.cells(labels.developers, "label"), made.cells(labels.developers, "kind")]
    params += [meant.cells(labels.sectors, "label", _place), cited.cells(labels.cited, "label", _place)]
    return copied_rows(state.alias, _STATEMENT, params)


def copied_rows(alias: str, statement: str, params: Sequence[Any]) -> bytes:
    """Output of a `COPY (…) TO STDOUT (FORMAT csv)`, with CRLF line ends."""
    connection: Any = connections[alias]
    composed = connection.ops.compose_sql(statement, params)  # COPY takes no parameters of its own
    with connection.cursor() as cursor, cursor.copy(composed) as copy:
        return b"".join(
            [bytes(row)[:-1] + b"\r\n" for row in copy]
        )  # each message is a row that ends in a line feed


def _place(row: Any) -> tuple[int, str]:
    return row.position, row.slug


@dataclass(frozen=True)
class _Sets:
    """The related rows of several rows: each distinct set once, and for each row the number of its set, from 1."""

    codes: list[int]
    sets: list[Labels]

    @classmethod
    def of(cls, state: IndexState, name: str, rows: Array) -> _Sets:
        column = state.columns[name]
        different, places = np.unique(column.codes[rows], return_inverse=True)
        return cls((places + 1).tolist(), [column.values.parsed[code] for code in different])

    def cells(
        self, known: dict[int, Any], attribute: str, order: Callable[[Any], Any] | None = None
    ) -> list[Cell]:
        """Each set as one cell."""
        found = ([known[int(pk)] for pk in labels if int(pk) in known] for labels in self.sets)
        ordered = (sorted(rows, key=order) if order else rows for rows in found)
        texts = (SEPARATOR.join(str(getattr(row, attribute)) for row in rows) for rows in ordered)
        return [spreadsheet_safe(text) if text else None for text in texts]


def text_cell(sql: str) -> str:
    """SQL of a text cell: NULL for unknown, escaped against spreadsheet formulas."""
    lead = f"CASE WHEN ascii({sql}) IN ({_LEADS}) THEN '''' ELSE '' END"
    return f"NULLIF({lead} || {sql}, '')"


_STATEMENT = _COPY.format(
    cells=", ".join(
        with_url(
            COLUMNS,
            (text_cell(one.sql) if one.type in ("text", "list") else one.sql for one in COLUMNS),
            "%s || entry.slug || %s",
        )
    )
)
