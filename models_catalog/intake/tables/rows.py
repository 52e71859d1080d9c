"""Parse CSV text into rows of cells with their places, and find the heading row and its units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.translation import gettext

from models_catalog.intake.tables.items import place_in

_BESIDE: Final = re.compile(
    "[\u200b-\u200f\u2060\ufe0f\ufeff*:#?【】\u2190-\u2bff\U0001f000-\U0001faff]|\\([^()]*\\)|\\[[^\\[\\]]*\\]"
)
_HAN: Final = "[\u3400-\u9fff]"
_SIMPLE: Final = str.maketrans(
    "參數發佈時間開閉機構單廠類別領應稱產規態鏈連結網業權狀標協議億萬個為語視頻圖長窗動預計釋",
    "参数发布时间开闭机构单厂类别领应称产规态链连结网业权状标协议亿万个为语视频图长窗动预计释",
)
"""Traditional characters in headings; the full converter is too large for the process that reads uploads."""
IN_TWO: Final = f"(?<={_HAN}) ?(?=[a-z])|(?<=[a-z]) ?(?={_HAN})"
"""Where a heading goes from one language to the other: 模型名称 model name."""
_CAMEL: Final = re.compile("(?<=[a-z])(?=[A-Z])")
_BETWEEN_HAN: Final = re.compile(f"(?<={_HAN}) (?={_HAN})")
_UNITS: Final = {
    "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "t": 10**12, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_IN_BRACKETS: Final = re.compile(
    rf"[(\[](?:单位|unit|units)?[: ]*(?:in )?(?:以)?({_UNIT})s?(?: ?(?:个|计|为单位|参数|parameters|params))*[)\]]"
)
_AT_END: Final = re.compile(rf"(?:单位 ?:? ?|/ ?|\bin )({_UNIT})s?$| ({_UNIT})s?$")
_BEHIND: Final = re.compile(
    rf"(?:(?<=参数)|(?<=参数量)|(?<=规模)|(?<=参数数))[,， ]?({_UNIT})$|^({_UNIT})(?=参数)"
)
_UNIT_SAID: Final = re.compile(
    rf"(?<=[数量模])[,， ]?(?:{_UNIT})$|^(?:{_UNIT})(?=参数)|[ ,，]?(?:单位 ?:? ?(?:{_UNIT})|/ ?(?:{_UNIT})|\bin (?:{_UNIT})s?)$| (?:{_UNIT})s?$"
)
_UNIT_ABOVE: Final = re.compile(
    rf"(?:单位|\bunits?) ?: ?(?:in )?({_UNIT})s?(?: ?(?:个|参数|parameters|params))*(?=$|[\s)(,;、])"
)
ROWS_LOOKED_AT: Final = 20
"""Number of rows searched for the heading, which may follow titles and notes."""


def full_heading(words: str) -> str:
    """Normalise a heading: narrow, lower case, simplified, single blanks, none between Chinese characters."""
    narrow = unicodedata.normalize("NFKC", words).casefold().translate(_SIMPLE)
    return _BETWEEN_HAN.sub("", " ".join(narrow.replace("_", " ").split()))


def plain_heading(words: str) -> str:
    """Return `full_heading` without brackets and invisible characters."""
    return _BETWEEN_HAN.sub("", " ".join(_BESIDE.sub("", full_heading(words)).split()).rstrip("."))


def forms_of(words: str) -> list[str]:
    """Return the forms under which a heading may be known: in full, without brackets, without its unit, as words of a program."""
    full = full_heading(words)
    forms = [full, plain_heading(words), plain_heading(_UNIT_SAID.sub("", full))]
    return list(dict.fromkeys([*forms, plain_heading(_CAMEL.sub(" ", words))]))


def unit_of(words: str) -> int | None:
    """Return the unit in the heading of a size column: 参数量（亿）, Params (M), 规模/亿."""
    full = full_heading(words)
    found = _IN_BRACKETS.search(full) or _AT_END.search(full) or _BEHIND.search(full)
    return _UNITS[next(filter(None, found.groups()))] if found else None


def score(cells: Sequence[str], known: frozenset[str]) -> int:
    """Return the number of different known headings in a row of cells."""
    forms = ([*forms_of(cell), *re.split(IN_TWO, plain_heading(cell))] for cell in cells)
    return len({next((one for one in of if one in known), "") for of in forms} - {""})


def heading_among(rows: Iterable[tuple[int, Sequence[str]]], known: frozenset[str]) -> tuple[int, int]:
    """Return line and score of the row with most known headings among the first rows; (0, 0) if none has any."""
    best = (0, 0)
    for line, cells in islice(rows, ROWS_LOOKED_AT):
        if (found := score(cells, known)) > best[1]:
            best = (line, found)
    return best


MAX_BYTES = 4_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_BLANK = 16_384
"""Maximum cells of a row, including blank ones at its end."""
MAX_LINES = 200_000
"""Maximum lines of the text, including blank ones and those within cells."""
MAX_CELL = 1_000
"""Maximum characters of a cell, to limit the cost of patterns; no name, size, date, reason or list is longer."""
DELIMITERS = (",", ";", "\t", "|", "，")
LINES_LOOKED_AT = 20
_SAMPLE = 20_000
_SEPARATOR_TOLD = re.compile(r"sep=(.)\r?\n")
"""The separator line that some programs write above a table for spreadsheets."""


def gettext_noop(words: str) -> str:
    """Mark a message for translation. Django's own marker needs settings, which the child process does not have."""
    return words


_ = gettext_noop


class Unreadable(ValueError):
    """The file is not a table that can be imported. Its text says why, in the reader's language."""

    def __init__(self, words: str, **values: str) -> None:
        self.words, self.values = words, values
        super().__init__(words, values)

    def __str__(self) -> str:
        return gettext(self.words) % self.values


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of a cell and its place: line counted from 1, offset in code points."""

    text: str
    line: int
    start: int
    written: str | None = None
    """The file's words, if a curator mended the cell."""
    whole: str = ""
    """All words of the mended cell, if this is a piece of it."""

    @property
    def is_long(self) -> bool:
        """Whether the cell exceeds `MAX_CELL`."""
        return len(self.text) > MAX_CELL

    def place_of(self, words: str, behind: int = 0) -> int:
        """Return the offset of `words` in the line; the cell's start if it does not contain them literally.

        They are searched from offset `behind` of the cell on.
        """
        found = place_in(self.text if self.written is None else self.written, words, behind)
        return self.start + max(found, 0)


@dataclass(frozen=True)
class SourceTable:
    """A heading and rows of cells."""

    heading: list[str]
    rows: list[list[Cell]]
    line: int = 1
    """Line of the heading."""
    unit: int | None = None
    """Unit from a line above the heading: 单位：亿."""


@dataclass(frozen=True)
class ReadFile:
    """A file as text with one row per line, with its encoding and, for a spreadsheet, its sheet."""

    text: str
    encoding: str
    sheet: str = ""
    hidden_rows: int = 0
    sheets: Sequence[str] = ()
    """The names of all sheets or tables, if there are several."""

    @property
    def delimiter(self) -> str:
        """The delimiter of text that was written here; "" if it has to be guessed."""
        return delimiter_of(self.encoding)


def delimiter_of(encoding: str) -> str:
    """Return the delimiter of text that was written here as CSV: of a spreadsheet, Markdown or HTML; "" for other text."""
    return "," if encoding.startswith(("xlsx", "Markdown", "HTML")) else ""


def read_table(text: str, heading_row: int = 0, delimiter: str = "") -> SourceTable:
    """Parse the table in a CSV text, with its heading on that line, else in the first row. Raises `Unreadable`."""
    rows = rows_of(text, delimiter)
    place = next((number for number, row in enumerate(rows) if row[0].line == heading_row), 0)
    if len(rows) < place + 2:
        raise Unreadable(_("a table has a heading and at least one row"))
    heading, begins = [_heading(cell.text) for cell in rows[place]], place + 1
    if len(rows) > begins + 1 and (both := _with_second_line(heading, rows[begins])):
        heading, begins = both, begins + 1
    above = (_UNIT_ABOVE.search(full_heading(cell.text)) for row in rows[:place] for cell in row)
    unit = next((_UNITS[found[1]] for found in above if found), None)
    return SourceTable(heading, rows[begins:], rows[place][0].line, unit)


def _with_second_line(heading: list[str], row: list[Cell]) -> list[str]:
    """Return the heading merged with its second line, if `row` is one: 参数规模 over 总参数 and 激活参数; else [].

    Such a row has words only below a heading that spans several columns; elsewhere it is blank or repeats the heading.
    """
    cells = [_heading(cell.text) for cell in row]
    cells += [""] * (len(heading) - len(cells))
    over = [""]
    for words in heading:
        over.append(words or over[-1])
    spans = [
        over[at + 1] in (over[at], over[at + 2] if at + 2 < len(over) else "") and bool(over[at + 1])
        for at in range(len(heading))
    ]
    below = [at for at, words in enumerate(cells[: len(heading)]) if words and words != heading[at]]
    is_second = all(spans[at] and not re.search(r"\d", cells[at]) for at in below)
    if len(cells) > len(heading) or len(below) < 2 or not is_second:
        return []
    return [cells[at] if at in below else words for at, words in enumerate(heading)]


def _heading(words: str) -> str:
    return " ".join(words.split())


def rows_of(text: str, delimiter: str = "") -> list[list[Cell]]:
    """Return the rows that are not blank, by a delimiter that is guessed if not given.

    Raises `Unreadable` as soon as a limit is exceeded.
    """
    if text.count("\n") > MAX_LINES:
        raise Unreadable(_("the file has more than %(most)s lines"), most=f"{MAX_LINES:,}")
    told = _SEPARATOR_TOLD.match(text)
    delimiter = delimiter or (told[1] if told else _delimiter(text))
    rows: list[list[Cell]] = []
    for row in _rows(text, delimiter):
        if any(cell.text.strip() for cell in row) and not (told and row[0].line == 1):
            rows.append(row)
        if len(rows) > MAX_ROWS + 1:
            raise Unreadable(_("the table has more than %(most)s rows"), most=f"{MAX_ROWS:,}")
    return rows


def _delimiter(text: str) -> str:
    """Guess the delimiter: the sign on most of the first lines, then the most frequent on the first that has it.

    Quoted text does not count. A bar or full-width comma is only considered if there is no other.
    """
    bare = "".join(text[:_SAMPLE].split('"')[::2])
    lines = [line for line in bare.split("\n")[:LINES_LOOKED_AT] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in DELIMITERS}

    def rank(sign: str) -> tuple[int, int]:
        return sum(map(bool, counts[sign])), next(filter(None, counts[sign]), 0)

    common = max(DELIMITERS[:3], key=rank)
    return common if any(counts[common]) else max(DELIMITERS, key=rank)


def _rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """Yield rows of cells (RFC 4180), each with the line and offset where its content begins."""
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
    """Return the end of an unquoted cell, searching only its own line."""
    end_of_line = text.find("\n", position) % (len(text) + 1)
    end = text.find(delimiter, position, end_of_line)
    return end_of_line if end < 0 else end


def _end_of_quoted(text: str, position: int) -> int:
    """Return the position of the closing quotation mark; a doubled one is part of the content."""
    while True:
        end = text.find('"', position)
        if end < 0:
            raise Unreadable(_("a quotation mark is never closed"))
        if not text.startswith('""', end):
            return end
        position = end + 2
