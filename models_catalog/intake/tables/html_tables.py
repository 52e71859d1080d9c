"""Find the tables of an HTML text: a saved page, or a README that writes its tables in HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from models_catalog.intake.tables.rows import MAX_COLUMNS, MAX_ROWS
from models_catalog.intake.tables.sheets import LINE_BREAK

LONGEST_TITLE: Final = 31
_TITLES: Final = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}
_BLOCKS: Final = {"br", "p", "li", "div"}
_UNSEEN: Final = {"script", "style", "template", "noscript"}
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?")
_RAISED: Final = re.compile("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1([\\w-]?)")
_BLANKS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
_VOID: Final = {"br", "img", "input", "hr", "wbr", "col", "meta", "link"}
_MOST_FILLED: Final = 100_000
"""Maximum number of cells that spanning ones fill."""


@dataclass
class FoundTable:
    """A table: the title above it, its heading, and its rows by line number."""

    title: str
    heading: list[str]
    rows: dict[int, list[str]] = field(default_factory=dict)


@dataclass
class _Grid:
    """A table while it is read; `below` holds cells that span into later rows: column → text and rows left."""

    title: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    below: dict[int, tuple[str, int]] = field(default_factory=dict)
    row: list[str] = field(default_factory=list)

    def begin_row(self, line: int) -> None:
        self.fill()
        at = max(line, max(self.rows, default=0) + 1)
        self.row = self.rows[at] = []

    def fill(self) -> None:
        """Take over the cells that span into this row at the next place."""
        while spanning := self.below.get(len(self.row)):
            text, left = spanning
            if left > 1:
                self.below[len(self.row)] = text, left - 1
            else:
                del self.below[len(self.row)]
            self.row.append(text)

    def add(self, text: str, columns: int, rows: int) -> None:
        self.fill()
        for _column in range(columns):
            if rows > 1:
                self.below[len(self.row)] = text, rows - 1
            self.row.append(text)


class _Reader(HTMLParser):
    """Collects the tables; a cell keeps its links as Markdown, which the columns read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Grid] = []
        self.open: list[_Grid] = []
        self.title = ""
        self._texts: list[tuple[str, list[str], tuple[int, int]]] = []
        """Open cells and titles: tag, pieces of text, and how many columns and rows a cell spans."""
        self._unseen: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._filled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._unseen or tag in _UNSEEN or _HIDDEN.search(given.get("style", "")):
            if tag not in _VOID:
                self._unseen.append(tag)
            return
        if tag == "table":
            self.open.append(_Grid(self.title))
        elif tag == "tr" and self.open:
            self._close_text()
            self.open[-1].begin_row(self.getpos()[0])
        elif (tag in ("td", "th") and self.open) or tag in _TITLES:
            self._close_text()
            self._texts.append((tag, [], (self._span(given, "colspan"), self._span(given, "rowspan"))))
        elif self._texts:
            self._within(tag, given)

    def _within(self, tag: str, given: dict[str, str]) -> None:
        pieces = self._texts[-1][1]
        if tag in _BLOCKS and any(map(str.strip, pieces)):
            pieces.append(LINE_BREAK)
        elif tag == "a" and given.get("href", "").startswith("http"):
            self._links.append((given["href"], len(pieces)))
        elif tag == "sup":
            pieces.append("\0")
        elif tag == "img" and given.get("alt"):
            pieces.append(given["alt"])

    def _span(self, given: dict[str, str], name: str) -> int:
        words = given.get(name, "1")
        wanted = int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 1
        most = MAX_COLUMNS if name == "colspan" else MAX_ROWS
        span = max(1, min(wanted, most))
        self._filled += span - 1
        return span if self._filled <= _MOST_FILLED else 1

    def handle_data(self, data: str) -> None:
        if self._texts and not self._unseen:
            self._texts[-1][1].append(_BLANKS.sub(" ", data))

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
        elif tag == "a" and self._links and self._texts:
            address, begin = self._links.pop()
            pieces = self._texts[-1][1]
            words = _settled("".join(pieces[begin:])).strip()
            pieces[begin:] = [f"[{words}]({address})" if words else ""]
        elif tag == "sup" and self._texts:
            self._close_footnote(self._texts[-1][1])
        elif tag in ("td", "th") or tag in _TITLES:
            self._close_text()
        elif tag == "table" and self.open:
            self._close_text()
            self.open[-1].fill()
            self.found.append(self.open.pop())

    def _close_footnote(self, pieces: list[str]) -> None:
        """Drop a raised sign, and mark a number or letter, which is dropped unless more of the word follows."""
        begin = max((at for at, piece in enumerate(pieces) if piece == "\0"), default=len(pieces))
        words = "".join(pieces[begin + 1 :]).strip()
        bare = re.sub(r"^\[(.*)\]\(.*\)$", r"\1", words)
        is_mark = _FOOTNOTE.fullmatch(bare) is not None
        pieces[begin:] = [f"\ufdd0{words}\ufdd1" if words[:1].isalnum() else ""] if is_mark else [words]

    def _close_text(self) -> None:
        if not self._texts:
            return
        tag, pieces, (columns, rows) = self._texts.pop()
        self._links.clear()
        text = _BLANKS.sub(" ", _settled("".join(pieces).replace("\0", ""))).strip(f" {LINE_BREAK}")
        if tag in _TITLES:
            self.title = text[:LONGEST_TITLE] or self.title
            if tag == "caption" and self.open:
                self.open[-1].title = self.title
        elif self.open:
            self.open[-1].add(text, columns, rows)


def _settled(text: str) -> str:
    """Drop the raised numbers behind words: 7B² is no 7B2, but X²-VLM is no X-VLM."""
    return _RAISED.sub(lambda found: found[2] and found[1] + found[2], text)


def html_tables(text: str) -> list[FoundTable]:
    """Return every table with a heading and a row."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = []
    for grid in [*reader.found, *reader.open]:
        rows = {line: cells for line, cells in grid.rows.items() if any(cells)}
        if len(rows) > 1:
            first = min(rows)
            found.append(FoundTable(grid.title, rows[first], rows))
    return found
