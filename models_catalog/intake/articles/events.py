"""Finds what happened to models, and when: a verb, its kind of event and its date; and whether they are open source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from models_catalog.intake.articles.attach import HORIZON
from models_catalog.intake.articles.names import around
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.sentences import Said, Sentence
from models_catalog.intake.articles.words import (
    CLOSED,
    DATED_ELSE,
    DENYING,
    EVENT_VERBS,
    OPEN,
    OPEN_OF_OTHERS,
    PLANNING,
    SPUN_RELEASED,
)
from models_catalog.models.vocabulary import EventKind, Field, Openness
from models_catalog.text.dates import FoundDays

Span = tuple[int, int]

_VERBS: Final = [(kind, re.compile(words)) for kind, words in EVENT_VERBS]
_SPUN: Final = re.compile(SPUN_RELEASED)
_PLANNING: Final = re.compile(PLANNING)
_DENYING: Final = re.compile(DENYING)
_PLAN_REACH: Final = 24
"""Maximum number of characters between the beginning of a plan's words and the verb."""


def events(sentence: Sentence) -> Iterator[Said]:
    taken: set[int] = set()
    for kind, words in [*_VERBS, *([(EventKind.RELEASED, _SPUN)] if sentence.is_spun else [])]:
        for verb in words.finditer(sentence.line, sentence.start, sentence.end):
            if not taken.isdisjoint(range(*verb.span())):
                continue
            first, last = sentence.clause(verb.start())
            if kind == EventKind.ANNOUNCED and not taken.isdisjoint(range(first, last)):
                continue  # 宣布推出 is a release
            if _IN_A_LIST.fullmatch(verb.group()) and "备案" not in sentence.words:
                continue
            taken.update(range(*verb.span()))
            clause = sentence.clause_before(verb.start())
            planned = _is_planned(sentence, verb.span())
            if not _DENYING.search(clause + verb.group()) and not (planned and kind == EventKind.DEPLOYED):
                event = _event(sentence, EventKind.PLANNED if planned else kind, verb.span())
                yield from _in_turn(sentence, event, verb.start()) or [event]


_OWN_TIME: Final = re.compile("已|昨|刚刚|此前|日前")
_GOES_ON: Final = re.compile(r"\s*(?:并且?|且|又|再|还|也|同时|随后|然后)?\s*[于在]?\s*")
"""Between a comma and a date: the clause has no subject of its own. 计划8月发布X，并于9月开源Y."""


def _is_planned(sentence: Sentence, verb: Span) -> bool:
    """Whether words of a plan are before the verb, in its clause or, if that has no time of its own, the one before."""
    first = sentence.clause(verb[0])[0]
    dates = around(sentence.dates, first, verb[0])
    has_own = _OWN_TIME.search(sentence.line, first, verb[1]) or (
        dates and not _GOES_ON.fullmatch(sentence.line, first, dates[0].start)
    )
    words = _PLANNING.finditer(sentence.line, max(sentence.start, verb[0] - _PLAN_REACH), verb[0])
    return any(not has_own or word.end() >= first - 1 for word in words)


_IN_A_LIST: Final = re.compile("在列|入列|榜上有名|位列其中")
_IN_TURN: Final = re.compile("分别|依次")


def _in_turn(sentence: Sentence, event: Said, until: int) -> list[Said]:
    """The event on each of several days: X和Y分别于3月1日和4月2日发布."""
    word = _IN_TURN.search(sentence.line, sentence.clause(until)[0], until)
    days = around(sentence.dates, word.end(), until) if word else []
    english = sentence.in_turn if sentence.line[until].isascii() else None
    if english and english.group().isascii():
        days = around(sentence.dates, event.near[1], english.start())
    if len(days) < 2:
        return []
    return [
        replace(event, start=day.start, end=day.end, date=day, doubt=event.doubt or "indirect")
        for day in days
    ]


_LATER: Final = re.compile("此前|之前|先前|早前|随后|之后|后来|此后|随即|目前|如今|现已|现在|去年以来")
_SINCE_BACK: Final = 120
_LOOSE: Final = re.compile(
    "上架|登陆|带来|在列|入列|榜上有名|位列其中|上新|甩出|放出|来了|对外提供服务|^开放$|举[行办]|召开|下载|见面|试点|试运行|out|with|available"
)
"""Verbs that may say something else."""
REPORT: Final = re.compile("年?[半度季一二三四上下]*(?:报告|财报|年?报)|年度")
_ELSE: Final = re.compile(DATED_ELSE)


_NO_MORE: Final = re.compile("[起份间晚上午下早中旬初底末当天期消息 ]*")
_TELLS: Final = re.compile("宣布|表示|透露|公布|消息|报道|[称说]")
_AND_ANOTHER: Final = re.compile(r"\s*(?:[和与及、]\s*[0-9今去前明同昨上本]|[）)])")


_RELATIVE: Final = re.compile(r"[\u4e00-\u9fff][^，,。；]{0,8}(?<!理)(?<!自)由[^，,。；]{2,30}$")
"""Between a date and a verb: the date is that of the words before 由: 3月增加由甲发布的X."""


def _is_of_another(sentence: Sentence, date: FoundDays, first: int, verb: Span) -> bool:
    """Whether the date may be of something else: one of several, of a report (宣布), or in a separate clause."""
    if _AND_ANOTHER.match(sentence.line, date.end) or re.search(
        r"[日月年][和与及、]$", sentence.before(date.start, 2)
    ):
        return True
    if date.end <= verb[0] and _TELLS.search(sentence.line, date.end, verb[0]):
        return True
    return date.start < first and not _NO_MORE.fullmatch(sentence.line, date.end, max(date.end, first - 1))


def _event(sentence: Sentence, kind: EventKind, verb: Span) -> Said:
    """The event; its date is before the verb in the clause, else in a clause before, else soon after the verb."""
    first, last = sentence.clause(verb[0])
    dates = [one for one in sentence.dates if not REPORT.match(sentence.line, one.end)]
    before = around(dates, first, verb[0])
    if kind == EventKind.PLANNED and sentence.line[verb[0]].isascii():
        before = [one for one in before if _PLANNING.search(sentence.line, first, one.start)]
    reach = 90 if sentence.line[verb[0]].isascii() else 12
    until = sentence.end if sentence.line[verb[0]].isascii() else last
    behind = around(dates, verb[1], min(verb[1] + reach, until))
    if "的" in sentence.line[verb[1] - 1 : verb[1] + 1]:
        behind = []  # 由甲推出的X于3月升级: the day is that of the second verb
    if not behind and sentence.line[last : last + 1] in ("（", "("):
        behind = around(dates, last + 1, last + 3)  # 完成备案（2024年6月）
    earlier = around(dates, max(sentence.start, first - _SINCE_BACK), first)
    if _LATER.search(sentence.line, first, verb[0]):
        earlier = []
    earlier = [one for one in earlier if not _ELSE.search(sentence.clause_after(one.end))]
    own = [one for one in behind if "," not in sentence.line[verb[1] : one.start] and reach > 12][:1]
    date: FoundDays | None = next(
        (found[-1] for found in (before, own, earlier) if found), behind[0] if behind else None
    )
    if date and date.end <= verb[0] and _RELATIVE.search(sentence.line, date.end, verb[0]):
        date = None
    start, end = (date.start, date.end) if date else verb
    is_handed_on = date is not None and _is_of_another(sentence, date, first, verb)
    unclear = date is None or is_handed_on or kind in (EventKind.ANNOUNCED, EventKind.DEPLOYED)
    unclear = unclear or _LOOSE.search(sentence.line[slice(*verb)]) is not None
    doubt = "rumour" if sentence.is_rumour else "indirect" if date and unclear else ""
    return Said(Field.EVENT, start, end, {"event": kind}, verb, date, doubt)


_MEMORY: Final = 3
"""Sentences for which the only date of a sentence is remembered."""
_NOT_THAT_DAY: Final = (EventKind.PLANNED, EventKind.DEPLOYED, EventKind.ANNOUNCED)
"""Events that take no date from the sentence before."""
_ANOTHER_TIME: Final = re.compile(
    r"[0-9]+/[0-9]+|近日|日前|此前|之前|先前|随后|后来|之后|目前|如今|现已|现在|已[经有在发推上开通完于获]|曾|未来|即将|以来|早在|早些|下一|将|过去|最近|陆续|先后|相继|迄今|至今|一直"
)


@dataclass
class DayBefore:
    """The only date of the sentence before, or of one a little earlier, for events that state none."""

    day: FoundDays | None = None
    age: int = 0
    """The number of sentences since."""
    actors: frozenset[str] = frozenset()
    """The organisations of the sentence that states `day`."""

    def given(self, sentence: Sentence, one: Said, found: list[Organisation]) -> Said:
        """An event, with the day of the sentence before if it has none and nothing speaks of another time or actor."""
        others = {maker.name for maker in found if maker.is_sure} - self.actors
        if (
            one.field != Field.EVENT or one.date or self.day is None or sentence.dates or one.value["event"] in _NOT_THAT_DAY
            or (others and self.actors) or _ANOTHER_TIME.search(sentence.before(one.start, HORIZON) + sentence.after(one.start, HORIZON))
        ):  # fmt: skip
            return one
        return replace(one, date=self.day, doubt=one.doubt or "indirect")

    def remember(self, sentence: Sentence, found: list[Organisation]) -> None:
        self.age += 1
        dates = [one for one in sentence.dates if not REPORT.match(sentence.line, one.end)]
        if dates:
            self.day, self.age = (dates[0] if len(dates) == 1 else None), 0
            self.actors = frozenset(one.name for one in found if one.is_sure)
        elif self.age > _MEMORY:
            self.day = None


_OPEN, _CLOSED, _OTHERS = re.compile(OPEN, re.IGNORECASE), re.compile(CLOSED), re.compile(OPEN_OF_OTHERS)


def openness(sentence: Sentence) -> Iterator[Said]:
    """Statements that a model is open or closed source, except planned, wished, denied, and those about others."""
    for words, token in ((_OPEN, Openness.OPEN), (_CLOSED, Openness.CLOSED)):
        for found in words.finditer(sentence.line, sentence.start, sentence.end):
            clause = sentence.line[slice(sentence.clause(found.start())[0], found.start())]
            is_denied = (token == Openness.CLOSED and _NOT_CLOSED.search(clause)) or (
                token == Openness.OPEN and (_DENYING.search(clause) or _denied_behind(sentence, found.end()))
            )
            if (
                is_denied
                or _is_planned(sentence, found.span())
                or _PLANNING.search(clause)
                or _WISHED.search(clause)
                or _OTHERS.search(clause + found.group() + sentence.after(found.end(), 4))
            ):
                continue
            doubt = "rumour" if sentence.is_rumour else "indirect" if _LOOSELY.search(found.group()) else ""
            yield Said(Field.OPENNESS, *found.span(), {"token": token.value}, found.span(), doubt=doubt)


_LOOSELY: Final = re.compile(
    "对|遵循|采用|依[据照]|基于|使用|以|under|[暂尚未没并不]|上传|下载|发布|available|API|proprietary|weights|s? closed"
)
"""Words of openness from which it only follows: 权重对学术研究完全开放, 采用MIT许可证, 暂未开源."""
_WISHED: Final = re.compile(
    "(?:未来[会将要可]|将来|(?<![大发年展峰])会|(?<![主重首])要|(?<![理思])想|希望|打算|考虑|可以|应该?|建议|呼吁|(?<![智功性])能)[^，,]{0,4}$"
)
_NOT_CLOSED: Final = re.compile("(?:不会|不|没有?|未|并非|从|要求|非|no longer)[^，,]{0,2}$")


def _denied_behind(sentence: Sentence, place: int) -> bool:
    return re.match(r"[^，,。]{0,4}(?:不会|没有|尚未|不|未)", sentence.after(place, 8)) is not None and (
        "权重" in sentence.before(place, 4)
    )
