"""The plan of an import as plain data, for programs: `manage.py plan_import` prints it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_headings import unit_of
from models_catalog.ingest.table_plan import PlannedClaim, PlannedRow
from models_catalog.ingest.table_rows import Table
from models_catalog.ingest.table_upload import table_of
from models_catalog.models import ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import NUMBERS, Answer, EventKind, Field

_PUBLIC = {column.value for column in Column} - {Column.CONFIDENCE.value}
OUTCOMES = ("new", "changed", "unchanged", "refused", "asked")
Told = dict[str, Any]


def plan_told(batch: ImportBatch, rows: list[PlannedRow]) -> Told:
    """The whole plan: where the table stands, what its columns hold, what becomes of each row."""
    table = table_of(batch)
    return {
        "file": batch.file_name, "encoding": batch.encoding, "contents": batch.contents,
        "sheet": batch.options.get("sheet") or None, "hidden_rows": batch.options.get("hidden_rows", 0),
        "heading_row": table.line, "columns": _columns(batch, table), "totals": totals_of(rows),
        "rows": [row_told(row) for row in rows],
    }  # fmt: skip


def _columns(batch: ImportBatch, table: Table) -> list[Told]:
    """Each column with its heading, what it holds (null: it is not read), and the unit that the heading gives."""
    told = []
    for number, heading in enumerate(table.heading):
        held = batch.mapping.get(str(number))
        if batch.contents == Contents.MODELS and held not in _PUBLIC:
            held = None
        unit = unit_of(heading) if held == Column.PARAMETERS else None
        told.append({"heading": heading, "field": held, "unit": unit})
    return told


def outcome_of(row: PlannedRow) -> str:
    return "asked" if row.is_open else row.fate.value


def totals_of(rows: list[PlannedRow]) -> dict[str, int]:
    counted = Counter(map(outcome_of, rows))
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def row_told(row: PlannedRow) -> Told:
    """The row, and what its cells say whether the registry has it already or not."""
    return {
        "line": row.line, "outcome": outcome_of(row), "name": row.name, "reason": row.reason,
        "entry": row.entry.slug if row.entry else None, **_values(row.read),
        "notes": [
            {"code": note.code.value, "text": note.text, "cell": note.cell, "value": note.value} for note in row.notes
        ],
    }  # fmt: skip


def _values(claims: list[PlannedClaim]) -> Told:
    by_field: dict[Field, list[Told]] = {}
    for claim in claims:
        if claim.value.get("answer", Answer.VALUE) == Answer.VALUE:
            by_field.setdefault(claim.field, []).append(claim.value)
    tokens = _tokens(by_field)
    parent = [one["parent"].slug for one in by_field.get(Field.PARENT, []) if "parent" in one]
    return {
        "developers": [_maker(one) for one in by_field.get(Field.DEVELOPER, [])],
        **{field.value: _bounds(by_field.get(field, [])) for field in NUMBERS},
        "released": _released(by_field.get(Field.EVENT, [])),
        "openness": next(iter(tokens(Field.OPENNESS)), None),
        "category": next(iter(tokens(Field.CATEGORY)), None),
        "kind": next(iter(tokens(Field.KIND)), None),
        "modalities": tokens(Field.MODALITY),
        "sectors": [one["sector"].slug for one in by_field.get(Field.SECTOR, []) if "sector" in one],
        "parent": parent[0] if parent else None,
    }


def _tokens(by_field: dict[Field, list[Told]]) -> Any:
    return lambda field: [str(one["token"]) for one in by_field.get(field, []) if one.get("token")]


def _maker(value: Told) -> str:
    """The address of a developer that is known, the words for one that is new."""
    return str(value["developer"].slug if "developer" in value else value["new_developer"])


def _bounds(values: list[Told]) -> list[int | None] | None:
    number = values[0].get("number") if values else None
    interval = interval_of(number) if number else None
    return [interval.low, interval.high] if interval else None


def _released(events: list[Told]) -> dict[str, str] | None:
    for one in events:
        if one["event"] == EventKind.RELEASED and one.get("days"):
            days = days_of(one["days"])
            return {"earliest": days.first.isoformat(), "latest": days.last.isoformat()}
    return None
