"""CSV as PostgreSQL writes it (COPY): the bytes of `exports.csv_lines`, many times as quick.

The entries, their order and what they point at come from the index in memory, a stretch at a time, so that no
transaction stays open while a slow reader downloads: a row is as it stands when its stretch is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connections

from models_catalog.columns import COLUMNS, with_url
from models_catalog.exports import FORMULA_LEADS, SEPARATOR, Cell, csv_lines, spreadsheet_safe
from models_catalog.queries.index.coded import Array, Labels
from models_catalog.queries.index.current import current
from models_catalog.queries.index.matching import Matching
from models_catalog.queries.index.ordering import in_order
from models_catalog.queries.index.state import State
from models_catalog.queries.long_lists import FIRST, unhurried_once

STRETCH = 10_000
"""Rows of the catalog that are read together, after the first."""

_LEADS = ", ".join(
    str(ord(lead)) for lead in FORMULA_LEADS if lead != "\0"
)  # which PostgreSQL holds in no text
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
    """The file in parts. An entry's address is its slug between `head` and `tail`."""
    yield next(csv_lines([])).encode()
    has_begun = False
    for ids in stretches(in_order(matching)):
        with unhurried_once(has_begun, matching.state.alias):
            part = _rows(matching.state, ids, head, tail)
        has_begun = True
        yield part


def copied_entries(stretches_of_ids: Iterable[list[int]], head: str, tail: str) -> Iterator[bytes]:
    """The same of any entries, listed or not, in the order of the ids."""
    heading = next(csv_lines([])).encode()
    for ids in stretches_of_ids:
        yield heading + _rows(current(), np.array(ids), head, tail)
        heading = b""
    yield heading


def stretches(parts: Iterator[Array]) -> Iterator[Array]:
    """The same ids in parts of FIRST and then of at most STRETCH."""
    size = FIRST
    for part in parts:
        start = 0
        while start < len(part):
            yield part[start : start + size]
            start, size = start + size, STRETCH


def _rows(state: State, ids: Array, head: str, tail: str) -> bytes:
    rows = state.rows(ids)
    made, meant, cited = (_Sets.of(state, name, rows) for name in ("developer", "sector", "source"))
    labels = state.references
    params = [head, tail, ids.tolist(), made.codes, meant.codes, cited.codes]
    params += [made.cells(labels.developers, "label"), made.cells(labels.developers, "kind")]
    params += [meant.cells(labels.sectors, "label", _place), cited.cells(labels.sources, "label", _place)]
    return copied_rows(state.alias, _STATEMENT, params)


def copied_rows(alias: str, statement: str, params: Sequence[Any]) -> bytes:
    """What a `COPY (…) TO STDOUT (FORMAT csv)` says, its lines ended as CSV has them."""
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
    """What some rows point at: each different set once, and for each row the number of its set, from 1."""

    codes: list[int]
    sets: list[Labels]

    @classmethod
    def of(cls, state: State, name: str, rows: Array) -> _Sets:
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
    """A cell of text: nothing for what is unknown, and nothing that a spreadsheet takes for a formula."""
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
