"""Finds the models to which a verb applies: its objects, else its subjects. Adoption is not a release."""

from __future__ import annotations

import re
from typing import Final

from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.sentences import Said, Sentence
from models_catalog.intake.articles.words import (
    ADOPTING,
    COMPARED_NAME,
    FIELDS,
    MODEL_NOUN,
    MODIFIERS,
    PLURAL,
)
from models_catalog.models.vocabulary import EventKind, Field, Openness

Attached = list[tuple[Mention, str]]
Span = tuple[int, int]

_ADOPTING: Final = re.compile(ADOPTING)
_PLACED: Final = re.compile("登陆|亮相|上架|权重")
"""Verbs with a place behind them, not an object."""
_GAP: Final = 26
_LONG_GAP: Final = 120
"""Maximum number of characters between verb and object in English, or before a dash or colon (大模型——X); else `_GAP`."""
_NAMELY_SO: Final = re.compile(r"(?:模型|产品|系列)\s*(?:[—–]{1,2}|[：:])?\s*[“\"「]?$")
NO_OBJECT: Final = re.compile(
    r"^\s*(?:$|\.|,|[”\"」』）)、！!—–]|[\d.]+\s?[BM亿]|[两三四五六七八九十\d]+\s?[款个种]|[了过]?(?:$|出[来去]|至今|以来|之?后|前|时|并|与|和|给|于|在|的?(?:预览|测试|正式|升级|企业|新|最新)?版|接口|允许|免费|服务|公测|内测|使用|下载|注册|[Aa][Pp][Ii]|权重|代码|源代码|新版|的?新版本|商用|试用|应用|可|供|(?:by|on|in|for|to|under|with|last|this|earlier|today|yesterday|from|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?![a-z])|(?:发布|授权)(?!会|者)))"
)
BEHIND_OBJECT: Final = re.compile(
    rf"^[”\"」』》】'’]?\s*(?:{MODIFIERS}{{0,4}}(?:{MODEL_NOUN}|系列))?(?:[”\"」』》】]|[（(][^（）()]{{0,20}}[）)])?的(?!(?:{MODIFIERS}|{FIELDS}){{0,4}}{MODEL_NOUN}|[^，,。]{{0,6}}版|大?语言|开源|内测|公测|接口|权重|代码|源代码|参数)|^[”\"」]?(?:API|api|云|推理|接口|模型)?服务"
)
_OTHER_NAME: Final = re.compile(r"[“\"「][^“”\"「」]+[”\"」]")
TRANSITIVE: Final = frozenset(
    {EventKind.RELEASED, EventKind.OPEN_SOURCED, EventKind.PLANNED, EventKind.ANNOUNCED}
)
_CALLED: Final = re.compile(
    "(?:是|为|属于?)(?:[^，,。]{0,24}|由[^，,。]{2,50}的[^，,。]{0,20})$|^由[^，,。]{2,24}$|(?:^|[ ,])(?:is|are|was|[Aa]n?|its) (?:first |latest |new |fully |now |also )?$"
)
_ALL: Final = re.compile("这些|各自|两者|三者|全部")
_PLURAL: Final = re.compile(PLURAL)


def of_verb(sentence: Sentence, one: Said, here: list[Mention], earlier: Mention | None) -> Attached:
    """The models to which the verb at `one.near` applies, each with a doubt or "": its objects, else its subjects."""
    verb = one.near
    first, last = sentence.clause(verb[0])
    is_behind = _is_behind_subject(sentence, verb, here)
    if sentence.line[verb[0]].isascii() and not is_behind:
        last = max(last, min(verb[1] + _LONG_GAP, sentence.end))
    objects = around(here, verb[1], last)
    if (found := _beside(sentence, one, here, objects, last)) is not None:
        return found
    if objects:
        is_told = one.value.get("event") == EventKind.ANNOUNCED
        added = _added(sentence, verb, around(here, last, sentence.end))
        return [
            *_objects(sentence, verb, objects, here, is_told=is_told),
            *((model, "several") for model in added),
        ]
    return _without_objects(sentence, one, here, earlier, (first, last), is_behind=is_behind)


def _beside(
    sentence: Sentence, one: Said, here: list[Mention], objects: list[Mention], last: int
) -> Attached | None:
    """The models that the form of the words gives at once: 新版MOSS上线, “X”系列开源大模型, 接入X; None if it does not."""
    verb = one.near
    if one.field == Field.OPENNESS and (own := _of_its_kind(sentence, verb, here)):
        return [(own, "indirect"), *_summed_up(sentence, last, here)]
    if inside := around(here, verb[0], verb[1]):
        return [(model, "") for model in inside[-1:] if not model.is_foreign]
    if one.value.get("event") == EventKind.DEPLOYED and objects:
        return [(objects[0], "")] if not objects[0].is_foreign else []
    if further := _FURTHER.match(sentence.line, verb[1], sentence.end):
        listed = around(here, further.end(), sentence.end)
        chain = _chain(sentence, listed) if listed else []
        return [(model, "several") for model in chain if not model.is_foreign]
    return None


def _without_objects(
    sentence: Sentence, one: Said, here: list[Mention], earlier: Mention | None, clause: Span, *, is_behind: bool
) -> Attached:  # fmt: skip
    """The models that a verb without an object in its clause is said of: those listed behind, else its subjects."""
    verb, (first, last) = one.near, clause
    is_english = sentence.line[verb[0]].isascii()
    is_called = _CALLED.search(sentence.line[first : verb[0]]) and (
        one.field == Field.OPENNESS or re.match(r"(?<=的)|的", sentence.line[verb[1] - 1 : verb[1] + 1])
    )
    may_list = is_english or (one.field == Field.OPENNESS and not is_called)
    if not is_behind and may_list and (listed := _summed_up(sentence, last, here)):
        return listed
    if (
        (one.value.get("event") in TRANSITIVE or one.field == Field.OPENNESS)
        and not _PLACED.match(sentence.line, verb[0])
        and sentence.line[verb[1] - 1] != "会"
        and not (is_called or one.value.get("token") == Openness.CLOSED)
        and not NO_OBJECT.match(sentence.line[verb[1] : last])
    ):
        return []
    if not around(here, sentence.start, verb[0]):
        return _summed_up(sentence, last, here)
    return _subjects(sentence, verb, first, here, earlier)


_SERIES: Final = re.compile(rf"[”\"」』》】]?\s*(?:系列)?(?:{MODIFIERS}){{0,4}}")
_KIND: Final = re.compile(rf"的?(?:{MODIFIERS}){{0,5}}{MODEL_NOUN}")


def _of_its_kind(sentence: Sentence, verb: Span, here: list[Mention]) -> Mention | None:
    """The model named just before words that say what kind of model it is: “X”系列开源大模型."""
    before = around(here, sentence.start, verb[0])
    if not before or before[-1].is_foreign or is_adopted(sentence, before[-1]):
        return None
    is_next = _SERIES.fullmatch(sentence.line, before[-1].end, verb[0])
    return before[-1] if is_next and _KIND.match(sentence.line, verb[1], sentence.end) else None


_BEHIND_SUBJECT: Final = re.compile(
    r"(?:under|weights)\b|(?:(?<=is )|(?<=are )|(?<=was )|(?<=were )|(?<=been ))[a-z]"
)
"""English words that are said of the name before them: X is released under the MIT license, Y remains closed."""


def _is_behind_subject(sentence: Sentence, verb: Span, here: list[Mention]) -> bool:
    return bool(around(here, sentence.start, verb[0])) and bool(_BEHIND_SUBJECT.match(sentence.line, verb[0]))


_USED: Final = re.compile(
    rf"{COMPARED_NAME}|(?:{ADOPTING}|[继较比])[“\"「]?\s*$|(?:基于|依托|借助|利用)(?!自研|自身|自家|自主|其)[^，,。；]{{1,8}}的[“\"「]?$"
)


def is_adopted(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence is about something that uses the model or is compared with it."""
    return (
        _USED.search(sentence.before(mention.start, 14)) is not None
        or re.match(r"[”\"」]?\s*的基础", sentence.after(mention.end, 6)) is not None
    )


_RIVALS: Final = re.compile(
    rf"[”\"」』》]?(?:{MODEL_NOUN})?的?(?:最大|主要|直接|有力|强劲|潜在)?的?(?:竞争对手|竞争者|对手|竞品|挑战者|同行|友商|替代品|替代者|平替)"
)


def is_rivalled(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words are about a rival of the model: MOSS的竞争对手."""
    return _RIVALS.match(sentence.line, mention.end, sentence.end) is not None


_OF_IT: Final = re.compile(rf"[”\"」』]?(?:{MODEL_NOUN})?的[^，,。]{{0,8}}版")
ARCHITECTURE: Final = re.compile("(?:基于|采用|使用)[^，,。]{1,20}架构(?:打造|研发|训练|开发)?的")
"""Words that only say how a model is built: 基于Transformer架构的."""
_MEANS: Final = re.compile(r"(?<!应)[由用以靠拿][“\"「]?$")
_TOLD: Final = re.compile(rf"[”\"」』]?(?:{MODEL_NOUN}|系列)?(?:\s*[，,。；、后]|\s*$|的(?!价|接口)|和|与)")
_SUCH_AS: Final = re.compile(r"^,[^.;]{0,80}\b(?:including|such as|namely|called)\b[^.;]{0,60}$")
_GOES_ON: Final = re.compile(r"[”\"」』》】]?\s*(?:[、及和与]|以及)")
"""Behind a name: the list goes on with other things than models, 大模型X及评测基准Y."""
_NAMELY: Final = re.compile(r"[，,：:]\s*(?:其中)?(?:包括|包含|分别(?:是|为)|有|它们是|即)?[^，,。]{0,14}$")


def _summed_up(sentence: Sentence, last: int, here: list[Mention]) -> Attached:
    """The models listed after the clause of a verb: 多款大模型通过备案,包括X、Y和Z. Each has a doubt."""
    listed = around(here, last, sentence.end)
    between = sentence.line[last : listed[0].start] if listed else ""
    if _SUCH_AS.match(between):
        return [(one, "several") for one in listed if not one.is_foreign]
    is_list = len(listed) > 1 or bool(listed and _GOES_ON.match(sentence.line, listed[0].end))
    if not is_list or not _NAMELY.match(between):
        return []
    return [(one, "several") for one in _chain(sentence, listed) if not one.is_foreign]


_FURTHER: Final = re.compile("(?:了|过)?的?(?:产品|模型)?(?:还有|还包括|包括|有)[：:]")
"""Behind a verb: what follows is all that it is said of. 同日上线的还有:甲的X、乙的Y."""
_ALSO: Final = re.compile(r"[，,](?:以及|还有|并有|和)[^，,。；]{0,20}$")


def _added(sentence: Sentence, verb: Span, later: list[Mention]) -> list[Mention]:
    """The model that a sentence adds after a comma: 发布X,首批覆盖37个语种,以及开源模型Y."""
    one = later[0] if later else None
    return [one] if one and not one.is_foreign and _ALSO.search(sentence.line, verb[1], one.start) else []


def _objects(
    sentence: Sentence, verb: Span, objects: list[Mention], here: list[Mention], *, is_told: bool
) -> Attached:
    """The models after the verb, if it applies to the models themselves: 发布X, 发布了X和Y."""
    if len(objects) > 1 and sentence.line[objects[0].end : objects[0].end + 2] in ("'s", "’s"):
        objects = objects[1:]
    between = ARCHITECTURE.sub("", sentence.line[verb[1] : objects[0].start])
    if (
        _ADOPTING.search(between)
        or _MEANS.search(between)
        or len(between) > (_LONG_GAP if between.isascii() or _NAMELY_SO.search(between) else _GAP)
        or objects[0].is_foreign
        or _OTHER_NAME.search(between)
    ):
        return []
    if is_told and not _TOLD.match(sentence.line[objects[0].end : objects[0].end + 12]):
        return []
    if not is_told and BEHIND_OBJECT.match(sentence.line[objects[0].end : objects[0].end + 40]):
        return []
    chain = _chain(sentence, around(here, objects[0].start, sentence.end))
    behind = sentence.after(objects[0].end, 40)
    loose = (
        len(between) > 12
        or any(not one.entries for one in chain[1:])
        or re.search("[和与及、]", between) is not None
        or re.match(r"[”\"」]?\s*\d", behind) is not None
        or _OF_IT.match(behind) is not None
    )
    doubt = "several" if len(chain) < len(objects) else "indirect" if loose else ""
    return [(one, doubt) for one in chain if not one.is_foreign]


_IN_ENGLISH: Final = re.compile(
    r"(?:,|,? and|,? as well as)(?: [A-Z][A-Za-z]+['’]s)?(?: (?!with|which|that|on )[a-z0-9-]+){0,7} "
)
_IN_LIST: Final = re.compile(
    rf"^[”\"」』》】'’]?\s*(?:系列)?\s*(?:[\d.]+ ?[BM亿万](?:参数)?(?:规模)?的?)?(?:{MODIFIERS}{{0,4}}{MODEL_NOUN})?(?:[（(][^（）()]{{1,20}}[）)])?\s*(?:[、/]|以及|和|与|及)?\s*(?:[\u4e00-\u9fffA-Za-z]{{2,12}}的|(?<=[、和与及])[\u4e00-\u9fff]{{2,8}})?[“\"「『《【'‘]?$"
)


def is_joint(between: str) -> bool:
    """Whether the words between two models only join them: 、和, and its chat variant."""
    if _IN_ENGLISH.fullmatch(between):
        return True
    return _IN_LIST.match(between) is not None and re.search('[、/和与及“"”]', between) is not None


def _chain(sentence: Sentence, listed: list[Mention]) -> list[Mention]:
    """The first of `listed` and those joined to it: X、Y和Z."""
    chain = listed[:1]
    for one in listed[1:]:
        between = sentence.line[chain[-1].end : one.start]
        if not is_joint(between):
            break
        chain.append(one)
    return chain


def _subjects(
    sentence: Sentence, verb: Span, first: int, here: list[Mention], earlier: Mention | None
) -> Attached:
    """The models before the verb, if it applies to them: X于3月发布, X和Y先后通过备案."""
    before = around(here, sentence.start, verb[0])
    before = [one for one in before if not is_adopted(sentence, one)] or before[-1:]
    if not before:
        return []
    subject = before[-1]
    if subject.is_foreign or _ADOPTING.search(sentence.before(subject.start, 5)):
        return []
    between = sentence.line[subject.end : verb[0]]
    is_made = sentence.line[first : first + 1] == "由"
    if subject.start < first and not is_made and _speaks_of_another(sentence, subject, first, verb):
        return []
    if len(between) > (_LONG_GAP if between.isascii() else 60) or re.match(
        rf"[”\"」』》】]?(?:{MODEL_NOUN})?(?:负责人|团队|之父)|[”\"」』》】]?(?:{MODEL_NOUN})?的(?!{MODEL_NOUN})[^，,。]{{0,8}}(?:负责人|团队|创始|研发|高管|价格|接口)",
        between,
    ):
        return []
    is_all = _ALL.search(sentence.line, subject.end, verb[1]) is not None
    chain = before if is_all else chain_before(sentence, before)
    is_of_it = re.match(rf"[”\"」』》】]?(?:{MODEL_NOUN})?的", between) is not None
    doubt = "several" if len(before) > 1 else "indirect" if subject.start < first or is_of_it else ""
    if len(chain) > 1 and _is_shared(sentence, chain, verb):
        doubt = ""
    return [(one, doubt) for one in chain if not one.is_foreign]


def chain_before(sentence: Sentence, before: list[Mention]) -> list[Mention]:
    """The last of `before` and those joined to it."""
    chain = before[-1:]
    for one in reversed(before[:-1]):
        if not is_joint(sentence.line[one.end : chain[0].start]):
            break
        chain.insert(0, one)
    return chain


def _is_shared(sentence: Sentence, chain: list[Mention], verb: Span) -> bool:
    """Whether the verb applies to all models of the list: 均开源, 这些都是."""
    return _PLURAL.search(sentence.line, chain[-1].end, verb[1]) is not None


def _speaks_of_another(sentence: Sentence, subject: Mention, first: int, verb: Span) -> bool:
    """Whether the verb's clause has its own subject: a known developer or a quoted name."""
    clause = sentence.line[first : verb[0]]
    return bool(around(sentence.makers, first, verb[0]) or _OTHER_NAME.search(clause))
