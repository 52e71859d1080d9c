"""Attaches a statement to a model: by default the nearest one named in the sentence, with a doubt if it is unclear."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from models_catalog.intake.articles.finding import CONTEXT_LENGTH
from models_catalog.intake.articles.makers import is_other
from models_catalog.intake.articles.names import Mention, around, size_in
from models_catalog.intake.articles.objects import (
    NO_OBJECT,
    TRANSITIVE,
    chain_before,
    is_adopted,
    is_rivalled,
    of_verb,
)
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.plain import ASKS
from models_catalog.intake.articles.sentences import IN_TURN, Said, Sentence
from models_catalog.intake.articles.turns import is_unpaired, paired_in_turn
from models_catalog.intake.articles.words import MODEL_NOUN, MODIFIERS, PLURAL
from models_catalog.models.vocabulary import Field

FAR = 60
"""Distance in characters, with penalties, beyond which a statement is hardly about a name."""

HORIZON = 200
"""Distance in characters beyond which names are ignored, even in the same sentence."""

_BREAK_COSTS = 8
_AHEAD_COSTS = 10
_COMPARISON_COSTS = 50
_BREAKS: Final = re.compile(r"[，,：:]")
_POINTS_BACK: Final = re.compile(
    r"^\s*[“\"]?(?:它|其(?![中他它实次余间])|(?:该|此)(?!公司|机构|团队|企业|校|院|行业|领域|次|外|前|后)|这款|这一|据介绍|根据|It\b|The model\b|This model\b)|该(?:大?模型|系统|产品)|其参数"
)
_POINTS_FAR: Final = re.compile(
    r"^\s*(?:该|此)(?:大?模型|系列|系统)|^\s*(?:它|其(?![中他它实次余间]))|前者|^\s*[-•·*✅✔]\s*(?:(?:采用|模型|总参|参数|上下文|支持|拥有|基于)|[^，,。；]{0,16}(?:上下文|长文本|参数|开源|许可|协议|[Cc]ontext|[Pp]arameters|[Ll]icen[cs]e))|^\s*这款(?:大)?模型|^\s*(?:(?:MoE|Dense|稠密|稀疏|混合专家)\s*架构|总参|[\d.]+B\s?总参)|^\s*(?:It|The model|This model)\b"
)
_ONE_OF_TWO: Final = re.compile("(?P<first>前者)|后者")
_UNNAMED: Final = re.compile("[一多数][个款种项]|各种")
_PLURAL: Final = re.compile(PLURAL)
_ITS_NOUN: Final = re.compile(
    rf"\s*级?(?:参数)(?:规模|量级)?的?(?:全新|新一代|{MODIFIERS}){{0,6}}(?:{MODEL_NOUN}|系列)?[\s—–“\"「《:：]*|\s*[（(]\s*"
)
"""Between a size and the name that it describes: 千亿参数的多模态大模型——X."""
_ITS_KIND: Final = re.compile(
    rf"\s*(?:领域|专用|专属|级|类)?(?:的|新|首[个款]|{MODIFIERS}){{0,5}}(?:{MODEL_NOUN}|系列)?(?:产品)?\s*(?:——?|–|:|：)?\s*[“\"「《]?"
)
"""Between an industry or a kind and the name that it describes: 医疗领域大模型“X”."""
_IS_ITS_KIND: Final = re.compile(
    rf"[”\"」》]?(?:\s*[（(][^（）()]{{1,20}}[）)])?(?:大?模型)?\s*(?:[，,]?(?:这)?(?:就|也|便|则)?(?:是(?!否|不是)|为|系(?!列|统)|作为|属于)[^，,。；]{{0,40}}|(?:{MODIFIERS}|行业|领域){{0,3}})"
)
"""Between a name and the kind that it is said to be: X是面向能源行业的…大模型."""
_NOT_OF_KIND: Final = re.compile(
    "(?:媲美|对标|不同于|有别于|区别于|替代|取代|非(?!常)|不是|不属于|不算|还是|或者?)[^，,。；]{0,4}$"
)
_SAYS_KIND: Final = re.compile("通用|行业|垂直|垂类|垂域|产业")
_OF_NUMBERS: Final = (Field.PARAMETERS, CONTEXT_LENGTH)
_OF_VERBS: Final = (Field.EVENT, Field.OPENNESS)
Attached = list[tuple[Mention | None, str]]


def attach(sentence: Sentence, one: Said, here: list[Mention], before: list[Mention]) -> Attached:
    """The model of `one` with the name of a doubt or ""; several if the sentence says so, [] if foreign or too far.

    `before` are the models named last before the sentence, for pronouns: 该模型, 前者. A size without a name near it
    is kept, with None as its model.
    """
    if pointed := _pointed(sentence, one, here, before):
        return [(pointed, "earlier")]
    if paired := paired_in_turn(sentence, one, here, before):
        return paired
    if is_unpaired(sentence, one, here or before):
        return []
    near = around(here, one.near[0] - HORIZON, one.near[1] + HORIZON)
    if _is_of_before(sentence, one, here, before, near):
        if before and (_POINTS_BACK.search(sentence.words) or _goes_on(sentence, one, here, before)):
            return [
                (mention, "earlier") for mention in (before if _ALL.match(sentence.words) else before[-1:])
            ]
        if one.field == Field.PARAMETERS:
            return [(None, "unattached")]
        return _carried_over(sentence, one, before) if not here else []
    if one.field == Field.CATEGORY:
        return _described(sentence, one, near)
    if one.field in _OF_VERBS:
        found = of_verb(sentence, one, near, before[-1] if before else None)
        return [(mention, doubt) for mention, doubt in found]
    return _nearest(sentence, one, near)


def _is_of_before(
    sentence: Sentence, one: Said, here: list[Mention], before: list[Mention], near: list[Mention]
) -> bool:
    """Whether no model is named near, or only foreign ones: in the next clause, or those that it is compared with."""
    if not near or (near[0].is_foreign and _goes_on(sentence, one, here, before)):
        return True
    first = sentence.clause(one.near[0])[0]
    is_foreign = all(other.is_foreign and other.end <= first for other in near)
    return is_foreign and _POINTS_BACK.search(sentence.words) is not None


_SUBJECTLESS: Final = re.compile(
    r"^\s*(?:[•·*\-]\s*)?(?:目前|现在|如今|整体|此外|另外|同时|在?规模上|规模上)?[，,]?\s*(?:[两三四五六七八九十]款|全系列)?(?:总|模型)?(?:参数|上下文|模型|权重|代码|开源|规模|输入|最[大长高]|支持|训练)"
)
_ALL: Final = re.compile(r"^\s*(?:目前|现在|如今)?[，,]?\s*(?:[两三四五六七八九十]款|上述|以上|这些|全系列)")


def _goes_on(sentence: Sentence, one: Said, here: list[Mention], before: list[Mention]) -> bool:
    """Whether a statement with no name up to the end of its clause is about the only model before, or all (这些, 两款)."""
    is_alone = len({mention.subject for mention in before}) == 1 or _ALL.match(sentence.words) is not None
    is_kind = one.field in _OF_NUMBERS or _SUBJECTLESS.match(sentence.words) is not None
    last = sentence.clause(one.near[0])[1]
    return is_alone and is_kind and not any(mention.start < last for mention in here)


_OWN_SUBJECT: Final = re.compile(
    r"(?:[\s，,、的在于起后前还也并又即便就均都会·•*\-]|已经|已(?!经)|正式|全部|目前|同时|同步|对外|面向|率先|宣布|计划|预计|该?公司|该?团队|官方|[它其]|我们|连同[^，,。一连]{1,30}一[并起同]|[该这本此]?(?:大?模型|产品|系列|系统)|这?[两三四五六七八九十][款个]|先后|相继|陆续|分别|首批|成功|顺利|目标|今后|(?:All|Its|Their|The)(?: model)? (?:weights|models|code)(?: are| is)?(?: (?:released|available|licensed|open))?)*"
)


def _carried_over(sentence: Sentence, one: Said, before: list[Mention]) -> Attached:
    """The only model before a sentence that names none and no other subject; all of them if the words say so (四款)."""
    if not before:
        return []
    is_all = (
        _PLURAL.search(sentence.line, sentence.start, min(sentence.end, sentence.start + HORIZON)) is not None
    )
    if not (is_all or len({mention.subject for mention in before}) == 1):
        return []
    if one.field in _OF_VERBS:
        first, last = sentence.clause(one.near[0])
        subject = sentence.line[first : one.near[0]]
        for date in around(sentence.dates, first, one.near[0]):
            subject = subject.replace(date.text, "")
        is_transitive = one.field == Field.OPENNESS or one.value.get("event") in TRANSITIVE
        if not _OWN_SUBJECT.fullmatch(subject) or (
            is_transitive and not NO_OBJECT.match(sentence.line[one.near[1] : last])
        ):
            return []
    return [(mention, "earlier") for mention in (before if is_all else before[-1:])]


def points_back(sentence: Sentence) -> bool:
    """Whether the first sentence of a paragraph refers to the model of the paragraph before."""
    return _POINTS_FAR.search(sentence.words) is not None


def _pointed(sentence: Sentence, one: Said, here: list[Mention], before: list[Mention]) -> Mention | None:
    """The model meant by the last 前者 or 后者 before the statement; None unless there are exactly two to choose from."""
    pair = before if len(before) > 1 else []
    pointers = list(_ONE_OF_TWO.finditer(sentence.before(one.near[0], FAR)))
    if not pointers:
        return None
    place = max(sentence.start, one.near[0] - FAR) + pointers[-1].start()
    pair = [mention for mention in here if mention.end <= place] or pair
    if len(pair) != 2:
        return None
    return pair[0] if pointers[-1]["first"] else pair[1]


def _described(sentence: Sentence, one: Said, near: list[Mention]) -> Attached:
    """The model of which the words say of what kind it is, just before its name or behind 是; never merely the nearest."""
    start, end = one.near
    near = [
        mention for mention in near if not (is_adopted(sentence, mention) or is_rivalled(sentence, mention))
    ]
    if ASKS.search(sentence.words) or _NOT_OF_KIND.search(sentence.before(start, 12)):
        return []
    is_by_trade = _SAYS_KIND.search(sentence.line, start, end) is None
    for mention in near:
        if is_by_trade and mention.entries:
            continue  # a family has models for many trades: 星火教育大模型
        is_named = mention.start < end and start < mention.end
        if mention.start >= end:
            is_named = _ITS_KIND.fullmatch(sentence.line, end, mention.start) is not None
        elif mention.end <= start:
            is_named = _is_its_kind(sentence, mention, start, is_first=mention is near[0])
        if is_named and not mention.is_foreign:
            return [(mention, "")]
    return []


def _is_its_kind(sentence: Sentence, mention: Mention, start: int, *, is_first: bool) -> bool:
    """Whether the kind at `start` is said of the name before it; behind a comma, only of the sentence's first name."""
    found = _IS_ITS_KIND.fullmatch(sentence.line, mention.end, start)
    return found is not None and (is_first or _BREAKS.search(found.group()) is None)


_BARE: Final = re.compile(r"\d+(?:\.\d+)? ?[BM]")


def denies_size(line: str, mention: Mention, one: Said) -> bool:
    """Whether a size is far from the one in the model's own name, so that it is another's: 7B near Nova-12B."""
    is_bare = one.field == Field.PARAMETERS and _BARE.fullmatch(line, one.start, one.end)
    name = replace(mention, start=0, end=len(mention.words))  # it may be of an earlier line
    own = size_in(mention.words, name) if is_bare else None
    low, high = (own.interval.low, own.interval.high) if own else (None, None)
    said = one.value.get("number")
    if not (low and high and said and said.lower and said.upper):
        return False
    return bool(said.upper * 2 < low * 3 // 2 or said.lower * 2 > high * 3)


def _nearest(sentence: Sentence, one: Said, near: list[Mention]) -> Attached:
    near = [mention for mention in near if not is_rivalled(sentence, mention)]
    if not near:
        return []
    ranked = sorted((_cost(sentence, one, mention), mention.start, mention) for mention in near)
    cost, _start, best = ranked[0]
    is_alone = all(mention.subject == best.subject for mention in near) and best.end <= one.start
    if cost > FAR and is_alone and not best.is_foreign and cost < 2 * FAR:
        return [(best, "indirect")]
    if best.is_foreign or cost > FAR * (2 if sentence.words.isascii() else 1):
        return []
    if listed := _listed(sentence, one, near):
        return [(mention, "several") for mention in listed]
    rival = next((other for other in ranked[1:] if other[2].subject != best.subject), None)
    if rival is not None and (rival[0] - cost < 3 or _is_across(sentence, one, best)):
        return [(best, "several")]
    is_members = (
        best.end <= one.start
        and one.field == Field.PARAMETERS
        and best.entries
        and not sentence.line[best.end : one.start].strip()
    )
    return [(best, "indirect" if is_members or _is_unnamed(sentence, one, best) else "")]


def _is_across(sentence: Sentence, one: Said, mention: Mention) -> bool:
    """Whether a clause ends between the name and the statement."""
    between = sentence.line[min(mention.end, one.near[1]) : max(mention.start, one.near[0])]
    return _BREAKS.search(between) is not None


def _is_unnamed(sentence: Sentence, one: Said, mention: Mention) -> bool:
    """Whether a model without a name is nearer: 一个千亿参数大模型."""
    return (
        mention.end <= one.start
        and _UNNAMED.search(sentence.line, max(mention.end, one.start - 14), one.near[1]) is not None
    )


def _cost(sentence: Sentence, one: Said, mention: Mention) -> int:
    """Distance of a name from a statement in characters, with penalties; 0 if they overlap."""
    start, end = one.near
    if mention.start < end and start < mention.end:
        return 0
    ahead = mention.start >= end
    between = sentence.line[end : mention.start] if ahead else sentence.line[mention.end : start]
    if ahead and (_ITS_KIND if one.field == Field.SECTOR else _ITS_NOUN).fullmatch(between):
        return 0
    cost = len(between) + _BREAK_COSTS * len(_BREAKS.findall(between))
    if (
        ahead
        and one.field in _OF_NUMBERS
        and not re.match(rf"\s*(?:参数|规模|级|量|的|上下文|{MODEL_NOUN})", between)
    ):
        cost += _AHEAD_COSTS
    if is_adopted(sentence, mention):
        cost += _COMPARISON_COSTS
    return cost


def _listed(sentence: Sentence, one: Said, here: list[Mention]) -> list[Mention]:
    """All models of a list that the words sum up: 问川和听澜,这些都面向金融; X与Y可支持128K上下文."""
    before = [mention for mention in here if mention.end <= one.start and not mention.is_foreign]
    if len(before) < 2:
        return []
    is_summed_up = _PLURAL.search(sentence.line, before[-1].end, one.start) is not None
    if one.field == Field.SECTOR:
        return before if is_summed_up else []
    chain = chain_before(sentence, before)
    is_shared = is_summed_up or one.field == CONTEXT_LENGTH
    return (
        chain
        if is_shared and len(chain) > 1 and not IN_TURN.search(sentence.line, *sentence.clause(one.start))
        else []
    )


def by_another(sentence: Sentence, one: Said, mention: Mention, found: list[Organisation]) -> bool:
    """Whether an event or openness is said of an organisation that is not a known maker: 4月,甲公司上线了盘古."""
    if one.field not in (Field.EVENT, Field.OPENNESS):
        return False
    actors = around(found, sentence.clause(one.near[0])[0], one.near[0])
    return bool(actors) and is_other(actors[-1], mention)
