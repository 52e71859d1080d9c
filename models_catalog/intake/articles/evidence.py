"""Weighs a possible name of a model: whether its form, or the words around it, show that it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.intake.articles.shapes import (
    Span,
    is_family,
    is_member,
    is_named_in_english,
    is_of_maker,
)
from models_catalog.intake.articles.words import (
    AFTER_NAME,
    BEFORE_NAME,
    MODEL_NOUN,
    MODIFIERS,
    NO_MODEL_BEFORE,
    RELEASE_VERBS,
)
from models_catalog.text.lists import reading

_STRONG: Final = re.compile(
    r"(?<=[A-Za-z])(?:GPT|GLM|LM|LLM)(?:[-.\d][A-Za-z0-9.-]*)?$|-A?\d+(?:\.\d+)?[BM](?:-|$)|^[A-Za-z]{3,}-[A-Z][a-z]+-\d"
)
_WEAK: Final = re.compile(
    r"^[A-Za-z]{3}[A-Za-z0-9]*-(?:[A-Z]{1,2})?\d+(?:\.\d+)?$|^[A-Z][A-Za-z]{2,}\d+(?:\.\d+)*$"
)


@dataclass
class Candidate:
    """A possible name at `text[start:end]`; `outer` is its span with quotation marks, `kind` how it was found."""

    start: int
    end: int
    outer: Span
    kind: str
    is_name: bool = False


LISTED: Final = r"(?:[（(][^（）()]{1,20}[）)])?"
_COUNT: Final = r"(?:等)?(?:这)?(?:[一二两三四五六七八九十几多\d]+\s?[款个种家大])?(?:国产|自研|新)?"
_AFTER: Final = re.compile(rf"{LISTED}{_COUNT}{AFTER_NAME}(?!商|展|即)")
_IS_MODEL: Final = re.compile(
    rf"{LISTED}\s*(?:均|都|也|则)?(?:是|为)(?!热|一个词|口号)[^，,。；：“”\"]{{0,30}}(?:{MODEL_NOUN})(?!的|[之概时]|公司|企业|厂商|创业|团队|独角兽|服务商)"
)
_MODELS_ARE: Final = re.compile(
    rf"{MODEL_NOUN}(?:产品|名称|代表)?(?:主要|分别|目前|还|就)?(?:有|包括|包含|是|为|如|例如|比如|名叫|名为|叫|：|:)+\s*[“\"]?$"
)
_RELEASED: Final = re.compile(
    rf"(?:{RELEASE_VERBS}|展示(?:了)?)(?:自主|自研|研发|了?(?:一款|一个|全新|新一代|首个|最新|旗下|其|名为|的))*(?:{MODIFIERS}|系列|旗舰|新|视频生成技术|生成技术|视频生成模型){{0,4}}\s*[“\"]?$"
)
_MODEL_QUOTED: Final = re.compile(rf"{MODEL_NOUN}[“\"「]")
"""Behind a quotation that only describes the model named next: “所见即所得”模型“日日新”."""
_NAMED_SO: Final = re.compile("(?:旗下|推出|发布|自研)(?:的|了)?$")
_HELPS: Final = re.compile("智能助手|助手|家族")
_TOLD: Final = re.compile(r"(?:推出|发布)(?:了)?\s*$")
_MAKES: Final = re.compile("^[，,。][^。]{0,20}(?:生成|对话|推理|多模态|参数|理解|模型)")
_SIZED: Final = re.compile(
    rf"(?:\d\s?[亿B]|[十百千万]亿)(?:级别?|规模)?(?:参数)?(?:规模|量级)?的(?:{MODIFIERS}|新){{0,3}}\s*$|\d\s?[亿BM]\s*[（(]\s*$"
)
_THIS_ONE: Final = re.compile(
    rf"[该此这本](?:款|一)?{MODIFIERS}{{0,4}}(?:{MODEL_NOUN}|系统|产品|平台|系列)\s*$"
)
_NOUN_BEFORE: Final = re.compile(rf"(?:{BEFORE_NAME}|{MODEL_NOUN}系列)\s?[：:—–-]*\s*$")
_SO_CALLED: Final = re.compile("(?:所谓|被称为|视为|比作|作为|(?<![名级])为|成为|以)的?$")
_NO_QUOTED: Final = re.compile(
    rf"等?[^是为在于，,。；“”\"]{{0,6}}?(?:{'|'.join(reading('no-quoted'))})|(?:成|成为|是|正成为)(?:了)?[^，。]{{0,6}}(?:热词|口号|现象|概念)"
)
_ITS_EVENT: Final = re.compile(rf"(?:{MODIFIERS}){{0,4}}{MODEL_NOUN}(?:产品)?发布会")
_TITLED: Final = re.compile(
    rf"\s*[：:](?![^，,。；：:\n]{{0,30}}(?:调用|接入|使用|评测|对比|主流|各类|各种|多个))[^，,。；：:\n]{{2,30}}{MODEL_NOUN}(?=\s*$|[，,。；（(])"
    rf"|\s*[（(][^（）()]{{2,20}}[）)]\s*[：:][^，,。；：:\n]{{0,30}}{MODEL_NOUN}(?=\s*$|[，,。；（(])"
)
"""Behind a name that begins a line: what kind of model it is, X:甲发布的医疗大模型, X(甲):法律大模型."""
_APPOSED: Final = re.compile(
    rf"[，,]\s*(?:这是|即|是)?一[个款种][^，,。；]{{0,20}}{MODEL_NOUN}(?=\s*$|[，,。；（(])"
)
_IN_BRACKET: Final = re.compile(rf"{MODEL_NOUN}\s*[（(]\s*$")
_ITS_FIGURES: Final = re.compile("的?(?:上下文|总参|参数量|参数规模|权重)")
_MARKS: Final = " -*•·+>0123456789.、)）"
"""What may stand before an item of a list."""
_RENAMED: Final = re.compile(
    rf"{MODEL_NOUN}[^，,。；]{{0,8}}(?:升级|更名|改名|重命名|命名|定名)(?:为|成|作)\s*$"
)
_MADE: Final = re.compile(
    r"[（(](?:由)?[^（）()]{2,16}(?:研发|开发|打造|推出|训练)[）)]|的?(?:总)?参数(?:量|规模)?[为达有超]|[^。]{0,16}由[^，。]{2,20}(?:研发|训练|打造)[^。]{0,30}(?:参数|模型)|[^。“”\"]{0,48}参数(?:量|规模)(?:为|达|约|超)"
)
_TAILED: Final = re.compile(
    "[ -](?:Pro|Max|Plus|Lite|Turbo|Ultra|Mini|Air|Flash|Chat|Base|Instruct|Coder|Preview)$"
)
_OF_MODELS: Final = re.compile("^[^。]{0,30}(?:参数|架构|上下文|权重|模型|开源)")
_BY_FOREIGNERS: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, reading('foreign-maker')))})(?:公司|团队)?(?:最新|刚刚|近日|也|旗下|的|宣布|{RELEASE_VERBS}){{1,3}}[^，,。；]{{0,12}}$"
)
_OTHER_KIND: Final = re.compile(
    r"[”\"」》]?\s*(?:[（(][^（）()]{1,20}[）)])?(?:是|为)[^，,。；]{0,60}(?:数据集|语料库|基准|框架|算力平台|芯片)(?=[，,。；]|$)"
)
_NO_MODEL_BEFORE: Final = re.compile(rf"(?:{NO_MODEL_BEFORE})\s*$")


def is_other_kind(text: str, one: Candidate) -> bool:
    """Whether the text says that it is a data set, a benchmark or another thing: Nova-PTD是…数据集."""
    return _OTHER_KIND.match(text, one.outer[1]) is not None


def has_evidence(text: str, one: Candidate) -> bool:
    """Whether the words around a candidate, or its form, show that it is a model."""
    before, after = text[max(0, one.outer[0] - 30) : one.outer[0]], text[one.outer[1] : one.outer[1] + 64]
    name = text[one.start : one.end]
    if one.kind == "latin" and not _HAN.search(before + after):
        is_maker = after.startswith(("'s", "’s")) and is_family(name)  # DeepSeek's new model
        is_model = _STRONG.search(name) is not None or is_named_in_english(text, one.start, one.end)
        return is_model and not is_maker
    if is_other_kind(text, one) or any(words.search(before) for words in _OTHER_BEFORE):
        return False
    if one.kind in ("quote", "latin") and (
        is_of_maker(text[max(0, one.outer[0] - 30) : one.start], after) or _SIZED.search(before)
    ):
        return True
    if one.kind == "quote" and _only_describes(before, after):
        return False
    if _is_by_form(one.kind, name, before, after):
        return True
    if _AFTER.match(after) and (one.kind != "owned" or re.match("[两三四五六七八九十几多等]", after)):
        return one.kind == "quote" or not _is_part(after)
    return one.kind != "owned" and _is_by_neighbours(one.kind, name, before, after)


_OTHER_BEFORE: Final = (_NO_MODEL_BEFORE, _THIS_ONE, _BY_FOREIGNERS)


def _only_describes(before: str, after: str) -> bool:
    """Whether quoted words are no name: what something is called, or what the next name is like."""
    is_no_model = _NO_QUOTED.match(after) and not _ITS_EVENT.match(after)
    return bool(is_no_model or _SO_CALLED.search(before) or _MODEL_QUOTED.match(after))


def _is_by_form(kind: str, name: str, before: str, after: str) -> bool:
    """Whether the form of the words is that of a model's name: 问川大模型 in quotation marks, Nova-7B."""
    if kind == "quote":
        return re.search(rf".{MODEL_NOUN}(?:系列)?(?:[\dVv.]+)?$", name) is not None
    if kind == "latin":
        is_used = is_family(name) and (_NAMED_SO.search(before) or _HELPS.match(after))
        is_kind = _CAMEL.search(name) and _KIND_BEHIND.match(after)
        return bool(is_used or is_kind or _STRONG.search(name) or is_member(name))
    return kind == "sized"


def _is_by_neighbours(kind: str, name: str, before: str, after: str) -> bool:
    """Whether the words beside the name speak of a model."""
    is_told = not before.strip(_MARKS) and _TITLED.match(after)
    if _IS_MODEL.match(after) or is_told or (_IN_BRACKET.search(before) and after[:1] in ("）", ")")):
        return True
    is_new = _RELEASED.search(before)
    if kind == "quote" and (is_new or _MADE.match(after)):
        return True
    if (_TAILED.search(name) and is_new) or (_TOLD.search(before) and _MAKES.match(after) and len(name) > 3):
        return True
    if kind == "latin" and (_APPOSED.match(after) or (" " in name and _ITS_FIGURES.match(after))):
        return True
    if _WEAK.search(name) and (is_new or _AFTER.match(after) or _OF_MODELS.search(after)):
        return True
    return bool(_MODELS_ARE.search(before) or _NOUN_BEFORE.search(before) or _RENAMED.search(before))


_CAMEL: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[a-z]-?\d")
_KIND_BEHIND: Final = re.compile(rf"\s*[（(][^（）()，,。]{{0,14}}{MODEL_NOUN}[）)]")
"""Behind a name that is no abbreviation: ChatLark(中文法律大模型)."""
_HAN: Final = re.compile("[\u4e00-\u9fff]")
NO_HEAD: Final = re.compile(
    rf"\s*{MODIFIERS}{{0,6}}{MODEL_NOUN}(?!参数(?:规模|总?量)?(?:[为达是约超已有]|\d|[千百]亿))(?:{'|'.join(reading('no-head'))})"
)


def _is_part(after: str) -> bool:
    """Whether the word for models after a name is part of another noun: 大模型功能."""
    return NO_HEAD.match(after) is not None
