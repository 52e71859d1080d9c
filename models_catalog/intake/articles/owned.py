"""Names of models right behind their makers: 百度的文心一言,阿里的通义千问; 甲“问川”、乙“听澜”等大模型."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from models_catalog.intake.articles.shapes import Span, may_be_name
from models_catalog.intake.articles.words import AFTER_NAME, MAKER_ENDS

_OWNED_BY: Final = re.compile(
    r"(?:旗下|版)?的\s*[“\"]?(?P<name>[\u4e00-\u9fff·]{2,5}|[A-Z][A-Za-z0-9.-]{1,19})[”\"]?(?=\s*(?:[，,、。；;)）(（]|等|系列|…|$))"
)
_QUOTED_OF: Final = re.compile(
    rf"[\u4e00-\u9fff](?:{MAKER_ENDS}|网络|传媒|电信|电力)(?:公司|集团)?的[“\"「](?P<name>[^“”\"「」，,。；：:！？、]{{2,12}})[”\"」]"
)
_QUOTED_BESIDE: Final = re.compile(
    r"(?:^|(?<=[，,。；;、：:和与及\s型商]))[\u4e00-\u9fffA-Za-z]{2,10}[“\"「](?P<name>[^“”\"「」，,。；：:！、]{2,12})[”\"」](?=(?P<next>[、和与及])|等?(?:[两三四五六七八九十\d]+[款个大])?(?:[百千万]亿级?)?(?:国产|自研)?的?(?:大模型|模型)(?!产业|难题|问题|要素|作用|应用|平台|园))"
)
"""A name in quotation marks behind its maker, in a list that ends in a word for models: 甲“问川”、乙“听澜”等大模型."""


def _listed_beside(text: str) -> Iterator[Span]:
    chain: list[re.Match[str]] = []
    for match in _QUOTED_BESIDE.finditer(text):
        is_next = chain and chain[-1]["next"] and match.start() == chain[-1].end() + 1
        chain = [*chain, match] if is_next else [match]
        if match["next"] is None and len(chain) > 1:
            yield from (one.span("name") for one in chain if may_be_name(one["name"], quoted=True))


def owned(text: str, makers: Sequence[Span]) -> Iterator[Span]:
    """Names after their makers, if there are three, or two in quotation marks: 百度的文心一言,阿里的通义千问."""
    owned = [match for _start, end in makers if (match := _OWNED_BY.match(text, end))]
    quoted = [match for match in owned if text[match.start("name") - 1] in '“"']
    for match in owned if len(owned) > 2 else quoted if len(quoted) > 1 else []:
        if may_be_name(match["name"], quoted=False):
            yield match.span("name")
    listed = list(_QUOTED_OF.finditer(text))
    for match in listed if len(listed) > 1 else []:
        if may_be_name(match["name"], quoted=True):
            yield match.span("name")
    yield from _listed_beside(text)


_AFTER: Final = re.compile(AFTER_NAME)
_QUOTE: Final = re.compile(r"\s*[“\"「《]")
IS_SIZED: Final = re.compile("参数(?:规模|量)?的$")
"""Before a name that a size describes: 330亿参数的X大模型."""


def is_model(text: str, start: int, end: int, known: Sequence[Span]) -> bool:
    """Whether the name of a maker is that of a model here: “昆仑”大模型, 330亿参数的昆仑大模型, which is not said where the
    model's own name follows.
    """
    is_quoted = text[start - 1 : start] in ("“", '"') and text[end : end + 1] in ("”", '"')
    is_sized = IS_SIZED.search(text, max(0, start - 8), start) is not None
    noun = _AFTER.match(text, end + is_quoted)
    if noun is None or not (is_quoted or is_sized):
        return False
    return is_quoted or not (_QUOTE.match(text, noun.end()) or any(noun.end() == one for one, _end in known))
