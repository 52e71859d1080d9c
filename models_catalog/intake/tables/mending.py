"""Cells that a curator mended or took apart, and the claims that quote cells.

`ImportBatch.decisions` keeps both: row key → `SPLIT`, and `key:column` → the mended words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.plan import SPLIT, Code, PlannedClaim, PlannedRow, key_of
from models_catalog.intake.tables.rows import MAX_ROWS, Cell
from models_catalog.intake.tables.words import is_error, names_in, plain, says_nothing
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Basis, Field

_LISTED: Final = re.compile(r"\s*(?:[;；、\n\u2028]|[,，](?!\s?\d{3}(?!\d)))\s*")
_SIZES_LISTED: Final = re.compile(rf"{_LISTED.pattern}|\s*[/／]\s*")
_DAYS_LISTED: Final = re.compile(r"\s*[;；、\n\u2028]\s*")
_APART: Final = {
    TableColumn.SLUG: _LISTED, TableColumn.NAME_EN: _LISTED, TableColumn.ALIAS: _LISTED, TableColumn.LINK: _LISTED,
    TableColumn.PARAMETERS: _SIZES_LISTED, TableColumn.CONTEXT: _SIZES_LISTED, TableColumn.RELEASED: _DAYS_LISTED,
}  # fmt: skip
"""The columns whose words belong to one model, with their separators."""
_SHARED: Final = (
    TableColumn.PARAMETERS,
    TableColumn.CONTEXT,
    TableColumn.RELEASED,
    TableColumn.LINK,
)
"""Those of which one value may hold for each model of the line."""


Reasons = tuple[str, str]


@dataclass(frozen=True)
class DecidedRow:
    """The cells of a row as a curator decided; `part` as in `PlannedRow`."""

    cells: list[Cell]
    part: int = 0
    shared: list[str] = field(default_factory=list)
    """Words of the line that do not say to which of its models they belong; they are not read."""

    @property
    def key(self) -> str:
        return key_of(self.cells[0].line, self.part)


def as_decided(
    rows: Sequence[list[Cell]], mapping: Mapping[str, str], decisions: Mapping[str, str]
) -> list[DecidedRow]:
    """Return the rows with mended cells; a row that was taken apart is one for each model.

    A row that would make the table longer than `MAX_ROWS` by its models stays whole, as one that is asked about.
    """
    columns = {TableColumn(held): int(at) for at, held in mapping.items()}
    touched = {re.split("[.:]", key)[0] for key, said in decisions.items() if ":" in key or said == SPLIT}
    found: list[DecidedRow] = []
    for done, cells in enumerate(rows, start=1):
        line, most = str(cells[0].line), MAX_ROWS - len(found) - len(rows) + done
        found += _decided(cells, line, columns, decisions, most) if line in touched else [DecidedRow(cells)]
    return found


def _decided(
    cells: list[Cell], line: str, columns: Mapping[TableColumn, int], decisions: Mapping[str, str], most: int
) -> list[DecidedRow]:
    whole, at = _mended(cells, line, columns, decisions), columns.get(TableColumn.NAME, len(cells))
    names = names_in(whole[at].text) if decisions.get(line) == SPLIT and at < len(whole) else []
    if not 2 <= len(names) <= most:
        return [DecidedRow(whole)]
    parts = [_part(whole, names, number, columns) for number in range(1, len(names) + 1)]
    return [replace(one, cells=_mended(one.cells, one.key, columns, decisions)) for one in parts]


def _mended(
    cells: list[Cell], key: str, columns: Mapping[TableColumn, int], decisions: Mapping[str, str]
) -> list[Cell]:
    told = {
        at: decisions[f"{key}:{column}"] for column, at in columns.items() if f"{key}:{column}" in decisions
    }
    blank = Cell("", cells[0].line, 0)
    padded = [*cells, *[blank] * (max(told, default=-1) + 1 - len(cells))]
    return [
        replace(cell, text=told[at], written=cell.text if cell.written is None else cell.written) if at in told else cell
        for at, cell in enumerate(padded)
    ]  # fmt: skip


def _part(cells: list[Cell], names: list[str], number: int, columns: Mapping[TableColumn, int]) -> DecidedRow:
    """Return the row of one of the names. A list with as many values as names gives each its own."""
    own, shared = [*cells], []
    own[columns[TableColumn.NAME]] = _piece(cells[columns[TableColumn.NAME]], names[number - 1])
    for column, separator in _APART.items():
        at = columns.get(column, len(cells))
        pieces = [one for one in separator.split(cells[at].text.strip()) if one] if at < len(cells) else []
        if len(pieces) == len(names):
            own[at] = _piece(cells[at], pieces[number - 1])
        elif len(pieces) > 1 or (pieces and column not in _SHARED):
            own[at] = replace(cells[at], text="")
            shared.append(plain(cells[at].text))
    return DecidedRow(own, number, shared)


def _piece(cell: Cell, words: str) -> Cell:
    start = cell.start if cell.written is not None else cell.place_of(words)
    return replace(cell, text=words, start=start)


def note_cells(row: PlannedRow, decided: DecidedRow, named: Iterable[Cell]) -> None:
    """Note cells that a curator mended, formula errors, and words that belong to none of the line's models alone."""
    for cell in decided.cells:
        if cell.written is not None:
            said = {"written": plain(cell.written)[:40] or "—", "words": plain(cell.text)[:40] or "—"}
            row.note(
                Code.MENDED,
                _("corrected here: “%(written)s” → “%(words)s”") % said,
                cell.written[:120],
                is_taken=True,
            )
    for words in (plain(cell.text) for cell in named):
        if is_error(words):
            row.note(
                Code.ERROR, _("“%(words)s” is a formula's error: nothing is taken") % {"words": words}, words
            )
    for words in decided.shared:
        told = _(
            "“%(words)s” does not say to which model of the line it belongs: correct the cell to take it"
        )
        row.note(Code.SEVERAL, told % {"words": words[:40]}, words[:120])


def claim_in(
    of: Field, value: dict[str, Any], words: str, cell: Cell, reasons: Reasons | None = None
) -> PlannedClaim:
    """Make a claim that quotes the words, or the longest beginning of them that occurs unbroken in the cell.

    With `reasons` why the words mean the value it is inferred, as `PlannedClaim.reasons` says.
    Of a mended cell it quotes what the file says, and is inferred; if that is nothing, it is the curator's knowledge.
    """
    if cell.written is None:
        return replace(_quoting(of, value, words, cell), reasons=reasons)
    if not says_nothing(plain(cell.written)):
        reasons = _reasons(plain(cell.written), words)
        written = Cell(cell.written, cell.line, cell.start)
        return replace(_quoting(of, value, plain(cell.written), written), reasons=reasons)
    zh, en = _reasons("", words)
    knowledge = {
        "source": None, "line": None, "start": None, "end": None, "quotation": "", "stated": "",
        "basis": Basis.CURATOR.value, "reason_zh": zh, "reason_en": en,
    }  # fmt: skip
    return PlannedClaim(of, value, "", cell.line, cell.start, knowledge)


def _quoting(of: Field, value: dict[str, Any], words: str, cell: Cell) -> PlannedClaim:
    kept = words[:QUOTATION_LENGTH]
    while kept and kept not in cell.text:
        kept = kept[:-1]
    kept = kept.rstrip() or cell.text[:QUOTATION_LENGTH].rstrip()
    is_cut = len(words) > QUOTATION_LENGTH
    return PlannedClaim(of, value, kept, cell.line, cell.place_of(kept), is_cut=is_cut)


def _reasons(written: str, words: str) -> Reasons:
    zh, en = (_reason(language, written, words) for language in ("zh-hans", "en"))
    return zh, en


def _reason(language: str, written: str, words: str) -> str:
    with override(language):
        told = gettext("While importing, the curator corrected “%(written)s” to “%(words)s”")
        filled = gettext("While importing, the curator filled in “%(words)s”, which the file does not say")
        return (told if written else filled) % {"written": written[:40], "words": words[:40]}
