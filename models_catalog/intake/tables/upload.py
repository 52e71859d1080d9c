"""Build an unsaved import from an uploaded file, find its sheet and heading, guess its columns; move it elsewhere in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_catalog.intake.tables.columns import COLUMNS, guess_contents, guess_mapping, known_headings
from models_catalog.intake.tables.limits import read_file
from models_catalog.intake.tables.plan import NEW
from models_catalog.intake.tables.rows import (
    ReadFile,
    SourceTable,
    Unreadable,
    delimiter_of,
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
    table = _table_at(found.text, told.heading_row, found.delimiter)
    contents = Contents(told.contents or guess_contents(table.heading))
    return ImportBatch(
        file_name=folded(name)[-120:], file_sha256=hashlib.sha256(content).hexdigest(), text=found.text,
        content=content if found.sheets else b"",
        encoding=found.encoding, contents=contents, mapping=_mapping(table, contents, told.columns),
        options={
            "status": Status.PROPOSED.value, "developer_kind": DeveloperKind.AI_COMPANY.value,
            "sheets": list(found.sheets), **_place(found, table),
        },
    )  # fmt: skip


def take_over(batch: ImportBatch) -> bool:
    """Take over what a curator said of the same file when it was last imported; return whether there is any.

    That a row is a new model is not: now it is a known one.
    """
    same = ImportBatch.objects.filter(file_sha256=batch.file_sha256, state=ImportBatch.State.APPLIED)
    before = same.filter(contents=batch.contents).order_by("-applied_at").first()
    if before is None:
        return False
    batch.text, batch.encoding, batch.mapping = before.text, before.encoding, before.mapping
    batch.options = {**before.options, "status": batch.options["status"]}
    batch.decisions = {key: said for key, said in before.decisions.items() if said != NEW}
    return bool(batch.decisions or {"words", "makers", "headings", "unit"} & before.options.keys())


def _place(found: ReadFile, table: SourceTable) -> dict[str, object]:
    return {"sheet": found.sheet, "hidden_rows": found.hidden_rows, "heading_row": table.line}


def _table_at(text: str, heading_row: int, delimiter: str) -> SourceTable:
    """Return the table with its heading in that line; with 0, where it is found. Raises `Unreadable`."""
    table = read_table(text, heading_row or _heading_row(text, delimiter), delimiter)
    if heading_row and table.line != heading_row:
        raise Unreadable(_("line %(line)s is blank, or there is none: no heading"), line=str(heading_row))
    return table


def _heading_row(text: str, delimiter: str) -> int:
    """Return the line of the heading: among the first rows, the one with most known headings; 0 if none has any."""
    rows = ((row[0].line, [cell.text for cell in row]) for row in rows_of(text, delimiter))
    return heading_among(rows, known_headings())[0]


def table_of(batch: ImportBatch) -> SourceTable:
    """Return the table of the import, below the heading that was found or given."""
    delimiter = batch.options.get("delimiter") or delimiter_of(batch.encoding)
    return read_table(batch.text, int(batch.options.get("heading_row", 0)), delimiter)


@dataclass(frozen=True)
class Moved:
    """Another table of the same file."""

    found: ReadFile
    table: SourceTable
    delimiter: str


def look_at(batch: ImportBatch, sheet: str, heading_row: int, delimiter: str) -> Moved:
    """Return the table at another place of the file; in another sheet the heading is found again. Raises `Unreadable`."""
    options = batch.options
    found = ReadFile(batch.text, batch.encoding, options.get("sheet", ""), options.get("hidden_rows", 0))
    if sheet != found.sheet:
        found = read_file(batch.file_name, bytes(batch.content), sheet, known_headings())
        heading_row = 0
    return Moved(found, _table_at(found.text, heading_row, delimiter or found.delimiter), delimiter)


def move(batch: ImportBatch, to: Moved) -> None:
    """Have the import read that table. What was said of columns stays by heading, and of rows by sheet."""
    elsewhere = batch.options.get("decisions", {})
    if to.found.sheet != batch.options.get("sheet", ""):
        elsewhere |= {batch.options.get("sheet", ""): batch.decisions}
        batch.decisions = elsewhere.pop(to.found.sheet, {})
    batch.text, batch.encoding = to.found.text, to.found.encoding
    batch.options |= {"decisions": elsewhere, "delimiter": to.delimiter, **_place(to.found, to.table)}
    contents, chosen = Contents(batch.contents), batch.options.get("headings", {})
    batch.mapping = _with_chosen(
        to.table.heading, guess_mapping(to.table.heading, contents, to.table.rows), chosen
    )


def _with_chosen(heading: list[str], guessed: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the guessed mapping with the curator's choices, which name each column by its plain heading."""
    own: dict[str, str] = {}
    for at, words in enumerate(map(plain_heading, heading)):
        if words in chosen and (not chosen[words] or chosen[words] not in own.values()):
            own[str(at)] = chosen[words]
    rest = {at: held for at, held in guessed.items() if at not in own and held not in own.values()}
    return {at: held for at, held in {**rest, **own}.items() if held}


def _mapping(table: SourceTable, contents: Contents, told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return column number → what it holds: as given, else guessed from the headings. Raises `Unreadable`."""
    mapping = guess_mapping(table.heading, contents, table.rows)
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
