"""Streaming XLSX writer: the zip is written while the rows arrive, so that the first bytes are sent at once.

Spreadsheet libraries build the whole sheet before they zip it: with 100,000 entries nothing was sent for most of a
minute. A sheet of plain cells needs little of the format (ECMA-376, part 1): text is written into its cell
(`inlineStr`), so it is never a formula or link, and needs no complete table of shared strings first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.publish.columns import NAMES
from models_catalog.publish.writers import ROWS_A_CHUNK, Cell
from models_catalog.text.characters import for_xml

MAX_ROWS = 1_048_575
MAX_CHARS = 32_767
"""Limits of the format: rows below the heading, and UTF-16 code units in a cell."""

EXACT = 10**15
"""Spreadsheets round numbers from here on, so they are written as text."""

_FIRST_DAY = date(1900, 3, 1)  # programs disagree on day numbers before it
_NARROWEST, _WIDEST, _ANY_SIZE = 9, 48, 20
"""Column widths in digits; the last fits any number written as a number: 999,999,999,999,999."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
_COMPRESSION = 1  # three times as fast as the default 6, a tenth larger


class TooManyRows(ValueError):
    """More rows than a sheet can hold."""

    def __init__(self) -> None:
        super().__init__(_("A spreadsheet holds at most 1,048,575 rows. Choose CSV, or narrow the filter."))


def xlsx_parts(
    rows: Iterable[list[Cell]], names: Iterable[str] = NAMES, title: str = "models"
) -> Iterator[bytes]:
    """The file in parts: one sheet with frozen heading and first column, an autofilter, and columns fitted to their
    cells.
    """
    out = _Outgoing()
    sheet = _Sheet(list(names))
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as book:
        for path, content in _FRAME.items():
            book.writestr(path, _XML + content)
        with book.open("xl/worksheets/sheet1.xml", "w") as file:
            for chunk in sheet.chunks(rows):
                file.write(chunk.encode())
                yield out.taken()
        # Last, since it names the range of the filter.
        quoted = escape(title.replace("'", "''"))
        span = f"'{quoted}'!{sheet.span('$')}"
        book.writestr("xl/workbook.xml", _XML + _WORKBOOK.format(title=escape(title), span=span))
    yield out.taken()


class _Outgoing:
    """A write-only, unseekable file that returns what was written to it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._parts.append(bytes(content))
        return len(content)

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


class _Sheet:
    """The sheet as XML, in chunks."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._letters = [_letters(place) for place in range(len(names))]
        self._last = 1

    def chunks(self, rows: Iterable[list[Cell]]) -> Iterator[str]:
        numbered = enumerate(rows, 2)
        first = list(islice(numbered, ROWS_A_CHUNK))
        yield self._head([row for _number, row in first]) + self._lines(first)
        while more := list(islice(numbered, ROWS_A_CHUNK)):
            yield self._lines(more)
        yield f'</sheetData><autoFilter ref="{self.span()}"/></worksheet>'

    def span(self, fixed: str = "") -> str:
        """The range of all cells: `A1:B9`, or `$A$1:$B$9` with `$`."""
        return f"{fixed}A{fixed}1:{fixed}{self._letters[-1]}{fixed}{self._last}"

    def _head(self, rows: list[list[Cell]]) -> str:
        headings = "".join(
            f'<c r="{at}1" s="{_BOLD}" t="inlineStr"><is><t>{_text(name)}</t></is></c>'
            for at, name in zip(self._letters, self._names, strict=True)
        )
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{_width(name, [row[place - 1] for row in rows])}" customWidth="1"/>'
            for place, name in enumerate(self._names, 1)
        )
        return f'{_XML}{_SHEET_HEAD}<cols>{columns}</cols><sheetData><row r="1">{headings}</row>'

    def _lines(self, rows: list[tuple[int, list[Cell]]]) -> str:
        self._last = rows[-1][0] if rows else self._last
        return "".join(_row(number, self._letters, row) for number, row in rows)


def _width(name: str, cells: list[Cell]) -> int:
    """Width of a column in digits, from its first cells; room for any size if they are empty or large."""
    held = [cell for cell in cells if cell is not None and cell != ""]
    widest = max(map(_room, held), default=_ANY_SIZE)
    if any(type(cell) is int and abs(cell) >= 10**6 for cell in held):
        widest = _ANY_SIZE
    return min(max(widest, len(name) + 3, _NARROWEST), _WIDEST)  # three for the filter's button


def _room(cell: Cell) -> int:
    """Width of a cell in digits. A Han character counts as two."""
    if isinstance(cell, datetime):
        return 20
    if isinstance(cell, date):
        return 11
    if isinstance(cell, bool):
        return 7
    text = f"{cell:,}" if isinstance(cell, int) else str(cell)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text[:_WIDEST]) + 1


def _row(number: int, letters: list[str], row: list[Cell]) -> str:
    if number > MAX_ROWS + 1:
        raise TooManyRows
    cells = [
        f'<c r="{at}{number}"{_WRITERS.get(type(cell), _as_text)(cell)}</c>'
        for at, cell in zip(letters, row, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(place: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _as_text(cell: object) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{_text(str(cell))}</t></is>'


def _as_number(cell: Any) -> str:
    if abs(cell) >= EXACT:
        return _as_text(cell)
    # The General format would show a size as 2.6E+11.
    style = f' s="{_SIZE}"' if abs(cell) >= 10_000 else ""
    return f"{style}><v>{cell}</v>"


def _as_decimal(cell: Decimal) -> str:
    return f"><v>{cell:f}</v>" if len(cell.as_tuple().digits) <= 15 else _as_text(f"{cell:f}")


def _as_truth(cell: object) -> str:
    return f' t="b"><v>{int(bool(cell))}</v>'


def _as_day(cell: Any) -> str:
    if cell < _FIRST_DAY:
        return _as_text(cell.isoformat())
    return f' s="{_DAY}"><v>{cell.toordinal() - _DAY_ZERO}</v>'


def _as_time(cell: Any) -> str:
    """A time in the site's zone, since spreadsheet times have none."""
    local = timezone.localtime(cell)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return f' s="{_TIME}"><v>{local.toordinal() - _DAY_ZERO + seconds / 86_400:.10f}</v>'


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: _as_truth,
    int: _as_number,
    Decimal: _as_decimal,
    date: _as_day,
    datetime: _as_time,
}

_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def _text(text: str) -> str:
    """`text` as XML, cut to MAX_CHARS. Characters that XML forbids, and text that looks like their escape, are written
    as ST_Xstring escapes (`_x0000_`).
    """
    if len(text) > MAX_CHARS // 2 and len(text.encode("utf-16-le", "replace")) > 2 * MAX_CHARS:
        text = text.encode("utf-16-le", "replace")[: 2 * (MAX_CHARS - 1)].decode("utf-16-le", "ignore") + "…"
    return escape(for_xml(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)))


_BOLD, _DAY, _TIME, _SIZE = 1, 2, 3, 4  # indexes in `cellXfs` below
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_HEAD = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" '
    'topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
)
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{{title}}" sheetId="1" r:id="rId1"/></sheets>'
    '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{span}</definedName></definedNames>'
    "</workbook>"
)
_FRAME = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
