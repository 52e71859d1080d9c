"""Cells that say nothing, that say that something is undisclosed, or that hold a formula's error; rows that are no models."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from models_catalog.text.names import simplify

_SIGNS: Final = re.compile(r"[-–—―‐‑−_/\\|?.。…·*~\s]+")
_ASIDE: Final = re.compile(r" ?\([^()]*\)$")
_NOTHING: Final = frozenset(
    "未知 不知 不明 不详 未详 无 暂无 没有 待定 未定 待补充 待补 待确认 待核实 待查 待更新 暂缺 暂未知 缺 缺失 空 空白 无数据 暂无数据 无信息 "
    "暂无信息 未提供 未说明 未注明 未提及 不适用 不清楚 待公布 待披露 待公开 n/a na n.a none null nil nan nat <na> unknown unspecified tbd tba tbc "
    "not+available not+applicable not+specified not+stated not+known no+data nothing unk n.d missing to+be+determined to+be+announced".replace(
        "+", "\0"
    ).split()
)
_UNDISCLOSED: Final = re.compile(
    r"(?:(?:暂|尚|官方|均|并)?(?:未|没有|不)(?:对外|正式)?(?:公开|披露|公布|透露)(?:具体)?(?:参数量?|规模|数据|信息)?|(?:参数量?|规模)(?:未|不)(?:公开|披露|公布)|保密|confidential"
    r"|undisclosed|un-?published|not (?:been )?(?:publicly )?(?:disclosed|published|revealed|public|announced)|non-?public)"
)
_ERRORS: Final = re.compile(
    r"#(?:n/a|ref!|value!|div/0!|name\?|null!|num!|spill!|calc!|field!|blocked!|connect!|busy!|unknown!|getting_data|值!|无!|#+)"
)
_SUM: Final = re.compile(
    r"(?:总计|合计|小计|共计|总数|总和|汇总|平均|平均值|均值|中位数|最大值|最小值|grand total|sub-?total|totals?|sum|average|mean)"
    r"(?: ?[:(].*| ?[\d.,]+ ?(?:个|款|项|家|条|种|行)?)?|共 ?\d+ ?(?:个|款|项|家|条|种)(?:大?模型)?"
)
_COUNT: Final = re.compile(r"(?:共 ?)?[\d.,]* ?(?:个|款|项|家|条|种|models?|rows?|entries)?(?:大?模型)?")
_NOTE: Final = re.compile(
    r"(?:(?:注|备注|附注|说明|注释|注意|数据来源|资料来源|信息来源|来源|出处|统计口径|数据截至|截至|截止|制表|填表人|填报单位|更新时间|更新日期"
    r"|notes?|n\.b\.|remarks?|(?:data )?sources?|footnotes?|disclaimer|(?:last )?updated(?: on| at)?|as of|compiled by)"
    r" ?\d* ?:.*|注 ?\d+ ?[.、:].*|[*※†][^*].*\s.*)"
)


@lru_cache(maxsize=8_192)
def narrow(words: str) -> str:
    """`words` in narrow and simplified characters and lower case, with single blanks."""
    said = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return said if said.isascii() else simplify(said)


def says_nothing(words: str) -> bool:
    """Whether the whole cell stands for nothing: -, 未知, N/A; a formula's error is nothing too."""
    said = narrow(words)
    bare = said.strip("()[]{}<> ") if said[:1] in "([{" else _ASIDE.sub("", said)
    bare = bare.rstrip("。.! ") or bare
    return not bare or bool(_SIGNS.fullmatch(said)) or bare.replace(" ", "\0") in _NOTHING or is_error(words)


def is_error(words: str) -> bool:
    return _ERRORS.fullmatch(narrow(words)) is not None


def is_undisclosed(words: str) -> bool:
    """Whether the cell says that nobody is told."""
    return _UNDISCLOSED.fullmatch(narrow(words)) is not None


_NOTE_ALONE: Final = re.compile(
    r"(?:数据来源|资料来源|信息来源|备注|附注|说明|注)|[*※†•] ?\S.*|\(?(?:注|备注)\).*"
    r"|(?:数据|资料|信息)(?:来源|来自|截至|截止|均|口径|更新|统计|由).*|以上(?:数据|信息|内容|模型|排名|为|均).*|本表.*|(?:截至|截止).*\d.*"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?"
)
_BETWEEN_HAN: Final = re.compile("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def is_sum(name: str, first: str, *, first_is_name: bool) -> bool:
    """Whether a row with this name, and this in its first cell, sums up the rows above."""
    if _SUM.fullmatch(_BETWEEN_HAN.sub("", narrow(name))):
        return True
    if first_is_name or not _SUM.fullmatch(_BETWEEN_HAN.sub("", narrow(first))):
        return False
    return says_nothing(name) or _COUNT.fullmatch(narrow(name)) is not None


def is_note(first: str, filled: int) -> bool:
    """Whether a row whose first word is `first`, with so many different cells, is a note on the table."""
    said = _BETWEEN_HAN.sub("", narrow(first))
    if filled <= 2 and _NOTE.fullmatch(said):
        return True
    return _NOTE_ALONE.fullmatch(said) is not None and (
        filled == 1 or said in ("数据来源", "资料来源", "备注", "注")
    )


def is_heading_again(cells: Sequence[str], heading: Sequence[str]) -> bool:
    """Whether the row says what the heading does, as on the second page of a printed table."""
    pairs = [(narrow(cell), narrow(words)) for cell, words in zip(cells, heading, strict=False)]
    said = [cell == words for cell, words in pairs if cell and words]
    return len(said) > 1 and all(said)
