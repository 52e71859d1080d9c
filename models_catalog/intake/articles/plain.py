"""Checks that a statement is plain: nothing in its clauses qualifies it, so it can be selected by default."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.sentences import Said, Sentence
from models_catalog.intake.articles.words import FIELDS, MODEL_NOUN, MODIFIERS, OF_TRADE
from models_catalog.models.vocabulary import EventKind, Field
from models_catalog.text.lists import reading

Span = tuple[int, int]
ASKS: Final = re.compile(r"[？?吗呢][。.]?[”\"」]?\s*$")
_AFTERTHOUGHT: Final = re.compile(
    r"[，,、:：（(]\s*(?:但|不过|然而|却|可是|这(?!款|一|个|些)|那(?!些|款)|此(?![外次前])|系(?![列统])|属|纯|非(?!常)|才|实[为则际]|你|谁|尚|注[：:意]?|单位|口径|后[被又来]|(?:现|如今|目前|后)[^，,。；]{0,4}(?:[增升降扩减]|[为是达])|[^，,。；]{0,16}(?:写道|留言|评论|发帖|跟帖|吐槽|调侃|喊话|弹幕|猜[测想]?))"
)
"""The beginning of a clause behind a statement that speaks of the statement, or against it: 1000亿,这是目标."""
_PARTLY: Final = re.compile(
    "除外|除了?[^，,。；]{1,12}外|例外|以外|开源的[仅只]?[是为]|开放的[仅只]?[是为]|[仅只](?:是|有|限|开源|开放|公开|包括|包含|指|对|供|提供)|不(?:含|包括|包含|在内)"
    "|部分|[暂尚]?未(?:开源|开放|公开)|没有(?:开源|开放|公开)|(?<![A-Za-z])(?:except|only|excluding|but not|without|partly)(?![A-Za-z])"
)
"""Behind a word of openness: what of the model it is not said of. 开源,代码除外."""
_OF_A_KIND: Final = re.compile(
    rf"[”\"」』》】]?[\s·•-]?(?P<kind>{FIELDS}|代码|视觉|数学|语音|端侧){OF_TRADE}{MODEL_NOUN}"
)
"""Behind the name of a family: perhaps another model of it. “通义千问”医疗大模型, 通义千问视觉大模型."""
_CLAUSES: Final = re.compile(r"[，,：:；;]")
_LEAD: Final = 14
"""Characters of a clause before a statement that may turn it (呼声很高, 按他的算法); longer ones say something of their own."""
_NEXT: Final = 30
"""Characters of the next sentence that may say so."""
_MARKS: Final = re.compile(r"[\s“”\"「」『』《》【】‘’'，,、：:。；;（()）.！!—\-*#·•]+")


def is_plain(
    sentence: Sentence, one: Said, mention: Mention, here: list[Mention], found: list[Organisation]
) -> bool:
    """Whether the clauses from the name to the statement have only names, makers, dates, sizes and harmless words.

    A question is never plain, nor what the clause behind turns upon, nor openness with exceptions behind it.
    """
    if ASKS.search(sentence.words) or _is_of_a_kind(sentence, mention) or _is_by_crowd(sentence):
        return False
    stated = [(one.start, one.end), one.near, (mention.start, mention.end)]
    first = sentence.clause(min(start for start, _end in stated))[0]
    last = sentence.clause(max(end for _start, end in stated))[1]
    if _AFTERTHOUGHT.match(sentence.line, last, sentence.end):
        return False
    is_of_openness = one.field == Field.OPENNESS or one.value.get("event") == EventKind.OPEN_SOURCED
    if is_of_openness and _PARTLY.search(sentence.line, last, sentence.end + _NEXT):
        return False
    lead = _CLAUSES.split(sentence.before(first - 1, _LEAD + 1))[-1]
    start = max(first - 1 - len(lead), sentence.start)
    if len(lead) <= _LEAD and not (sentence.is_rumour or around(here, start, first)):
        first = start
    known = [
        (part.start, part.end)
        for parts in (here, found, sentence.dates, sentence.sizes, sentence.makers)
        for part in around(parts, first, last)
    ]
    return not _MARKS.sub(
        "", _harmless(one.field).sub("", _rest(sentence.line, first, last, [*stated, *known]))
    )


_QUOTED_END: Final = re.compile(r"[”\"」]\s*$")
_BY_CROWD: Final = re.compile(r"[^，,。；]{0,8}(?:网友|网民|弹幕|评论区?|留言|帖子|楼主|写道)")


def _is_by_crowd(sentence: Sentence) -> bool:
    """Whether the words behind a quotation say that a reader or the crowd wrote it: “X已开源。”弹幕里说."""
    is_quoted = _QUOTED_END.search(sentence.words[-3:]) is not None
    return is_quoted and _BY_CROWD.match(sentence.line, sentence.end) is not None


def _is_of_a_kind(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words behind the name of an entry say for what the model is, which the entry does not."""
    found = _OF_A_KIND.match(sentence.line, mention.end, sentence.end)
    return found is not None and not any(found["kind"] in entry.trades for entry in mention.entries)


def _rest(line: str, first: int, last: int, spans: Iterable[Span]) -> str:
    """`line[first:last]` with each span replaced by a space."""
    parts, place = [], first
    for start, end in sorted(spans):
        parts.append(line[place : max(place, start)])
        place = max(place, end)
    return " ".join([*parts, line[place:last]])


@cache
def _harmless(field: str) -> re.Pattern[str]:
    words = sorted({*reading("plain"), *reading(f"plain-{field}")}, key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, words), MODIFIERS]))
