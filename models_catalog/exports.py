"""Rows as csv and json, in parts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from models_catalog.columns import COLUMNS, NAMES, Column, Row, Value, with_url
from models_catalog.models.labels import Labelled
from models_catalog.queries.rows import EntryRow

BOM = "\ufeff"
SEPARATOR = "; "
FORMULA_LEADS = tuple("=+-@\t\r\n\0＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, full-width forms too."""

ROWS_A_CHUNK = 500

Cell = str | int | Decimal | date | None


def content_disposition(name: str, extension: str) -> str:
    """An attachment of that name (RFC 6266): plain for old readers, and in UTF-8 for others."""
    plain = name.encode("ascii", "ignore").decode().strip() or "baimo"
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(name)}.{extension}"


def flat_cells(row: EntryRow, url: str) -> list[Cell]:
    """A row as cells: many values joined, rows of other tables by their names, None for what is unknown."""
    return with_url(COLUMNS, (flat(column.read(row)) for column in COLUMNS), url)


def flat(value: Value) -> Cell:
    """A value as one cell."""
    if isinstance(value, list):
        value = SEPARATOR.join(one.label if isinstance(one, Labelled) else str(one) for one in value)
    return None if value == "" else value


def spreadsheet_safe(cell: Cell) -> Cell:
    """Text that no spreadsheet takes for a formula; numbers and dates as they are, times to the second."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_LEADS) else cell


class _Line:
    """A file that hands back what is written to it."""

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
    """A row as JSON has it: lists as lists, other tables' rows as objects, null for what is unknown."""
    values = with_url(COLUMNS, (json_value(column, row) for column in COLUMNS), url)
    return dict(zip(NAMES, values, strict=True))


def json_value(column: Column[Row], row: Row) -> Any:
    """What a column holds in JSON: an object for a row of another table, null for what is unknown."""
    value = column.read(row)
    if column.type == "objects" and isinstance(value, list):
        return [{"slug": one.slug, "name_zh": one.name_zh, "name_en": one.name_en or None} for one in value]
    return json_cell(value)


def json_cell(value: Any) -> Any:
    """A number, a day, a moment (to the second, in UTC) or a text as JSON has it."""
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
