"""Reading a table that somebody uploaded: bounded, in a known encoding, each cell with its place."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl

MAX_BYTES = 4_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_UNPACKED = 20_000_000
MAX_RATIO = 100
ENCODINGS = ("utf-8", "gb18030")


class Unreadable(ValueError):
    """The file is no table that can be imported; the message says why."""


@dataclass(frozen=True)
class Cell:
    """The content of a cell, and where it stands: a line counted from 1, offsets in code points."""

    text: str
    line: int
    start: int

    def place_of(self, words: str) -> int:
        """Where `words` begin in the line; the cell's own start if they are not in it as they are."""
        found = self.text.find(words)
        return self.start + max(found, 0)


@dataclass(frozen=True)
class Table:
    """A heading and rows of cells."""

    heading: list[str]
    rows: list[list[Cell]]


def text_of(name: str, content: bytes) -> tuple[str, str]:
    """The file as text, a line a row, and the encoding found. Raises `Unreadable`."""
    if len(content) > MAX_BYTES:
        raise Unreadable(f"the file has {len(content):,} bytes, at most {MAX_BYTES:,} are read")
    if name.lower().endswith(".xlsx") or content.startswith(b"PK\x03\x04"):
        return _sheet_text(content), "xlsx"
    return _decoded(content)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xef\xbb\xbf"):
        content, marked = content[3:], "utf-8-sig"
    else:
        marked = ""
    if b"\0" in content:
        raise Unreadable("the file holds NUL characters: it is no text, or UTF-16; save it as UTF-8")
    for encoding in ENCODINGS[: 1 if marked else None]:
        try:
            return content.decode(encoding), marked or encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("the file is neither UTF-8 nor GB18030 (GBK)")


def _sheet_text(content: bytes) -> str:
    """The first sheet as CSV, one line a row. Refused before it is unpacked if it would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):
            if number > MAX_ROWS + 1:
                raise Unreadable(f"more than {MAX_ROWS:,} rows")
            cells = [_on_one_line(value) for value in row]
            writer.writerow(cells[: max((at for at, cell in enumerate(cells, 1) if cell), default=0)])
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises anything at all on a damaged file
        raise Unreadable(f"not a readable spreadsheet ({type(error).__name__})") from error
    return lines.getvalue()


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if len(members) > 500 or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise Unreadable(f"unpacked, the spreadsheet has {unpacked:,} bytes: too many to be read")


def _on_one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).replace("\0", "").split())


def read_table(text: str) -> Table:
    """The table in a CSV text. Raises `Unreadable`."""
    delimiter = "\t" if "\t" in text.partition("\n")[0] and "," not in text.partition("\n")[0] else ","
    rows = [row for row in _rows(text, delimiter) if any(cell.text.strip() for cell in row)]
    if len(rows) < 2:
        raise Unreadable("a table has a heading and at least one row")
    if len(rows) > MAX_ROWS + 1:
        raise Unreadable(f"the table has {len(rows) - 1:,} rows, at most {MAX_ROWS:,} are read")
    if max(map(len, rows)) > MAX_COLUMNS:
        raise Unreadable(f"a row has more than {MAX_COLUMNS} cells")
    return Table([cell.text.strip() for cell in rows[0]], rows[1:])


def _rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """Rows of cells (RFC 4180), each with the line and offset at which its content begins."""
    row: list[Cell] = []
    line, line_begins, position = 1, 0, 0
    while position <= len(text):
        quoted = text.startswith('"', position)
        begins_at, content_begins = position + quoted, line
        start = begins_at - line_begins
        position = _end_of_quoted(text, begins_at) if quoted else _end_of_plain(text, begins_at, delimiter)
        content = text[begins_at:position]
        if quoted:
            line_feeds = content.count("\n")
            if line_feeds:
                line, line_begins = line + line_feeds, begins_at + content.rindex("\n") + 1
            position = _end_of_plain(text, position + 1, delimiter)
            content = content.replace('""', '"')
        row.append(Cell(content.rstrip("\r") if not quoted else content, content_begins, start))
        if position >= len(text) or text[position] == "\n":
            yield row
            row, line, line_begins = [], line + 1, position + 1
        position += 1


def _end_of_plain(text: str, position: int, delimiter: str) -> int:
    ends = [found for found in (text.find(delimiter, position), text.find("\n", position)) if found >= 0]
    return min(ends, default=len(text))


def _end_of_quoted(text: str, position: int) -> int:
    """Where the closing quotation mark stands; two of them are one that is meant."""
    while True:
        end = text.find('"', position)
        if end < 0:
            raise Unreadable("a quotation mark is never closed")
        if not text.startswith('""', end):
            return end
        position = end + 2
