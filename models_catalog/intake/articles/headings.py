"""Reads headings that name a model, and the labels below them: 1. 问川, then 参数:70亿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models_catalog.intake.articles.names import Makers, Mention
from models_catalog.intake.articles.rows import NAMES, ListedCell, holds
from models_catalog.intake.articles.text import Passage
from models_catalog.intake.articles.words import MODEL_NOUN, MODIFIERS

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
