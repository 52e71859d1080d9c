"""Convert one sheet of a spreadsheet to text with one row per line, as displayed, with merged cells filled."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import islice
from typing import Any, Final

import openpyxl
from openpyxl.utils import range_boundaries

from models_catalog.intake.tables.rows import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    ROWS_LOOKED_AT,
    ReadFile,
    Unreadable,
    heading_among,
)
from models_catalog.intake.tables.rows import gettext_noop as _

LINE_BREAK: Final = "\u2028"
"""Replaces a line break within a cell, so that each row stays on one line."""
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_CONDITION: Final = re.compile(r"\[[<>=]")
_NO_PART: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_BREAKS: Final = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")


def shown(cell: Any) -> str:
    """Return the displayed content of the cell on one line."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _day(value, str(cell.number_format))
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return LINE_BREAK.join(
        " ".join(part.split()) for part in _BREAKS.split(str(value).replace("\0", "").strip())
    )


def _day(value: date, form: str) -> str:
    """Return as much of the date as the format shows (year, month or day), without the time."""
    parts = _NO_PART.sub("", form.split(";")[0]).casefold()
    if "d" in parts or not re.search("[ym]", parts):
        return value.isoformat()[:10]
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _number(value: float, form: str) -> str:
    """Return the number as formatted: with the format's literal unit, and scaled by its thousands commas."""
    first = form.split(";")[0]
    number = Decimal(str(value))
    literal = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(first)).strip()
    bare = _NO_PART.sub("", first)
    if not literal or _CONDITION.search(form):  # conditional formats depend on the number
        return _plain(number)
    thousands = len(bare.rstrip(" ")) - len(bare.rstrip(" ").rstrip(","))
    if thousands:
        places = len(bare.partition(".")[2].rstrip(" ,%"))
        number = (number / 1000**thousands).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    before = bool(_LITERAL.match(first))
    return f"{literal}{_plain(number)}" if before else f"{_plain(number)}{literal}"


def _plain(number: Decimal) -> str:
    """Format without an exponent or trailing zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


MAX_UNPACKED = 20_000_000
MAX_RATIO = 100
MAX_TEXT = 8_000_000
"""Maximum characters of a spreadsheet's text: it stores a string once but can show it in every cell."""
MAX_MERGED = 2_000
MAX_FILLED = 100_000
"""Maximum merged ranges, and maximum rows that they cover together."""
OTHER_BOOKS = (b"application/vnd.oasis.opendocument",)

_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_HIDDEN: Final = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d{1,7})"')
_UNCALCULATED: Final = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt="str")[^<>]*>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula cell without a result; an empty text result is allowed."""
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
"""Namespaces of ISO 29500 Strict and their Transitional equivalents."""
Merges = dict[int, list[tuple[int, int, int]]]


def read_sheet(content: bytes, wanted: str = "", headings: frozenset[str] = frozenset()) -> ReadFile:
    """Return the sheet as CSV, one row per line. Raises `Unreadable`, for oversized archives before unpacking them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
            _refuse_others(archive)
            content = _ordinary(archive, content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            sheet = _chosen(book, wanted, headings)
            raw = archive.read(_path_of(sheet))
        if _UNCALCULATED.search(raw):
            raise Unreadable(
                _(
                    "cells hold formulas that were never calculated: open it as a spreadsheet, save it, and try again"
                )
            )
        text, hidden = _lines_of(sheet, _merges(raw), {int(found[1]) for found in _HIDDEN.finditer(raw)})
        titles = [one.title for one in book.worksheets]
        return ReadFile(
            text,
            _said_of(sheet.title, book.sheetnames),
            sheet.title,
            hidden,
            titles if len(titles) > 1 else (),
        )
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl can raise any exception on a damaged file
        raise Unreadable(
            _(
                "the spreadsheet is damaged, or no spreadsheet: open it in its program, save it as .xlsx or CSV, and try again"
            )
        ) from error


def _ordinary(archive: zipfile.ZipFile, content: bytes) -> bytes:
    """Return the file with Strict namespaces replaced by Transitional ones."""
    if "xl/workbook.xml" not in archive.namelist() or _STRICT[0][0] not in archive.read("xl/workbook.xml"):
        return content
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as ordinary:
        for name in archive.namelist():
            member = archive.read(name)
            for strict, other in _STRICT if name.endswith((".xml", ".rels")) else ():
                member = member.replace(strict, other)
            ordinary.writestr(name, member)
    return made.getvalue()


def _chosen(book: Any, wanted: str, headings: frozenset[str]) -> Any:
    """Return the wanted sheet, else the visible one with most known headings (the first of equals)."""
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write dimensions smaller than the sheet
    if wanted:
        found = next((sheet for sheet in book.worksheets if sheet.title == wanted), None)
        if found is None:
            raise Unreadable(_("the spreadsheet has no sheet “%(sheet)s”"), sheet=wanted[:31])
        return found
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    return (
        max(seen, key=lambda sheet: heading_among(_first_rows(sheet), headings)[1]) if headings else seen[0]
    )


def _first_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(islice(sheet.iter_rows(values_only=True), 10 * ROWS_LOOKED_AT), 1):
        cells = [str(value) for value in row[:MAX_COLUMNS] if value is not None]
        if cells:
            yield number, cells


def _path_of(sheet: Any) -> str:
    return str(sheet._worksheet_path).lstrip("/")


def _said_of(title: str, sheets: list[str]) -> str:
    """Return the kind of file and, if it has several sheets, which one was read."""
    return "xlsx" if len(sheets) == 1 else f"xlsx “{title[:31]}” ({sheets.index(title) + 1}/{len(sheets)})"


def _merges(raw: bytes) -> Merges:
    """Return row → (first row, first column, last column) of each merged range that covers it, counted from 1."""
    found: Merges = {}
    filled = 0
    for number, match in enumerate(_MERGED.finditer(raw)):
        left, top, right, bottom = (part or 1 for part in range_boundaries(match[1].decode()))
        right, bottom = min(right, MAX_COLUMNS), min(bottom, MAX_ROWS + 2)
        filled += max(0, bottom - top + 1)
        if number >= MAX_MERGED or filled > MAX_FILLED:
            raise Unreadable(_("the spreadsheet has too many merged cells"))
        for row in range(top, bottom + 1):
            found.setdefault(row, []).append((top, left, right))
    return found


def _lines_of(sheet: Any, merges: Merges, hidden: set[int]) -> tuple[str, int]:
    """Return the rows as CSV, with blank lines kept, and the number of hidden rows that are not blank."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    kept: dict[tuple[int, int], str] = {}
    line = said = said_hidden = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [shown(cell) for cell in row]
        for top, left, right in merges.get(number, ()):
            _fill(cells, left, right, kept, (top, left), is_first=number == top)
        cells = cells[: max((at for at, cell in enumerate(cells, 1) if cell), default=0)]
        if not cells:
            continue
        said, said_hidden = said + 1, said_hidden + (number in hidden)
        if said > MAX_ROWS + 1 or number > MAX_LINES:
            raise Unreadable(_("the table has more than %(most)s rows"), most=f"{MAX_ROWS:,}")
        lines.write("\n" * (number - line - 1))
        writer.writerow(cells)
        line = number
        if lines.tell() > MAX_TEXT:
            raise Unreadable(_("the spreadsheet has more than %(most)s characters"), most=f"{MAX_TEXT:,}")
    return lines.getvalue(), said_hidden


def _fill(
    cells: list[str],
    left: int,
    right: int,
    kept: dict[tuple[int, int], str],
    of: tuple[int, int],
    *,
    is_first: bool,
) -> None:
    """Copy the first cell of a merged range to all of its cells, which is how people read it."""
    if is_first and left <= len(cells):
        kept[of] = cells[left - 1]
    cells += [""] * (right - len(cells))
    cells[left - 1 : right] = [kept.get(of, "")] * (right - left + 1)


def _refuse_others(archive: zipfile.ZipFile) -> None:
    """Raise `Unreadable` for OpenDocument, which is also a zip archive."""
    if "mimetype" in archive.namelist() and archive.read("mimetype").startswith(OTHER_BOOKS):
        raise Unreadable(_("OpenDocument spreadsheets (.ods) are not read: save it as .xlsx, or as CSV"))


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raise `Unreadable` if the members are too many, too large, or compressed too strongly (a zip bomb)."""
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    swollen = any(one.file_size > 1_000_000 + MAX_RATIO * one.compress_size for one in members)
    if len(members) > 500 or unpacked > MAX_UNPACKED or swollen:
        raise Unreadable(
            _("unpacked, the spreadsheet has %(size)s bytes: too many to be read"), size=f"{unpacked:,}"
        )
