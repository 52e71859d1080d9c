"""Rows as CSV and JSON, in parts. CSV of the current catalog comes from PostgreSQL's COPY, many times as fast."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
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
    SELECT asked.place, {cells}
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
        WITH ORDINALITY AS asked (id, makers, kinds, sectors, sources, place)
    JOIN models_catalog_entry entry ON entry.id = asked.id
    LEFT JOIN models_catalog_entry parent ON parent.id = entry.parent_id AND parent.is_listed
    WHERE entry.id = ANY(%s)
) TO STDOUT (FORMAT csv)
"""  # columns of ours; with ANY, the index is gone through once and not once a row


def copied(matching: Matching, head: str, tail: str) -> Iterator[bytes]:
    """CSV of the matching entries, in parts. An entry's address is its slug between `head` and `tail`."""
    yield next(csv_lines([])).encode()
    lines, has_begun = _Lines(matching.state, head, tail), False
    for ids in stretches(in_order(matching)):
        with unhurried_once(has_begun, matching.state.alias):
            part = lines.of(ids)
        has_begun = True
        yield part


def copied_entries(stretches_of_ids: Iterable[list[int]], head: str, tail: str) -> Iterator[bytes]:
    """CSV of any entries, listed or not, in the order of the ids."""
    heading = next(csv_lines([])).encode()
    for ids in stretches_of_ids:
        state = current()
        every = replace(state, references=state.references.of_curators)
        yield heading + _Lines(every, head, tail).of(np.array(ids))
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


class _Lines:
    """Lines of CSV of a state's entries. The words of related rows are looked up once, those of a set joined once."""

    def __init__(self, state: IndexState, head: str, tail: str) -> None:
        self.state, self.head, self.tail = state, head, tail
        labels = state.references
        self.sets = (
            ("developer", _item_of(labels.developers, "label")),
            ("developer", _item_of(labels.developers, "kind")),
            ("sector", _item_of(labels.sectors, "label", _place)),
            ("source", _item_of(labels.cited, "label", _place)),
        )

    def of(self, ids: Array) -> bytes:
        rows = self.state.rows(ids)
        asked = _array(map(str, ids.tolist()))
        sets = [self._items(name, item, rows) for name, item in self.sets]
        return copied_rows(self.state.alias, _STATEMENT, [self.head, self.tail, asked, *sets, asked])

    def _items(self, name: str, item: Callable[[Labels], str], rows: Array) -> str:
        column = self.state.columns[name]
        different, places = np.unique(column.codes[rows], return_inverse=True)
        items = [item(column.values.parsed[code]) for code in different]
        return _array([items[place] for place in places.tolist()])


def _place(row: Any) -> tuple[int, str]:
    return row.position, row.slug


def _item_of(
    known: Mapping[int, Any], attribute: str, order: Callable[[Any], Any] | None = None
) -> Callable[[Labels], str]:
    """A function from the ids of related rows to their cell, as an item of an array."""
    rows = sorted(known.items(), key=lambda one: order(one[1])) if order else known.items()
    words = {str(pk): str(getattr(row, attribute)) for pk, row in rows}
    places = {pk: place for place, pk in enumerate(words)}

    @cache
    def item(ids: Labels) -> str:
        held = [pk for pk in ids if pk in words]
        text = SEPARATOR.join(words[pk] for pk in (sorted(held, key=places.__getitem__) if order else held))
        return _quoted(str(spreadsheet_safe(text))) if text else "NULL"

    return item


def _array(items: Iterable[str]) -> str:
    """An array as PostgreSQL's text: ten times as fast as the driver's way with lists."""
    return f"{{{','.join(items)}}}"


def _quoted(text: str) -> str:
    """An item of an array, in PostgreSQL's text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def copied_rows(alias: str, statement: str, params: Sequence[Any]) -> bytes:
    """Output of a `COPY (…) TO STDOUT (FORMAT csv)` whose rows begin with their place, in order, with CRLF line ends.

    Sorted here, since PostgreSQL would carry the whole rows through its sort.
    """
    connection: Any = connections[alias]
    composed = connection.ops.compose_sql(statement, params)  # COPY takes no parameters of its own
    with connection.cursor() as cursor, cursor.copy(composed) as copy:
        placed = connection.connection.wait(_all_of(copy))
    return b"".join([line for _place, line in sorted(placed)])


def _all_of(copy: Any) -> Generator[Any, Any, list[tuple[int, bytes]]]:
    """Place and line of every message of a COPY, by what `copy.read()` is made of: that sets up a wait for each row."""
    found = []
    while row := (yield from copy._read_gen()):
        place, line = bytes(row[:-1]).split(b",", 1)
        found.append((int(place), line + b"\r\n"))
    return found


def cell_of(column: Column[Any]) -> str:
    """SQL of a column's cell. Words of a vocabulary begin no formula."""
    if column.type not in ("text", "list"):
        return column.sql
    return f"NULLIF({column.sql}, '')" if column.vocabulary else text_cell(column.sql)


def text_cell(sql: str) -> str:
    """SQL of a text cell: NULL for unknown, escaped against spreadsheet formulas."""
    return f"CASE WHEN ascii({sql}) IN ({_LEADS}) THEN '''' || {sql} ELSE NULLIF({sql}, '') END"


_STATEMENT = _COPY.format(
    cells=", ".join(
        with_url(
            COLUMNS,
            map(cell_of, COLUMNS),
            "%s || entry.slug || %s",
        )
    )
)
