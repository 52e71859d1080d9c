"""Gives models the industry of the heading or label that they are listed under: ### 金融, 【物流】, 医疗:."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from models_catalog.intake.articles.finding import Doubt, Finding, doubt_of, placed
from models_catalog.intake.articles.headings import ORDINAL
from models_catalog.intake.articles.lexicon import KnownSector
from models_catalog.intake.articles.names import Mention
from models_catalog.intake.articles.text import Passage
from models_catalog.models.vocabulary import Field
from models_catalog.text.name_search import Hit

Sectors = list[Hit[KnownSector]]
_OPENS: Final = re.compile(r"[\s+*“\[【]*")
_JOINS: Final = re.compile(r"[、/·&\s]|[与和及]|and|")
_REST: Final = re.compile(
    r"(?:健康|科技|服务|相关|垂直|垂类|行业|领域|类|方向|赛道|场景|篇|(?:AI)?大?模型|的|应用|sector|industry|models?|\s)*(?P<mark>[\s*”\]】]*[：:]?)\s*"
)
"""Behind the industries of a heading; `mark` ends a label before other text."""
_FIRST: Final = 24
"""A model that begins within this many characters of its line is what the line is about."""
_MOST: Final = 8
"""Maximum number of industries in a heading."""
_SHORT: Final = 12
"""Maximum length of a line that may be a heading without any mark."""
_ENDS: Final = re.compile("[。；;！？!?]")


@dataclass
class Trades:
    """The industries of the heading above, and the passage of that heading."""

    above: tuple[Passage, Sectors] | None = None
    own: tuple[Passage, Sectors] | None = field(default=None)
    """Those of a label at the beginning of the passage: 【物流】甲上线了X."""

    def note(self, passage: Passage, sectors: Sectors, models: list[Mention], *, is_heading: bool) -> None:
        """Remember the industries if the passage is a heading of some or has their label; forget them at another heading."""
        found, rest = _labelling(passage.plain, sectors)
        self.own = (passage, found) if found and rest else None
        if found and not rest:
            self.above = passage, found
        elif self.own or (not models and (is_heading or _is_short(passage.plain))):
            self.above = None

    def of(self, passage: Passage, models: Iterable[Mention]) -> Iterator[Finding]:
        """The industries of the model that the passage is about, or of all models behind a label with a colon."""
        told = self.own or self.above
        if told is None or (told[0] is passage and told is self.above):
            return
        end = _ENDS.search(passage.plain)
        until = end.start() if end else len(passage.plain)
        place = told[1][-1].end
        is_list = told is self.own and bool(re.search("[：:]", passage.plain[place : place + 8]))
        near = [one for one in models if one.start < until and (told is self.own or one.start < _FIRST)]
        for one in near if is_list else near[:1]:
            if not one.is_foreign:
                yield from under(told, one)


def under(told: tuple[Passage, Sectors], model: Mention) -> Iterator[Finding]:
    """The industries of a heading as those of `model`."""
    passage, sectors = told
    for hit in sectors:
        value = {"sector": hit.value.pk, "label": hit.value.label}
        span = hit.start, hit.end
        doubts = [Doubt.INDIRECT, doubt_of(model)]
        yield placed(passage, (0, len(passage.plain)), Field.SECTOR, span, value, model, doubts)


def _is_short(plain: str) -> bool:
    """Whether an unmarked line may be a heading, and no item of a list."""
    return 1 < len(plain.strip()) <= _SHORT and not re.search(r"[，,。；;：:|]|^\s*[-+*•·]", plain)


def _labelling(plain: str, sectors: Sectors) -> tuple[Sectors, str]:
    """The industries with which a passage begins as a heading or label, and the text behind; [] if it does not."""
    marks = ORDINAL.match(plain)
    opened = _OPENS.match(plain, marks.end() if marks else 0)
    place = opened.end() if opened else 0
    found: Sectors = []
    for hit in sectors:
        is_next = _JOINS.fullmatch(plain, place, hit.start) if found else hit.start == place
        if not is_next or len(found) == _MOST:
            break
        found.append(hit)
        place = hit.end
    behind = _REST.match(plain, place)
    if not found or behind is None:
        return [], ""
    rest = plain[behind.end() :].strip()
    return (found, rest) if not rest or re.search("[】：:]", behind["mark"]) else ([], "")
