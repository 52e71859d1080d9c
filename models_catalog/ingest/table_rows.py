"""The rows of a table in CSV text: each cell with its place, and no more of them than a table may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

MAX_BYTES = 4_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_BLANK = 16_384
"""Cells of a row, blank ones at its end too."""
MAX_LINES = 200_000
"""Lines of the text, blank ones and those within cells too."""
MAX_CELL = 1_000
"""Characters of a cell that is read; no name, size, day, reason or list of names is longer. Patterns go over it more than once."""
DELIMITERS = (",", ";", "\t", "|", "，")
LINES_LOOKED_AT = 20
_SAMPLE = 20_000
_SEPARATOR_TOLD = re.compile(r"sep=(.)\r?\n")
"""What some programs write above a table, for spreadsheets."""


def gettext_noop(words: str) -> str:
    """Mark a message for translation. Django's own marker wants settings, which the reading child has not."""
    return words


_ = gettext_noop


class Unreadable(ValueError):
    """The file is no table that can be imported. As text it says why, in the reader's language."""

    def __init__(self, words: str, **values: str) -> None:
        self.words, self.values = words, values
        super().__init__(words, values)

    def __str__(self) -> str:
        return gettext(self.words) % self.values


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of a cell, and where it stands: a line counted from 1, offsets in code points."""

    text: str
    line: int
    start: int

    @property
    def is_long(self) -> bool:
        """Whether it is longer than any that is read."""
        return len(self.text) > MAX_CELL

    def place_of(self, words: str) -> int:
        """Where `words` begin in the line; the cell's own start if they are not in it as they are."""
        found = self.text.find(words)
        return self.start + max(found, 0)


@dataclass(frozen=True)
class Table:
    """A heading and rows of cells."""

    heading: list[str]
    rows: list[list[Cell]]
    line: int = 1
    """Of the heading."""


@dataclass(frozen=True)
class ReadFile:
    """A file as text, a line a row, and what was found in it: the encoding; of a spreadsheet the sheet too."""

    text: str
    encoding: str
    sheet: str = ""
    hidden_rows: int = 0


def read_table(text: str, heading: int = 0) -> Table:
    """The table in a CSV text whose heading stands in that line, else in the first row. Raises `Unreadable`."""
    rows = rows_of(text)
    place = next((number for number, row in enumerate(rows) if row[0].line == heading), 0)
    if len(rows) < place + 2:
        raise Unreadable(_("a table has a heading and at least one row"))
    return Table([_heading(cell.text) for cell in rows[place]], rows[place + 1 :], rows[place][0].line)


def _heading(words: str) -> str:
    return " ".join(words.split())


def rows_of(text: str) -> list[list[Cell]]:
    """The rows that say something. Raises `Unreadable`, before more is kept than a table may have."""
    if text.count("\n") > MAX_LINES:
        raise Unreadable(_("the file has more than %(most)s lines"), most=f"{MAX_LINES:,}")
    told = _SEPARATOR_TOLD.match(text)
    delimiter = told[1] if told else _delimiter(text)
    rows: list[list[Cell]] = []
    for row in _rows(text, delimiter):
        if any(cell.text.strip() for cell in row) and not (told and row[0].line == 1):
            rows.append(row)
        if len(rows) > MAX_ROWS + 1:
            raise Unreadable(_("the table has more than %(most)s rows"), most=f"{MAX_ROWS:,}")
    return rows


def _delimiter(text: str) -> str:
    """What parts the cells: the sign that stands in most of the first lines, and most often in the first of them.

    What is within quotation marks does not count. A bar or a full-width comma is asked last.
    """
    bare = "".join(text[:_SAMPLE].split('"')[::2])
    lines = [line for line in bare.split("\n")[:LINES_LOOKED_AT] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in DELIMITERS}

    def rank(sign: str) -> tuple[int, int]:
        return sum(map(bool, counts[sign])), next(filter(None, counts[sign]), 0)

    common = max(DELIMITERS[:3], key=rank)
    return common if any(counts[common]) else max(DELIMITERS, key=rank)


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
        if len(row) > MAX_COLUMNS and (content.strip() or len(row) > MAX_BLANK):
            raise Unreadable(_("a row has more than %(most)s cells"), most=str(MAX_COLUMNS))
        if position >= len(text) or text[position] == "\n":
            yield row[:MAX_COLUMNS]
            row, line, line_begins = [], line + 1, position + 1
        position += 1


def _end_of_plain(text: str, position: int, delimiter: str) -> int:
    """Where a cell without quotation marks ends. Nothing beyond its line is looked at."""
    end_of_line = text.find("\n", position)
    if end_of_line < 0:
        end_of_line = len(text)
    end = text.find(delimiter, position, end_of_line)
    return end_of_line if end < 0 else end


def _end_of_quoted(text: str, position: int) -> int:
    """Where the closing quotation mark stands; two of them are one that is meant."""
    while True:
        end = text.find('"', position)
        if end < 0:
            raise Unreadable(_("a quotation mark is never closed"))
        if not text.startswith('""', end):
            return end
        position = end + 2
