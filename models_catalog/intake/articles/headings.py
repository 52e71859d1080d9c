"""Reads headings: those of columns, those that name a model (1. 问川), and the labels below these (参数:70亿)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models_catalog.intake.articles.finding import CONTEXT_LENGTH
from models_catalog.intake.articles.names import Makers, Mention
from models_catalog.intake.articles.text import Passage
from models_catalog.intake.articles.words import MODEL_NOUN, MODIFIERS
from models_catalog.models.vocabulary import EventKind, Field

NAMES: Final = Field.NAME.value

_HEADINGS: Final = (
    (Field.OPENNESS.value, "开源(?!时间|日期)|开放情况|闭源|open"),
    (CONTEXT_LENGTH, "上下文|context"),
    (Field.PARAMETERS.value, "参数|规模|大小|parameters|size"),
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
    """A cell at `line[start:end]` with its column's heading; `holds` is the field that the heading names, or ""."""

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
    fields = [field for _text, field in found if field]
    return (
        found
        if NAMES in fields and len(fields) > 1 and not re.search(r"\d", "".join(c.text for c in cells))
        else []
    )


def holds(heading: str) -> str:
    """The field that a heading names, or ""."""
    return next((field for field, words in _HEADINGS if re.search(words, heading, re.IGNORECASE)), "")


_ORDINAL: Final = re.compile(
    r"^[\s#>*\-•·]*(?:[（(]?[\d一二三四五六七八九十]{1,3}(?:\.\d{1,2})*[）)、.．:：]|[①-⑳]|【)?\s*"
)
_REST: Final = re.compile(
    rf"(?:{MODIFIERS}|{MODEL_NOUN}|系列|家族|[Ff]amily|[Ss]eries|的|旗下|[*#\-—:：\|/】“”\"「」《》]|[（(][^（）()]{{0,30}}[）)])*"
)


def headed(plain: str, found: list[Mention], makers: Makers) -> list[Mention] | None:
    """The model that a heading names, as a list of one; [] for any other heading, None if the line is not a heading."""
    line = plain.strip()
    marks = _ORDINAL.match(plain)
    is_marked = bool(marks and marks.group().strip(" -*•·>"))
    if not 1 < len(line) <= 40 or re.search(r"[。！？!?；;，,]|\.$", line):
        return None
    if len(found) != 1 or found[0].is_foreign:
        return [] if is_marked or found else None
    rest = plain[marks.end() if marks else 0 : found[0].start] + plain[found[0].end :]
    for maker in makers:
        rest = rest.replace(plain[maker.start : maker.end], "")
    return found if _REST.fullmatch(rest) or (is_marked and found[0].start < 16) else None


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
