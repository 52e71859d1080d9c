"""Finds what a text itself doubts, denies or takes back: in the sentence, in one beside it, or on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from models_catalog.intake.articles.text import Passage
from models_catalog.intake.articles.words import DENIED, RUMOUR

_DENIED: Final = re.compile(DENIED)
_DOUBTED: Final = re.compile(f"{RUMOUR}|{DENIED}")
_ENDS: Final = re.compile(r"[。！？!?；;\n]")
_BELOW: Final = re.compile("以下|下[列文面]|如下")
_ABOVE: Final = re.compile("以上|上述|上文|前文")
_ALL: Final = re.compile("(?:本文|全文|文中|本篇|通篇|纯属)")
_BEHIND: Final = 60
"""Characters behind a sentence in which a denial takes it back."""
_BEFORE: Final = 60
_HEADING: Final = 12
"""Characters of a sentence or line that is no more than a warning: 谣言一则。"""
_REMARK: Final = 60
"""Characters of a line that says one thing: a denial in it is of all of the line."""
_SHORT: Final = 24
"""Characters of a line that says nothing but that the line above is denied."""
_STANDING: Final = re.compile(r"[如若]有|侵权|投资建议|(?:本文|文中|内容|信息)[^，,。；]{0,6}仅供参考")
"""What sites write below every article, which takes nothing back."""
_WARNS: Final = re.compile(
    r"谣|勘误|更正|撤[回稿]|误[传报]|虚构|杜撰|愚人|假(?:新闻|消息)|(?i:hoax|correction|retract|satire)"
)
"""What a heading has that takes back all below it."""
_POINTS: Final = re.compile(
    r"[（(【\[“*\s]*(?:该|此|这|但|不过|然而|其实|事实|后来|随后|对此|之后|官方|校方|公司|更正|勘误|辟谣|注|编者|The report|This|That)"
)


def is_doubted(line: str, start: int, end: int) -> bool:
    """Whether the sentence `line[start:end]` is called doubtful, by itself or by its neighbours."""
    if _DOUBTED.search(line, start, end) or _DENIED.search(line, end, end + _BEHIND):
        return True
    before = _ENDS.split(line[max(0, start - _BEFORE) : start].rstrip(' 。！？!?；;”"）)'))[-1]
    is_warning = len(before) <= _HEADING and _DENIED.search(before)
    return bool(is_warning or (_BELOW.search(before) and _DOUBTED.search(before)))


def doubted_lines(passages: Iterable[Passage]) -> frozenset[int]:
    """The numbers of the lines that a short line of the article takes back: itself, its neighbours, or all of a side."""
    parts = [(part.plain.strip(), {line.number for line in part.lines}) for part in passages]
    parts = [(text, numbers) for text, numbers in parts if text]
    depth = [0] * (len(parts) + 1)  # steps up and down: 10,000 lines may each take back all below them
    for place, (text, _numbers) in enumerate(parts):
        if (len(text) <= _REMARK or "|" in text) and _DENIED.search(text) and not _STANDING.search(text):
            first, last = _reach(text, place, len(parts))
            depth[first] += 1
            depth[last] -= 1
    return frozenset(
        number
        for (_text, numbers), over in zip(parts, accumulate(depth), strict=False)
        if over
        for number in numbers
    )


def _reach(text: str, place: int, count: int) -> tuple[int, int]:
    """The first of the passages that the remark `text` takes back, and the one behind the last."""
    if _ALL.search(text):
        return 0, count
    if "|" in text or "\t" in text:
        return place, place + 1  # a row of a table
    is_heading = len(text) <= _HEADING and not _ENDS.search(text) and bool(_WARNS.search(text))
    is_of_line_above = len(text) <= _SHORT or _POINTS.match(text)
    first = 0 if _ABOVE.search(text) else place - 1 if place and is_of_line_above else place
    return first, count if is_heading or _BELOW.search(text) else place + 1
