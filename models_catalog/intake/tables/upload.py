"""Build an unsaved import from an uploaded file: find its sheet and heading, and guess its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from models_catalog.intake.tables.columns import COLUMNS, guess_contents, guess_mapping, known_headings
from models_catalog.intake.tables.limits import read_file
from models_catalog.intake.tables.rows import (
    ReadFile,
    SourceTable,
    Unreadable,
    heading_among,
    plain_heading,
    read_table,
    rows_of,
)
from models_catalog.intake.tables.rows import gettext_noop as _
from models_catalog.models import ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Status
from models_catalog.text.characters import folded


@dataclass(frozen=True)
class Told:
    """Options that a person gives for a file; missing ones are guessed."""

    sheet: str = ""
    heading_row: int = 0
    contents: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    """Pairs of heading and what its column holds."""


def batch_from(name: str, content: bytes, told: Told) -> ImportBatch:
    """Return the import that uploading the file would create, unsaved. Raises `Unreadable`."""
    found = read_file(name, content, told.sheet, known_headings())
    heading_row = told.heading_row or heading_row_of(found.text)
    table = read_table(found.text, heading_row)
    if told.heading_row and table.line != told.heading_row:
        raise Unreadable(
            _("line %(line)s is blank, or there is none: no heading"), line=str(told.heading_row)
        )
    contents = Contents(told.contents or guess_contents(table.heading))
    return ImportBatch(
        file_name=folded(name)[-120:], file_sha256=hashlib.sha256(content).hexdigest(), text=found.text,
        encoding=found.encoding, contents=contents, mapping=_mapping(table, contents, told.columns),
        options=options_for(found, table.line),
    )  # fmt: skip


def options_for(found: ReadFile, heading_row: int) -> dict[str, object]:
    """Return the initial options of an import: its claims are proposed; the table's place in the file."""
    return {
        "status": Status.PROPOSED.value, "developer_kind": DeveloperKind.AI_COMPANY.value, "heading_row": heading_row,
        "sheet": found.sheet, "hidden_rows": found.hidden_rows,
    }  # fmt: skip


def heading_row_of(text: str) -> int:
    """Return the line of the heading: among the first rows, the one with most known headings; 0 if none has any."""
    rows = ((row[0].line, [cell.text for cell in row]) for row in rows_of(text))
    return heading_among(rows, known_headings())[0]


def table_of(batch: ImportBatch) -> SourceTable:
    """Return the table of the import, below the heading that was found or given."""
    return read_table(batch.text, int(batch.options.get("heading_row", 0)))


def _mapping(table: SourceTable, contents: Contents, told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return column number → what it holds: as given, else guessed from the headings. Raises `Unreadable`."""
    mapping = guess_mapping(table.heading, contents)
    for heading, column in told:
        numbers = [
            number
            for number, words in enumerate(table.heading)
            if plain_heading(words) == plain_heading(heading)
        ]
        if not numbers or column not in COLUMNS[contents].values:
            raise Unreadable(
                _("there is no column “%(heading)s”, or no field “%(field)s”"), heading=heading, field=column
            )
        mapping = {number: held for number, held in mapping.items() if held != column}
        mapping[str(numbers[0])] = column
    return mapping
