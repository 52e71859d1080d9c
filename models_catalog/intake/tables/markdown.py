"""Convert the tables of a Markdown text, such as a README, or of a web page to CSV; rows keep their line numbers.

Tables with the same heading are joined; otherwise the one with most known headings is read, named by its title.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from models_catalog.intake.tables.html_tables import LONGEST_TITLE, FoundTable, html_tables
from models_catalog.intake.tables.rows import MAX_BLANK, ReadFile, Unreadable, full_heading, score
from models_catalog.intake.tables.rows import gettext_noop as _
from models_catalog.intake.tables.sheets import LINE_BREAK

_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
"""The rule below the heading row of a table."""
_TITLE: Final = re.compile(r" {0,3}#{1,6}\s(.*)")
_BAR: Final = re.compile(r"(?<!\\)\|")
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_POWER: Final = re.compile(r"(?<=10)<sup>(\d{1,2})</sup>", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"<sup>(?:[^<>\w][^<>]*</sup>|[^<>]*</sup>(?![\w-]))|!\[[^\[\]]*\]\([^()]*\)|\[\^[^\[\]]*\]|</?[a-zA-Z][^<>]*>|\*\*|__|~~|`+"
)
"""Images, footnote marks, tags, and the signs around bold, struck and literal words.

A raised number within a name is a part of it: X<sup>2</sup>-VLM.
"""
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SLANTED: Final = re.compile(r"([*_])([^*_]+)\1")
_SIGNS: Final = {
    ":white_check_mark:": "✅", ":heavy_check_mark:": "✔", ":ballot_box_with_check:": "☑", ":x:": "❌",
    ":heavy_multiplication_x:": "✖", ":negative_squared_cross_mark:": "❌",
}  # fmt: skip


def is_markdown(name: str, text: str) -> bool:
    """Return whether the file is Markdown, by its name or because it holds a Markdown table."""
    return name.lower().endswith((".md", ".markdown")) or bool(_tables(text))


def read_tables(text: str, wanted: str, headings: frozenset[str], kind: str = "Markdown") -> ReadFile:
    """Return the tables below the wanted title, or those with most known headings. Raises `Unreadable`."""
    found = _tables(text) if kind == "Markdown" else []
    found += html_tables(text) if "<table" in text.lower() else []
    tables = [table for table in found if not wanted or table.title == wanted]
    if not tables:
        raise Unreadable(_("the file looks like %(kind)s: save its table as CSV or .xlsx"), kind=kind)
    best = max(tables, key=lambda table: score(table.heading, headings))
    alike = [table for table in tables if _plain(table.heading) == _plain(best.heading)]
    rows = {line: cells for table in alike for line, cells in table.rows.items()}
    others = "" if len(alike) == len(tables) else f" “{best.title}” ({len(alike)}/{len(tables)})"
    titles = list(dict.fromkeys(table.title for table in found if table.title))
    return ReadFile(_lines(rows), f"{kind}{others}", best.title, sheets=titles if len(titles) > 1 else ())


def _plain(heading: list[str]) -> list[str]:
    return [full_heading(words) for words in heading]


def _lines(rows: dict[int, list[str]]) -> str:
    written, line = io.StringIO(), 0
    writer = csv.writer(written, lineterminator="\n")
    for number in sorted(rows):
        written.write("\n" * (number - line - 1))
        writer.writerow(rows[number])
        line = number
    return written.getvalue()


def _tables(text: str) -> list[FoundTable]:
    """Return every table of the text. Rows after a blank line belong to the table above if they begin with a bar."""
    found: list[FoundTable] = []
    lines, title, is_within, was_blank = text.split("\n"), "", False, False
    for number, line in enumerate(lines, start=1):
        below = lines[number] if number < len(lines) else ""
        if titled := _TITLE.fullmatch(line):
            title = _cell(titled[1].strip("# \t"))[:LONGEST_TITLE]
        if "|" not in line:
            is_within, was_blank = is_within and not line.strip(), True
        elif _is_rule(below) and abs(len(_cells(below)) - len(_cells(line))) <= 1:
            found.append(FoundTable(title, _cells(line), {number: _cells(line)}))
            is_within, was_blank = True, False
        elif is_within and not _is_rule(line) and not (was_blank and not line.lstrip().startswith("|")):
            found[-1].rows[number] = _cells(line)
    return found


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and _RULE.fullmatch(line.strip()) is not None


def _cells(line: str) -> list[str]:
    bare = line.strip()
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [_cell(cell) for cell in _BAR.split(bare, MAX_BLANK)]


def _cell(words: str) -> str:
    """Return the cell as it is displayed; link markup stays, because the columns read it."""
    words = _BREAK.sub(LINE_BREAK, words.replace("\\|", "|"))
    words = _POWER.sub(r"^\1", words)
    for sign, shown in _SIGNS.items():
        words = words.replace(sign, shown)
    bare = _MARKUP.sub("", words).strip()
    slanted = _SLANTED.fullmatch(bare)
    return _ESCAPED.sub(r"\1", slanted[2] if slanted else bare)
