"""Cells that a curator mended or took apart, and the claims that quote cells.

`ImportBatch.decisions` keeps both: row key → `SPLIT`, and `key:column` → the mended words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.plan import SPLIT, Code, PlannedClaim, PlannedRow, key_of
from models_catalog.intake.tables.rows import MAX_ROWS, Cell, SourceTable
from models_catalog.intake.tables.sizes import size_in_cell
from models_catalog.intake.tables.words import (
    is_ditto,
    is_error,
    is_undisclosed,
    names_in,
    plain,
    says_nothing,
    split,
    without_brackets,
)
from models_catalog.intake.values import NotStated
from models_catalog.models import ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Basis, Field
from models_catalog.text.characters import BROKEN, is_quotable, without_refused

_LISTED: Final = re.compile(r"\s*(?:[;；、\n\u2028]|[,，](?!\s?\d{3}(?!\d)))\s*")
_SLASH: Final = re.compile(r"\s*[/／]\s*")
"""236B/21B may be a total and what is active of it: such values are never given to one model each."""
_DAYS_LISTED: Final = re.compile(r"\s*[;；、\n\u2028]\s*")
_APART: Final = {
    TableColumn.SLUG: _LISTED, TableColumn.NAME_EN: _LISTED, TableColumn.ALIAS: _LISTED, TableColumn.LINK: _LISTED,
    TableColumn.PARAMETERS: _LISTED, TableColumn.CONTEXT: _LISTED, TableColumn.RELEASED: _DAYS_LISTED,
}  # fmt: skip
"""The columns whose words belong to one model, with their separators."""
_SHARED: Final = (
    TableColumn.PARAMETERS,
    TableColumn.CONTEXT,
    TableColumn.RELEASED,
    TableColumn.LINK,
)
"""Those of which one value may hold for each model of the line."""
_NUMBERS: Final = (TableColumn.PARAMETERS, TableColumn.CONTEXT)
_SIZE: Final = re.compile(
    r"(?<![-_ ]A)(?<![\d.])\d+(?:\.\d+)?\s?(?:[BMT](?![A-Za-z])|[百千]?[万亿])", re.IGNORECASE
)
_ACTIVE: Final = re.compile("激活|活跃|active|activated", re.IGNORECASE)
MOST_SHOWN: Final = 40
"""Maximum characters of a cell in a reason or note."""

Reasons = tuple[str, str]


@dataclass(frozen=True)
class DecidedRow:
    """The cells of a row as a curator decided; `part` as in `PlannedRow`."""

    cells: list[Cell]
    part: int = 0
    shared: dict[int, Cell] = field(default_factory=dict)
    """Column number → cell of the line that does not say to which of its models its words belong; it is not read."""

    @property
    def key(self) -> str:
        return key_of(self.cells[0].line, self.part)


def as_decided(
    rows: Sequence[list[Cell]], mapping: Mapping[str, str], decisions: Mapping[str, str],
    unit: int | None = None,
) -> list[DecidedRow]:  # fmt: skip
    """Return the rows with mended cells; a row that was taken apart is one for each model.

    `unit` is that of sizes which name none; it says to which of the models of a line a lone size belongs.
    A row that would make the table longer than `MAX_ROWS` by its models stays whole, as one that is asked about.
    """
    columns = {TableColumn(held): int(at) for at, held in mapping.items()}
    touched = {re.split("[.:]", key)[0] for key, said in decisions.items() if ":" in key or said == SPLIT}
    found: list[DecidedRow] = []
    for done, cells in enumerate(rows, start=1):
        line, most = str(cells[0].line), MAX_ROWS - len(found) - len(rows) + done
        is_touched = line in touched
        found += _decided(cells, line, columns, decisions, most, unit) if is_touched else [DecidedRow(cells)]
    return found


def count_rows(batch: ImportBatch, table: SourceTable) -> int:
    """Return the number of rows to import, with the lines that were taken apart."""
    if batch.contents == Contents.CLAIMS:
        return len(table.rows)
    return len(as_decided(table.rows, batch.mapping, batch.decisions))


def _decided(
    cells: list[Cell], line: str, columns: Mapping[TableColumn, int], decisions: Mapping[str, str], most: int,
    unit: int | None,
) -> list[DecidedRow]:  # fmt: skip
    whole, at = _mended(cells, line, columns, decisions), columns.get(TableColumn.NAME, len(cells))
    names = names_in(whole[at].text) if decisions.get(line) == SPLIT and at < len(whole) else []
    if not 2 <= len(names) <= most:
        return [DecidedRow(whole)]
    apart = _apart(whole, names, columns, unit)
    parts = [_part(whole, names, number, columns, apart) for number in range(1, len(names) + 1)]
    return [_mended_part(one, columns, decisions) for one in parts]


def _told(
    key: str, columns: Mapping[TableColumn, int], decisions: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Yield column number and words of the row's mended cells."""
    for column, at in columns.items():
        if (words := decisions.get(f"{key}:{column}")) is not None:
            yield at, words


def _mended(
    cells: list[Cell], key: str, columns: Mapping[TableColumn, int], decisions: Mapping[str, str]
) -> list[Cell]:
    told = dict(_told(key, columns, decisions))
    blank = Cell("", cells[0].line, 0)
    padded = [*cells, *[blank] * (max(told, default=-1) + 1 - len(cells))]
    return [
        replace(cell, text=told[at], written=cell.text if cell.written is None else cell.written, whole="") if at in told else cell
        for at, cell in enumerate(padded)
    ]  # fmt: skip


def _mended_part(
    part: DecidedRow, columns: Mapping[TableColumn, int], decisions: Mapping[str, str]
) -> DecidedRow:
    """Return the part with its mended cells; one that was shared corrects the words of the whole line."""
    told = dict(_told(part.key, columns, decisions))
    cells = [part.shared.get(at, cell) if at in told else cell for at, cell in enumerate(part.cells)]
    shared = {at: cell for at, cell in part.shared.items() if at not in told}
    return replace(part, cells=_mended(cells, part.key, columns, decisions), shared=shared)


def _apart(
    cells: list[Cell], names: list[str], columns: Mapping[TableColumn, int], unit: int | None
) -> dict[int, list[Cell | None]]:
    """Return the cells that belong to one model each: column number → a cell for each name, None if it is not its own.

    A list with as many values as names gives each its own. One value may hold for all, but a size only for the names
    that carry it if any carries one.
    """
    at_name = columns[TableColumn.NAME]
    found: dict[int, list[Cell | None]] = {at_name: [*_pieces(cells[at_name], names)]}
    for column, separator in _APART.items():
        at = columns.get(column, len(cells))
        words = cells[at].text.strip() if at < len(cells) else ""
        pieces, is_number = split(words, separator), column in _NUMBERS
        is_list = len(pieces) > 1 or (is_number and len(split(words, _SLASH)) > 1)
        if len(pieces) == len(names) and _is_one_each(words, separator, is_number=is_number):
            found[at] = [*_pieces(cells[at], pieces)]
        elif is_list or (pieces and column not in _SHARED):
            found[at] = [None] * len(names)
        elif pieces and column == TableColumn.PARAMETERS:
            found[at] = [cells[at] if one else None for one in _of_size(names, plain(words), unit)]
    return found


def _is_one_each(words: str, separator: re.Pattern[str], *, is_number: bool) -> bool:
    """Return whether no item of the list is empty, and none says how much is active."""
    bare = without_brackets(words.rstrip(" ;；、，,"))
    return all(separator.split(bare)) and not (is_number and _ACTIVE.search(bare))


def _part(
    cells: list[Cell], names: list[str], number: int, columns: Mapping[TableColumn, int], apart: Mapping[int, list[Cell | None]]
) -> DecidedRow:  # fmt: skip
    own = {at: pieces[number - 1] for at, pieces in apart.items()}
    shared = {at: cells[at] for at, piece in own.items() if piece is None}
    blank = {at: Cell("", cell.line, cell.start) for at, cell in shared.items()}
    return DecidedRow([blank.get(at) or own.get(at) or cell for at, cell in enumerate(cells)], number, shared)


def _of_size(names: list[str], words: str, unit: int | None) -> list[bool]:
    """Return for each name whether the size may be its own."""
    sizes = [_SIZE.findall(name) for name in names]
    if is_undisclosed(words) or says_nothing(words) or not any(sizes):
        return [True] * len(names)
    return [any(_is_alike(size, words, unit) for size in own) for own in sizes]


def _is_alike(size: str, words: str, unit: int | None) -> bool:
    """Return whether the words state the size, in the unit of the table or, if it names none, in that of the size."""
    for said in (words,) if unit else (words, words + size.lstrip("0123456789. ")):
        try:
            return bool(size_in_cell(said, unit) == size_in_cell(size, None))
        except NotStated:
            continue
    return False


def _pieces(cell: Cell, items: list[str]) -> Iterator[Cell]:
    """Yield a cell for each item of the list, each behind the one before; those of a mended cell have no place."""
    behind = 0
    for words in items:
        if cell.written is not None:
            yield replace(cell, text=words, whole=cell.text)
            continue
        start = cell.place_of(words, behind)
        if cell.text.startswith(words, start - cell.start):
            behind = start - cell.start + len(words)
        yield replace(cell, text=words, start=start)


def note_cells(row: PlannedRow, decided: DecidedRow, named: Iterable[Cell]) -> None:
    """Note cells that a curator mended, formula errors, and words that belong to none of the line's models alone."""
    for cell in decided.cells:
        if cell.written is not None:
            words = _shortened(plain(cell.whole or cell.text))
            said = {"written": _seen(cell.written) or "—", "words": words or "—"}
            row.note(
                Code.MENDED,
                _("corrected here: “%(written)s” → “%(words)s”") % said,
                cell.written[:120],
                is_taken=True,
            )
    for words in (plain(cell.text) for cell in named):
        if is_error(words) or is_ditto(words):
            told = _("“%(words)s” is a formula's error: nothing is taken")
            ditto = _("“%(words)s” points to another cell: correct it to take it")
            row.note(Code.ERROR, (told if is_error(words) else ditto) % {"words": words}, words)
    for words in (plain(cell.text) for cell in decided.shared.values()):
        told = _(
            "“%(words)s” does not say to which model of the line it belongs: correct the cell to take it"
        )
        row.note(Code.SEVERAL, told % {"words": words[:40]}, words[:120])


def claim_in(
    of: Field, value: dict[str, Any], words: str, cell: Cell, reasons: Reasons | None = None
) -> PlannedClaim:
    """Make a claim that quotes the words, or the longest beginning of them that occurs unbroken in the cell.

    With `reasons` why the words mean the value it is inferred, as `PlannedClaim.reasons` says.
    Of a mended cell it quotes what the file says, and is inferred; if that is nothing, or holds a character that no
    text may contain, it is the curator's knowledge.
    """
    if cell.written is None:
        return replace(_quoting(of, value, words, cell), reasons=reasons)
    zh, en = _joined(_reasons(cell, words), reasons)
    if not says_nothing(plain(cell.written)) and is_quotable(cell.written) and BROKEN not in cell.written:
        written = Cell(cell.written, cell.line, cell.start)
        quoting = _quoting(of, value, plain(cell.written), written)
        return replace(quoting, reasons=(zh, en), is_mended=True)
    knowledge = {
        "source": None, "line": None, "start": None, "end": None, "quotation": "", "stated": "",
        "basis": Basis.CURATOR.value, "reason_zh": zh, "reason_en": en,
    }  # fmt: skip
    return PlannedClaim(of, value, "", cell.line, cell.start, knowledge, is_mended=True)


def _quoting(of: Field, value: dict[str, Any], words: str, cell: Cell) -> PlannedClaim:
    kept = words[:QUOTATION_LENGTH]
    while kept and kept not in cell.text:
        kept = kept[:-1]
    kept = kept.rstrip() or cell.text[:QUOTATION_LENGTH].rstrip()
    is_cut = len(words) > QUOTATION_LENGTH
    return PlannedClaim(of, value, kept, cell.line, cell.place_of(kept), is_cut=is_cut)


def _joined(mended: Reasons, steered: Reasons | None) -> Reasons:
    """Add why the mended words mean the value, if the curator said that too."""
    return (f"{mended[0]}；{steered[0]}", f"{mended[1]}; {steered[1]}") if steered else mended


def _seen(written: str) -> str:
    """Return the beginning of what the file says, each character that no text may contain replaced."""
    return _shortened(without_refused(plain(written), BROKEN))


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1]}…"


def _reasons(cell: Cell, words: str) -> Reasons:
    """Return why a mended cell has the words: the correction of the whole cell, or what the file lacks."""
    written = "" if says_nothing(plain(cell.written or "")) else _seen(cell.written or "")
    told = _shortened(plain(cell.whole or cell.text) if written else words)
    zh, en = (_reason(language, written, told) for language in ("zh-hans", "en"))
    return zh, en


def _reason(language: str, written: str, words: str) -> str:
    with override(language):
        told = gettext("While importing, the curator corrected “%(written)s” to “%(words)s”")
        filled = gettext("While importing, the curator filled in “%(words)s”, which the file does not say")
        return (told if written else filled) % {"written": written, "words": words}
