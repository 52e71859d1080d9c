"""Finds statements in one sentence: sizes, context lengths, openness, target industries, category, modality.

Each rule yields `Said`: the value, the words that state it, and where to look for its model. Events have a module of
their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from models_catalog.intake.articles.finding import CONTEXT_LENGTH
from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownSector
from models_catalog.intake.articles.retractions import is_doubted
from models_catalog.intake.articles.words import (
    COMPARED,
    COMPARING_NAMES,
    DENIED_SIZE,
    DENYING,
    FIELDS,
    MODEL_NOUN,
    MODIFIERS,
    PLANNING,
    SECTOR_CUE,
    SECTOR_NOUN,
)
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import Category, Field, Modality
from models_catalog.text.context_lengths import FoundLength, find_lengths
from models_catalog.text.dates import FoundDays
from models_catalog.text.name_search import Hit
from models_catalog.text.quantities import Found

Value = dict[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """A statement: `line[start:end]` states `value` of `field`; its model is looked for around `near`.

    date: the date of an event, if stated. doubt: the value of a `Doubt`, or "".
    """

    field: str
    start: int
    end: int
    value: Value
    near: Span
    date: FoundDays | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence: `line[start:end]` of a passage in simplified characters, with what was found in it."""

    start: int
    end: int
    line: str
    sizes: list[Found] = field(default_factory=list)
    dates: list[FoundDays] = field(default_factory=list)
    sectors: list[Hit[KnownSector]] = field(default_factory=list)
    makers: list[Hit[KnownDeveloper]] = field(default_factory=list)
    is_spun: bool = False

    @cached_property
    def words(self) -> str:
        return self.line[self.start : self.end]

    @cached_property
    def is_rumour(self) -> bool:
        """Whether it, or a sentence beside it, calls itself a rumour or is taken back."""
        return is_doubted(self.line, self.start, self.end)

    @cached_property
    def lengths(self) -> list[FoundLength]:
        """The context lengths, with their places in the line."""
        found = find_lengths(self.words)
        return [replace(one, start=one.start + self.start, end=one.end + self.start) for one in found]

    @cached_property
    def in_turn(self) -> re.Match[str] | None:
        """The first word by which it gives values to models in their order."""
        return IN_TURN.search(self.line, self.start, self.end)

    def before(self, place: int, chars: int) -> str:
        return self.line[max(self.start, place - chars) : place]

    def clause_before(self, place: int) -> str:
        return _CLAUSE.split(self.before(place, 80))[-1]

    def clause(self, place: int) -> Span:
        """The span of the clause at an offset; text in brackets is a clause of its own."""
        first = place - len(_BRACKETED.split(self.before(place, 200))[-1])
        last = min(place + 200, self.end)
        behind = _BRACKETED.search(self.line, place, last)
        return first, behind.start() if behind else last

    def clause_after(self, place: int) -> str:
        return self.line[place : self.clause(place)[1]]

    def after(self, place: int, chars: int) -> str:
        return self.line[place : min(self.end, place + chars)]


IN_TURN: Final = re.compile("分别|依次|(?<![A-Za-z])[Rr]espectively(?![A-Za-z])")
_END: Final = re.compile(r"[。！？!?；;](?:[”\"」』’]+)?|[.．](?=\s|$)|\n")
_CLAUSE: Final = re.compile(r"[，,、：:]")
_BRACKETED: Final = re.compile(r"[，,；;。（()）]|(?<!模型)(?<!系列)[：:]")


def spans(line: str) -> list[Span]:
    """The spans of the sentences in a line; closing quotation marks belong to the sentence before them."""
    ends = [match.end() for match in _END.finditer(line)]
    if not ends or ends[-1] < len(line):
        ends.append(len(line))
    return [(start, end) for start, end in zip([0, *ends], ends, strict=False) if line[start:end].strip()]


def said(sentence: Sentence) -> Iterator[Said]:
    yield from _sizes(sentence)
    yield from _lengths(sentence)
    yield from _sectors(sentence)
    yield from _kinds(sentence)


_NOT_ITS_SIZE: Final = re.compile(f"{COMPARED.replace('|是|像)$', '|像)$')}|{DENIED_SIZE}")
_OF_ANOTHER: Final = re.compile(
    "(?:赶超|优于|胜过|强于|好于|超越|媲美|对标|比肩|相当于|不输|不逊|击败|打败|领先|追平|逼近|碾压|持平|接近|高于|低于|超过)[^，,]{0,8}$"
)
_OTHER_THINGS: Final = re.compile(
    r"\s*(?:参数)?(?:规模|量)?的?(?:同类|同级|竞品|产品|对手|模型|大模型|同行|选手)"
)
_COMPARES: Final = re.compile(f"(?:{COMPARING_NAMES})[^，,]*$")
_BESIDE: Final = re.compile(
    r"[^，,。]{0,12}(?:掰手腕|抗衡|媲美|比肩|相当|持平|竞争|看齐|较量|PK|对比|同台|打平)"
)
_HOPED: Final = re.compile(f"{PLANNING}|未来|目标|希望|想要|需要|至少要")
_OF_NEXT: Final = re.compile(r"参数(?:规模|量)?(?:级别?)?的?\s*(?:[A-Za-z“\"《]|(?:大?模型|版))")
_ACTIVE: Final = re.compile(r"激活|active|activated", re.IGNORECASE)
_LIST: Final = re.compile(r"^\s*(?:[、,，/]|和|与|及|以及|(?:, )?(?:and|or))\s*$")


_FROM: Final = re.compile(r"[从由自]约?\s*$")
_GREW: Final = re.compile(
    "(?:参数|规模|量|级别?|个|左右|tokens?)*(?:[增升扩跃涨提降减缩翻][^，,。；]{0,4}[至到为]|→|->)"
)


def outgrown(before: str, after: str) -> bool:
    """Whether a number between these words is what once was: 从160亿增至1000亿."""
    return bool(_FROM.search(before) or _GREW.match(after.lstrip()))


def _sizes(sentence: Sentence) -> Iterator[Said]:
    """Total (not activated) sizes, except those denied (并非100亿) or compared with (不及千亿模型)."""
    listed = {
        one.start
        for left, right in zip(sentence.sizes, sentence.sizes[1:], strict=False)
        if _LIST.match(sentence.line[left.end : right.start])
        for one in (left, right)
    }
    for found in sentence.sizes:
        if _NOT_ITS_SIZE.search(sentence.before(found.start, 7)) or _is_active(sentence, found):
            continue
        clause = sentence.clause_before(found.start)
        if clause.endswith("达") and found.text.startswith("不"):
            continue  # 达不到70B
        if re.search(r"[和与跟同]\s*$", clause) and _BESIDE.match(sentence.line, found.end):
            continue
        if _OF_ANOTHER.search(clause) and _OTHER_THINGS.match(sentence.line, found.end):
            continue
        value = {"number": number_range(found.interval)}
        doubt = "several" if found.start in listed else "rumour" if sentence.is_rumour else ""
        if _COMPARES.search(clause) or _HOPED.search(clause) or _OF_NEXT.match(sentence.line, found.end):
            doubt = doubt or "indirect"
        if outgrown(sentence.before(found.start, 3), sentence.after(found.end, 12)):
            doubt = doubt or "indirect"
        yield Said(Field.PARAMETERS, found.start, found.end, value, (found.start, found.end), doubt=doubt)


def _is_active(sentence: Sentence, found: Found) -> bool:
    """Whether it is a number of activated parameters: 激活参数21B, 21B激活."""
    before = re.split(r"[，,、;；（(]|总参数", sentence.before(found.start, 14))[-1]
    return bool(
        _ACTIVE.search(before)
        or _ACTIVE.search(
            re.split("[，,、;；（(]", sentence.after(found.end, 12 if found.text[-1].isascii() else 5))[0]
        )
    )


def _lengths(sentence: Sentence) -> Iterator[Said]:
    for found in sentence.lengths:
        start, end = found.start, found.end
        if _NOT_ITS_SIZE.search(sentence.before(start, 7)) or _DENYING.search(sentence.clause_before(start)):
            continue
        value = {"number": number_range(found.interval), "is_characters": found.is_characters}
        is_past = outgrown(sentence.before(start, 3), sentence.after(end, 12))
        doubt = "rumour" if sentence.is_rumour else "indirect" if found.is_characters or is_past else ""
        yield Said(CONTEXT_LENGTH, start, end, value, (start, end), doubt=doubt)


_DENYING: Final = re.compile(DENYING)
_SECTOR_CUE: Final = re.compile(f"(?:{SECTOR_CUE})[^。，,]{{0,16}}$")
_SECTOR_NOUN: Final = re.compile(SECTOR_NOUN)
_OF_NO_MODEL: Final = re.compile(
    rf"(?:{MODIFIERS}){{0,4}}{MODEL_NOUN}(?:评测|评估|基准|榜|竞赛|大赛|数据集|市场|论坛|峰会|大会|赛道|热)"
)


def _sectors(sentence: Sentence) -> Iterator[Said]:
    """Industries with words around them that say a model is for them; in a list, one such item is enough for all."""
    hits = [hit for hit in sentence.sectors if not _OF_NO_MODEL.match(sentence.line, hit.end)]
    sure = [
        bool(
            (
                (cue := _SECTOR_CUE.search(sentence.before(hit.start, 24)))
                and (not cue.group().startswith("在") or _ends_as_sector(sentence, hit.end))
            )
            or _SECTOR_NOUN.match(sentence.line, hit.end, sentence.end)
        )
        for hit in hits
    ]
    for number in [*range(1, len(hits)), *range(len(hits) - 1, 0, -1)]:
        if _LIST.match(sentence.line[hits[number - 1].end : hits[number].start]):
            sure[number - 1] = sure[number] = sure[number - 1] or sure[number]
    for hit, is_sure in zip(hits, sure, strict=True):
        if is_sure:
            value = {"sector": hit.value.pk, "label": hit.value.label}
            yield Said(Field.SECTOR, hit.start, hit.end, value, (hit.start, hit.end), doubt="indirect")


def _ends_as_sector(sentence: Sentence, place: int) -> bool:
    return _SECTOR_NOUN.match(sentence.line, place, sentence.end) is not None


_CATEGORY: Final = re.compile(
    rf"(?P<general>通用)(?:型)?(?:人工智能|AI|大?语言|基础|基座|认知|多模态|对话){{0,2}}{MODEL_NOUN}|(?P<industry>行业|垂直|垂类|垂域|产业|{FIELDS})(?:领域|行业|级|类)?(?:的|专用|专属|垂直|首[个款]|千亿级?|百亿级?|生成式|大?语言|AI|多模态|预报|预测){{0,3}}{MODEL_NOUN}"
)
_MODALITY: Final = re.compile(
    rf"(?P<word>多模态|语音|图像生成|图像|图片|文生图|视觉|视频生成|视频|文生视频|3D|三维|表格|气象|天气预报|自动驾驶)(?:生成|理解|识别|交互|合成|处理)?(?:的)?(?:基础|预训练|通用|大语言)?{MODEL_NOUN}"
)
_MODALITIES: Final = {
    "多模态": Modality.MULTIMODAL, "语音": Modality.SPEECH, "图像": Modality.IMAGE, "图像生成": Modality.IMAGE, "图片": Modality.IMAGE,
    "文生图": Modality.IMAGE, "视觉": Modality.IMAGE, "视频": Modality.VIDEO, "视频生成": Modality.VIDEO, "文生视频": Modality.VIDEO,
    "3D": Modality.THREE_D, "三维": Modality.THREE_D, "表格": Modality.TABULAR, "气象": Modality.WEATHER, "天气预报": Modality.WEATHER,
    "自动驾驶": Modality.DRIVING,
}  # fmt: skip


_COUNTED: Final = re.compile("[两几多数百余\\d][款个种][^，,。]{0,9}$")


def _kinds(sentence: Sentence) -> Iterator[Said]:
    """Category and modality, from a model's description: 通用大模型, 行业大模型, 多模态大模型."""
    for found in _CATEGORY.finditer(sentence.line, sentence.start, sentence.end):
        if _COUNTED.search(sentence.before(found.start(), 14)):
            continue
        token = Category.GENERAL if found["general"] else Category.INDUSTRY
        yield Said(Field.CATEGORY, *found.span(), {"token": token.value}, found.span(), doubt="indirect")
    for found in _MODALITY.finditer(sentence.line, sentence.start, sentence.end):
        modality = _MODALITIES[found["word"]]
        yield Said(
            Field.MODALITY, *found.span("word"), {"token": modality.value}, found.span(), doubt="indirect"
        )
