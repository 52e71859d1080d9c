"""Tables in an article, of Markdown or with tabs: what the headings say the columns hold, and the cells of each row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from models_catalog.ingest.article_file import Article
from models_catalog.ingest.article_finding import CONTEXT_LENGTH
from models_catalog.ingest.article_passages import Passage, passages
from models_catalog.models.vocabulary import EventKind, Field

NAMES: Final = Field.NAME.value
LONGEST_CELL: Final = 40
MOST_CELLS: Final = 60
"""Of a row; each is looked at beside each model that the row names."""

_HEADINGS: Final = (
    (Field.OPENNESS.value, "开源(?!时间|日期)|开放情况|闭源|open"),
    (CONTEXT_LENGTH, "上下文|context"),
    (Field.PARAMETERS.value, "参数|规模|大小|parameters|size"),
    (Field.EVENT.value, "时间|日期|发布(?!方|机构|单位|者|公司)|上线|月份|released?|date"),
    (
        Field.DEVELOPER.value,
        "公司|机构|研发|开发|厂商|单位|企业|团队|出品|发布方|大学|主体|developer|company|maker|organi[sz]ation",
    ),
    (Field.SECTOR.value, "行业|领域|场景|赛道|应用方向|用途|sector|industry"),
    (NAMES, "模型|名称|产品|名字|^model|^name"),
)
_DATED: Final = (
    (EventKind.PLANNED, "计划|预计|拟"),
    (EventKind.OPEN_SOURCED, "开源"),
    (EventKind.APPROVED, "备案|获批"),
    (EventKind.BETA, "内测|公测"),
    (EventKind.UPDATED, "更新|升级"),
)
_RULE: Final = re.compile(r"[\s|:\-—]+")
_PROSE: Final = re.compile("[，。；！？]")


@dataclass(frozen=True)
class Cell:
    """`line[start:end]`, under the heading `heading`; `holds` the field that it says, or ""."""

    start: int
    end: int
    text: str
    heading: str = ""
    holds: str = ""

    @property
    def event(self) -> EventKind:
        """What happened on the day of a column of days."""
        return next((kind for kind, words in _DATED if re.search(words, self.heading)), EventKind.RELEASED)


def _cells(passage: Passage) -> list[Cell]:
    """The cells of a line that could be a row; none of prose."""
    plain, mark = passage.plain, "|" if "|" in passage.plain else "\t"
    if len(passage.lines) > 1 or mark not in plain:
        return []
    edges = [-1, *(place for place, char in enumerate(plain) if char == mark), len(plain)]
    cells = []
    for left, right in pairwise(edges):
        words = plain[left + 1 : right]
        start = left + 1 + len(words) - len(words.lstrip())
        cells.append(Cell(start, start + len(words.strip()), words.strip()))
    if mark == "|":
        cells = [cell for number, cell in enumerate(cells) if cell.text or 0 < number < len(cells) - 1]
    if sum(bool(one.text) for one in cells) < 2 or len(cells) > MOST_CELLS:
        return []
    is_row = all(len(one.text) <= LONGEST_CELL and not _PROSE.search(one.text) for one in cells)
    return cells if is_row else []


def rows_of(article: Article) -> dict[int, list[Cell]]:
    """For each line that is a row of a table its cells; a heading and the rule below it have none."""
    found: dict[int, list[Cell]] = {}
    headings: list[tuple[str, str]] = []
    is_within = False
    for passage in passages(article):
        cells, number = _cells(passage), passage.lines[0].number
        if not cells:
            is_within = False
            continue
        if not is_within:
            headings = _headings(cells)
        if (not is_within and headings) or _RULE.fullmatch(passage.plain):
            found[number] = []
        else:
            found[number] = [_under(cell, headings, place) for place, cell in enumerate(cells) if cell.text]
        is_within = True
    return found


def _headings(cells: list[Cell]) -> list[tuple[str, str]]:
    """Heading and field of each column, if the row has the headings of a table of models."""
    found = [(cell.text, _holds(cell.text)) for cell in cells]
    fields = [holds for _text, holds in found if holds]
    return (
        found
        if NAMES in fields and len(fields) > 1 and not re.search(r"\d", "".join(c.text for c in cells))
        else []
    )


def _holds(heading: str) -> str:
    return next((holds for holds, words in _HEADINGS if re.search(words, heading, re.IGNORECASE)), "")


def _under(cell: Cell, headings: list[tuple[str, str]], place: int) -> Cell:
    heading, holds = headings[place] if place < len(headings) else ("", "")
    return Cell(cell.start, cell.end, cell.text, heading, holds)


_SPLIT: Final = re.compile(r"[、,/；;]|\s和\s|(?<=[\u4e00-\u9fff])[和与](?=[\u4e00-\u9fff])")
_NAME: Final = re.compile(
    r"[“\"「《【]?(?P<name>[^“”\"「」《》【】（()）]{2,40}?)[”\"」》】]?\s*(?:[（(].*)?$"
)


def names_in(cell: Cell) -> list[tuple[int, int]]:
    """Where the names in a cell of names stand."""
    spans, start = [], 0
    for stop in [*(mark.span() for mark in _SPLIT.finditer(cell.text)), (len(cell.text), len(cell.text))]:
        part = cell.text[start : stop[0]]
        if (match := _NAME.match(part.strip())) and match["name"].strip():
            first = cell.start + start + part.index(match["name"])
            spans.append((first, first + len(match["name"].rstrip())))
        start = stop[1]
    return spans
