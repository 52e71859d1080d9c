"""Finds what headings govern: the rows of tables, and the labels below the name of a model (1. 问川, 参数:70亿)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from models_catalog.intake.articles.finding import CONTEXT_LENGTH
from models_catalog.intake.articles.names import Makers, Mention
from models_catalog.intake.articles.shapes import FOREIGN_MAKERS
from models_catalog.intake.articles.text import Article, Passage, passages
from models_catalog.intake.articles.words import MODEL_NOUN, MODIFIERS
from models_catalog.models.vocabulary import EventKind, Field
from models_catalog.text.names import fold

NAMES: Final = Field.NAME.value

_HEADINGS: Final = (
    (Field.OPENNESS.value, "开源(?!时间|日期)|开放情况|闭源|许可|协议|licen[cs]e|open"),
    (CONTEXT_LENGTH, "上下文|context"),
    (Field.PARAMETERS.value, "参数|总参|规模|大小|parameters|size"),
    (Field.EVENT.value, "时间|日期|发布(?!方|机构|单位|者|公司)|上线|月份|released?|date"),
    (
        Field.DEVELOPER.value,
        "公司|机构|研发|开发|厂商|单位|企业|团队|出品|发布方|大学|主体|developer|company|maker|organi[sz]ation",
    ),
    (Field.SECTOR.value, "行业|领域|场景|赛道|应用方向|用途|类别|类型|分类|sector|industry|category"),
    (NAMES, "模型|名称|产品|名字|^model|^name"),
)
_DATED: Final = (
    (EventKind.PLANNED, "计划|预计|拟"),
    (EventKind.OPEN_SOURCED, "开源"),
    (EventKind.APPROVED, "备案|获批"),
    (EventKind.BETA, "内测|公测"),
    (EventKind.UPDATED, "更新|升级"),
)


@dataclass(frozen=True)
class ListedCell:
    """A cell at `line[start:end]` with its column's heading; `holds` is the field that the heading names, or "".

    Without headings of a table of models, `heading` is the text in the table's first row.
    """

    start: int
    end: int
    text: str
    heading: str = ""
    holds: str = ""

    @property
    def event(self) -> EventKind:
        """The event that the heading of a column of dates names; a release unless it says otherwise."""
        return next((kind for kind, words in _DATED if re.search(words, self.heading)), EventKind.RELEASED)


def column_headings(cells: list[ListedCell]) -> list[tuple[str, str]]:
    """Heading and field of each column; [] if the row does not have the headings of a table of models."""
    found = [(cell.text, holds(cell.text)) for cell in cells]
    fields = [field for cell in cells if (field := named_field(cell.text))]
    is_of_models = NAMES in fields and (len(fields) > 1 or _MODELS.fullmatch(cells[0].text) is not None)
    return found if is_of_models and not re.search(r"\d", "".join(c.text for c in cells)) else []


_MODELS: Final = re.compile("(?:大?模型|模型(?:名称?|版本|系列))|(?:[Mm]odel(?: [Nn]ame)?)")
"""The first heading of a table of which no other column is known. Only names with a size or version are read there."""


_OF_NO_MODEL: Final = {
    Field.EVENT.value: re.compile(
        "数据|语料|论文|训练|知识|截[止至]|公司|成立|融资|统计|收录|评测|测试|data|corpus|paper|train|knowledge|cut-?off|founded",
        re.IGNORECASE,
    ),
    Field.PARAMETERS.value: re.compile(
        "数据|语料|词表|显存|内存|文件|用户|团队|融资|市场|vocab|batch|hidden|window|data|memory|file|team",
        re.IGNORECASE,
    ),
}
"""Words in a heading by which its days or numbers are of something else: 数据集发布时间, 知识截止日期, 数据规模."""


def holds(heading: str) -> str:
    """The field that a heading names, or ""."""
    found = named_field(heading)
    return "" if found in _OF_NO_MODEL and _OF_NO_MODEL[found].search(heading) else found


def named_field(heading: str) -> str:
    """The field that a heading names, be it of the model or of something else; or ""."""
    return next((field for field, words in _HEADINGS if re.search(words, heading, re.IGNORECASE)), "")


ORDINAL: Final = re.compile(
    r"^[\s#>*\-•·]*(?:[（(]?[\d一二三四五六七八九十]{1,3}(?:\.\d{1,2})*[）)、.．:：]|[①-⑳]|【)?\s*"
)
_REST: Final = re.compile(
    rf"(?:{MODIFIERS}|{MODEL_NOUN}|系列|家族|[Ff]amily|[Ss]eries|的|旗下|[*#\-—:：\|/】“”\"「」《》]|[（(][^（）()]{{0,30}}[）)])*"
)


FEATURES: Final = re.compile(
    "特[点性]|亮点|优势|简介|介绍|概[述览要]|要点|(?i:features?|introduction|overview|highlights?)"
)
"""Headings below which the text goes on about the model named last."""
NEW_ITEM: Final = re.compile(
    r"\s*[-*•·]\s*(?:[\[【(（]?\d{4}[-./年]|[“\"*]{0,3}[^，,。；：:]{2,20}模型[”\"*]{0,3}[：:])"
)
"""The beginning of an item in a list of news or models, which is of nothing that was said before."""
_CHOICE: Final = re.compile(r"^\W{0,4}(?:首选|推荐|备选|名称|模型名称?|产品名称?)(?:方案|模型)?[：:]\s*")
"""Before the name in a heading: 首选:X(法律大模型)."""
_BASED_ON: Final = re.compile(r"(?:基于|微调自|蒸馏自|based on|built on)\s*[“\"]?$")
_TITLE: Final = re.compile(rf"\s*[：:][^，,。；：:]{{2,30}}{MODEL_NOUN}\s*$")
"""Behind a name in a title: what kind of model it is. MedGo: 基于Qwen3-32B的医疗大模型."""


def headed(plain: str, found: list[Mention], makers: Makers) -> list[Mention] | None:
    """The model that a heading names, as a list of one; [] for any other heading, None if the line is not a heading."""
    line = plain.strip()
    found = [one for one in found if not _BASED_ON.search(plain, 0, one.start)]
    marks = ORDINAL.match(plain)
    is_marked = bool(marks and marks.group().strip(" -*•·>"))
    if not 1 < len(line) <= 40 or re.search(r"[。！？!?；;，,]|\.$", line):
        return None
    if len(found) != 1 or found[0].is_foreign:
        return [] if is_marked or found else None
    rest = plain[marks.end() if marks else 0 : found[0].start] + plain[found[0].end :]
    rest = _CHOICE.sub("", rest)
    for maker in makers:
        rest = rest.replace(plain[maker.start : maker.end], "")
    is_title = not plain[: found[0].start].strip() and _TITLE.match(plain, found[0].end)
    return found if _REST.fullmatch(rest) or is_title or (is_marked and found[0].start < 16) else None


_LABELLED: Final = re.compile(
    r"(?:^|[。；;]|\.(?=\s))[\s\-*•·>\d、.）)【]{0,12}(?P<label>[\u4e00-\u9fff]{2,8}|[A-Z][a-z]+(?: [a-z]+)?)[】*]*\s*[：:.]\s*(?P<value>(?:[^。；;\n.]|\.(?=\d))+)"
)


def labelled(passage: Passage) -> Iterator[ListedCell]:
    """Values after labels that name a field, as cells of a table: 参数规模:70亿; Sizes. 7B, 14B. Not names."""
    for found in _LABELLED.finditer(passage.plain):
        if (field := holds(found["label"])) and field != NAMES:
            value = found["value"].rstrip()
            yield ListedCell(
                found.start("value"), found.start("value") + len(value), value, found["label"], field
            )


_OF_SIZE: Final = re.compile("参数|总参|模型(?:规模|大小)|^(?:规模|大小)$|parameters|^size", re.IGNORECASE)


def property_in(cells: list[ListedCell]) -> ListedCell | None:
    """The value in a row of a table of one model's properties, under its label: | 参数规模 | 32B |. None for other rows."""
    if not 2 <= len(cells) <= 3 or any(cell.holds not in ("", NAMES) for cell in cells):
        return None
    label, value = cells[:2]
    field = holds(label.text)
    is_size = field != Field.PARAMETERS or _OF_SIZE.search(label.text) is not None
    is_label = field not in ("", NAMES) and is_size and not re.search(r"\d", label.text)
    return replace(value, heading=label.text, holds=field) if is_label else None


LONGEST_CELL: Final = 40
MOST_CELLS: Final = 60
"""Maximum number of cells in a row; each is combined with each model that the row names."""

_RULE: Final = re.compile(r"[\s|:\-—]+")
_PROSE: Final = re.compile("[，。；！？]")


def _cells(passage: Passage) -> list[ListedCell]:
    """The cells of a line that may be a row; [] for prose and for more than `MOST_CELLS`."""
    plain, mark = passage.plain, "|" if "|" in passage.plain else "\t"
    if len(passage.lines) > 1 or mark not in plain:
        return []
    edges = [-1, *(place for place, char in enumerate(plain) if char == mark), len(plain)]
    cells = []
    for left, right in pairwise(edges):
        words = plain[left + 1 : right]
        start = left + 1 + len(words) - len(words.lstrip())
        cells.append(ListedCell(start, start + len(words.strip()), words.strip()))
    if mark == "|":
        cells = [cell for number, cell in enumerate(cells) if cell.text or 0 < number < len(cells) - 1]
    return cells if sum(bool(one.text) for one in cells) > 1 and len(cells) <= MOST_CELLS else []


_BLANK_HEADING: Final = re.compile(
    r"\s*[\u4e00-\u9fff（()）]{2,8}(?:[ \u3000]+[\u4e00-\u9fff（()）]{2,8}){3,}\s*"
)


def _by_blanks(passage: Passage, columns: int) -> list[ListedCell]:
    """The cells of a line whose columns only blanks part: of headings, or of a row below `columns` headings; else []."""
    cells = [ListedCell(*word.span(), word.group()) for word in re.finditer(r"\S+", passage.plain)]
    is_heading = _BLANK_HEADING.fullmatch(passage.plain) is not None
    is_row = len(cells) == columns if columns else is_heading and bool(column_headings(cells))
    return cells if is_row and len(passage.lines) == 1 and 3 < len(cells) <= MOST_CELLS else []


def _is_short(cells: list[ListedCell]) -> bool:
    """Whether no cell has a sentence, as prose with a tab would. Rows below a heading may have sentences."""
    return all(len(one.text) <= LONGEST_CELL and not _PROSE.search(one.text) for one in cells)


def rows_of(article: Article) -> dict[int, list[ListedCell]]:
    """Line number → cells of that row, without empty ones; [] for headings, rules, and rows with a foreign maker."""
    found: dict[int, list[ListedCell]] = {}
    headings: list[tuple[str, str]] = []
    first: list[str] = []
    is_within = False
    for passage in passages(article):
        number = passage.lines[0].number
        cells = _cells(passage) or _by_blanks(passage, len(headings) if is_within else 0)
        if not cells or not (_is_short(cells) or (is_within and len(cells) == len(headings))):
            is_within = False
            continue
        if not is_within:
            headings = column_headings(cells)
            first = [cell.text for cell in cells]
        if (not is_within and headings) or _RULE.fullmatch(passage.plain):
            found[number] = []
        else:
            titles = headings or [(text, "") for text in first]
            named = [_under(cell, titles, place) for place, cell in enumerate(cells) if cell.text]
            found[number] = [] if any(map(_is_foreign, named)) else named
        is_within = True
    return found


def _is_foreign(cell: ListedCell) -> bool:
    """Whether the cell names a foreign maker."""
    return cell.holds == Field.DEVELOPER and fold(cell.text) in FOREIGN_MAKERS


def _under(cell: ListedCell, headings: list[tuple[str, str]], place: int) -> ListedCell:
    heading, holds = headings[place] if place < len(headings) else ("", "")
    return ListedCell(cell.start, cell.end, cell.text, heading, holds)
