"""Files of a comparison: fields as rows and entries as columns, as on the page."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from models_catalog.compare.cells import CellState, ComparedCell, ComparedValue
from models_catalog.compare.rows import ComparedRow
from models_catalog.models import Claim, Entry
from models_catalog.models.developer_facts import DeveloperFact
from models_catalog.models.labels import Labelled
from models_catalog.models.vocabulary import NUMBERS, Status
from models_catalog.publish.writers import SEPARATOR
from models_catalog.publish.writers import Cell as FileCell
from models_catalog.text.dates import Days
from models_catalog.text.sizes import Interval

DATED = {"released", "planned", "announced", "beta", "deployed", "open-sourced", "approved", "updated"}
"""Rows with a line in files for either end of the days."""


def csv_names(entries: Sequence[Entry]) -> list[str]:
    return ["field", "verdict", *(entry.slug for entry in entries)]


def csv_rows(rows: Sequence[ComparedRow], entries: Sequence[Entry]) -> Iterator[list[FileCell]]:
    """The lines below the heading: names, then each field; an interval as its words and its two ends."""
    yield ["name_zh", None, *(entry.name_zh for entry in entries)]
    yield ["name_en", None, *(entry.name_en or None for entry in entries)]
    for row in rows:
        verdict = row.verdict.value if row.verdict else None
        for name, cells in _lines(row):
            yield [name, verdict, *cells]
        if any(value.is_disputed for cell in row.cells for value in cell.values):
            yield [f"{row.field}_disputed", None, *(_disputed(cell) for cell in row.cells)]


def _lines(row: ComparedRow) -> Iterator[tuple[str, list[FileCell]]]:
    ends = ("low", "high") if row.field in NUMBERS else ("earliest", "latest")
    if row.field not in NUMBERS and row.field not in DATED:
        yield row.field, [_joined(cell.accepted) for cell in row.cells]
        return
    yield f"{row.field}_stated", [_stated(cell) for cell in row.cells]
    for place, end in enumerate(ends):
        yield f"{row.field}_{end}", [_end(cell, place) for cell in row.cells]


def _joined(values: Sequence[ComparedValue]) -> FileCell:
    return SEPARATOR.join(_text(value.thing) for value in values) or None


def _text(thing: Hashable) -> str:
    """Text as in the catalog's files: tokens unchanged, slugs for entries, labels for other rows."""
    if isinstance(thing, Entry):
        return thing.slug
    return thing.label if isinstance(thing, Labelled) else str(thing)


def _stated(cell: ComparedCell) -> FileCell:
    return SEPARATOR.join(value.stated for value in cell.accepted if value.stated) or None


def _disputed(cell: ComparedCell) -> FileCell:
    return SEPARATOR.join(value.stated or value.words for value in cell.values if value.is_disputed) or None


def _end(cell: ComparedCell, place: int) -> FileCell:
    """One end of the first value's interval; None if open or without a value."""
    return _ends(cell.accepted[0].thing)[place] if cell.accepted else None


def _ends(thing: Hashable) -> tuple[int | date | None, int | date | None]:
    if isinstance(thing, Interval):
        return thing.low, thing.high
    return (thing.first, thing.last) if isinstance(thing, Days) else (None, None)


def json_row(row: ComparedRow) -> dict[str, Any]:
    return {
        "field": row.field,
        "group": row.group.value,
        "verdict": row.verdict.value if row.verdict else None,
        "cells": [_json_cell(cell) for cell in row.cells],
    }


def _json_cell(cell: ComparedCell) -> dict[str, Any]:
    return {
        "model": cell.entry.slug,
        "answer": None if cell.state == CellState.UNSTATED else cell.state.value,
        "may_equal": [entry.slug for entry in cell.perhaps_equal],
        "values": [_json_value(value) for value in cell.values],
    }


def _json_value(value: ComparedValue) -> dict[str, Any]:
    return {
        "value": json_thing(value.thing),
        "stated": value.stated or None,
        "disputed": value.is_disputed,
        "earlier": value.is_earlier,
        "claims": [_json_claim(claim) for claim in value.claims],
        **({"developer_statements": [_json_fact(fact) for fact in value.facts]} if value.facts else {}),
    }


def _json_fact(fact: DeveloperFact) -> dict[str, Any]:
    """The basis of a developer's type: keys of its statements, or none for a curator's addition."""
    return {
        "developer": fact.developer.slug,
        "basis": fact.basis.value,
        "statements": [told.key for told in fact.statements],
    }


def json_thing(thing: Hashable) -> Any:
    """Intervals as inclusive ends, rows as slug and names, tokens unchanged, null for an unknown day."""
    if isinstance(thing, Interval):
        return {"low": thing.low, "high": thing.high}
    if isinstance(thing, Days):
        return {"earliest": thing.first.isoformat(), "latest": thing.last.isoformat()}
    if isinstance(thing, Labelled):
        return json_entry(thing)
    return None if thing is None else str(thing)


def json_entry(row: Any) -> dict[str, Any]:
    return {"slug": row.slug, "name_zh": row.name_zh, "name_en": row.name_en or None}


def _json_claim(claim: Claim) -> dict[str, Any]:
    return {
        "key": claim.key,
        "source": claim.source.slug if claim.source else None,
        "place": claim.place or None,
        "quotation": claim.quotation or None,
        "stated": claim.stated or None,
        "said_by_zh": claim.said_by_zh or None,
        "said_by_en": claim.said_by_en or None,
        "basis": claim.basis,
        "status": claim.status,
        "gloss_en": claim.gloss_en or None,
        "ruling": claim.ruling or None if claim.status == Status.DISPUTED else None,
    }
