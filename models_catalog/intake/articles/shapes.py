"""The forms of models' names: versions and sizes after a stem, Latin words, foreign stems, and what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models_catalog.intake.articles.words import (
    FOREIGN,
    GENERIC,
    MODEL_NOUN,
    MODIFIERS,
    NO_MODELS,
    RELEASE_VERBS,
    SECTOR_WORDS,
)
from models_catalog.text.lists import model_makers, reading
from models_catalog.text.names import fold

Span = tuple[int, int]
LONGEST_NEW = 40
_UNITS: Final = r"(?![\d.]*\s?[亿万千百十年月日号时点个款种家倍名次%％多余位项元条天周])"
_TIER: Final = "[ -](?:[Pp]ro|[Ll]ite|[Mm]ax|[Pp]lus|[Tt]urbo|[Uu]ltra|[Mm]ini|[Aa]ir|[Ff]lash)"
_VERSION: Final = re.compile(
    rf"(?:[”\"」]?(?:{MODIFIERS}{{0,3}}(?:大模型|模型)))?(?:"
    rf"[ -]?(?:[A-Z]{{1,6}}-?|v)?\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}{_UNITS}(?:{_TIER}|(?:-?[A-Za-z]{{1,12}})?)(?![A-Za-z0-9.])"
    rf"|[ -]?(?:[A-Z]{{1,6}}-?|[vV])\d{{1,2}}{_UNITS}(?:-?[A-Za-z]{{1,12}})?(?![A-Za-z0-9.])"
    rf"|\d{{1,2}}[a-z](?![A-Za-z0-9.])"
    rf"|[ -]?\d{{1,3}}(?:\.\d{{1,2}})?[BbMT](?:-[A-Za-z0-9]+)*(?![A-Za-z0-9])"
    rf"|[ -]?(?:Pro|Max|Plus|Lite|Turbo|Ultra|Mini|Air|Flash)(?:[ -](?:Pro|Max|Plus|MoE|\d{{1,3}}B))*(?![A-Za-z])"
    rf"|\d{{1,2}}{_UNITS}(?![\d.A-Za-z\-/:]))"
)
_BARE_SIZE: Final = re.compile(r"\d{1,3}(?:\.\d{1,2})?[BbMT]")


def version_behind(text: str, start: int, end: int) -> int:
    """The end offset of the version after a name, such as T9 in 混元T9 or 大模型7.0 in 盘古大模型7.0; 0 if none."""
    match = _VERSION.match(text, end)
    if match is None or _BARE_SIZE.match(text, end) or re.search("模型[A-Z]{3}", match.group()):
        return 0  # 长文本模型XVERSE-13B
    is_latin = text[end - 1].isascii()
    if is_latin and text[end - 1].isalnum() and match.group()[:1].isalnum():
        return 0
    if match.group()[:1] == " " and not is_latin and not re.search(r"\.| [A-Z][a-z]", match.group()):
        return 0
    return match.end()


_WORD: Final = r"[A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*"
LATIN: Final = re.compile(
    rf"(?<![A-Za-z0-9.@/_])(?<!(?<!模型)-)(?:(?:\d{{2,4}}(?=[A-Z][a-z]{{2}}))?[A-Z]{_WORD}"
    rf"(?: (?:[A-Z][A-Za-z]{{2,11}}|[A-Z]\d{{1,2}}|[a-zVT]?\d{{1,3}}(?:\.\d+)*[BMK]?{_UNITS}|(?<=Turbo )S)(?![A-Za-z0-9.\-])){{0,2}}|[a-z]{_WORD}(?: \d\.\d)?)(?![A-Za-z0-9@_])"
)

_CUT: Final = re.compile(
    "(?:版本|发布|推出|上线|开源|公布|宣布|宣告|研发|自研|打造|开发|训练|展示|升级|内测|命名为|名为|叫做?|叫作|分享|包括|包含|其中|以及|还有|旗下|最新|一款|一个|全新|新一代|首个|首款"
    "|拥有|利用|借助|基于|接入|搭载|用上|使用|采用|集成|国产|会上|科技|智能|智算|集团|公司|大学|研究院|实验室|团队|[的了过由于在与和及或将把对向从被为是到让也又还就等出至月日年起有版])"
)


def cut(text: str, start: int, end: int) -> Span:
    """The span of a name without the words before it: 问川-7B in 发布的问川-7B."""
    first = start
    for word in _CUT.finditer(text, start, end):
        if end - word.end() >= 2 and not text[word.end()].isascii():
            first = word.end()
    return first, end


def known_stem(text: str) -> Iterator[Span]:
    """Spans of foreign models with any version or size: Llama3-70B, Mistral-7B-Instruct."""
    for word in LATIN.finditer(text):
        if is_foreign(word.group().split(" ")[0]):
            yield word.start(), word.start() + len(word.group().split(" ")[0])


FOREIGN_MAKERS: Final = frozenset(map(fold, reading("foreign-maker")))
_FOREIGN: Final = frozenset(map(fold, FOREIGN))
_STEM: Final = re.compile(r"^(?:\d{2,4}(?=[A-Z][a-z]{2}))?[A-Za-z]+")
"""The first word of a name; it may begin with figures: 360Zhinao."""


def is_foreign(name: str) -> bool:
    stem = _STEM.match(name)
    beginnings = name, name.split("-")[0], stem.group() if stem else name
    return not _FOREIGN.isdisjoint(map(fold, beginnings))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without spaces, tabs, dots and hyphens at its edges."""
    word = text[start:end]
    return start + len(word) - len(word.lstrip(" ·.-\t")), end - len(word) + len(word.rstrip(" ·.-\t"))


_FAMILIES: Final = frozenset(map(fold, reading("family")))
_WORDS: Final = frozenset(map(fold, reading("family-word")))
_TAIL: Final = re.compile(
    r"^[ -]?(?:[A-Z]{1,3}-?|[a-z])?\d|^-[A-Za-z0-9]|^ ?(?:[A-Z][A-Za-z]*[A-Z0-9]\w*)"
    "|^ (?:Chat|Pro|Max|Plus|Lite|Turbo|Ultra|Mini|Air|Flash|Large|Small|Preview|Thinking|Researcher|Coder|Math|Audio|Video|Image|Voice|Vision|Embedding|World|VL|Omni)(?![A-Za-z])"
)
_HAN: Final = "[\u4e00-\u9fff]"
_HAN_NAMES: Final = "|".join(
    sorted((name for name in reading("family") if not name.isascii()), key=len, reverse=True)
)
_HAN_FAMILY: Final = re.compile(
    rf"(?:{_HAN_NAMES})"
    rf"(?:[\u4e00-\u9fff]{{0,6}}模型)?[ -]?(?:[A-Z]{{1,4}}-?|[vV])?\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}{_UNITS}(?:{_TIER}|[ -]?[A-Z]\d?)?(?![\dA-Za-z.])"
)


def is_family(name: str) -> bool:
    """Whether a Latin name is the stem of a known family that is no common word: Kimi."""
    return fold(name) in _FAMILIES - _WORDS


def is_member(name: str) -> bool:
    """Whether a Latin name is the stem of a known family with a suffix: Qwen3, GLM-4.5, Baichuan 13B."""
    stem = _STEM.match(name)
    if stem is None or fold(stem.group()) not in _FAMILIES:
        return False
    tail = name[stem.end() :]
    return _TAIL.match(tail) is not None and (tail[0] != " " or fold(stem.group()) not in _WORDS)


_HAN_ALONE: Final = re.compile(
    rf"(?:(?:{RELEASE_VERBS}|旗下的?|自研的?)\s*(?P<behind>{_HAN_NAMES})(?!{_HAN})|(?P<before>{_HAN_NAMES})(?=[（(]|(?:大模型)?(?:架构|系列)|是|[也已则将于在]|内测|上线|开放|发布|推出|升级|宣布))"
)


def members(text: str) -> Iterator[Span]:
    """Spans of known Chinese families with a version (通义万相2.2), or in a position that only a model's name can have."""
    yield from (found.span() for found in _HAN_FAMILY.finditer(text))
    yield from (found.span(found.lastgroup or 0) for found in _HAN_ALONE.finditer(text))


_HAN_VERSIONS: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[，、的是]|即|推出|发布|其中|以及)?(?P<name>(?P<stem>[\u4e00-\u9fff]{2,4})\d\.\d)(?![\d.%万亿])"
)
_DEFINED: Final = re.compile(
    r"(?:^|[。；：:\n\]】]|增加|新增|推出了?)\s*(?P<name>[\u4e00-\u9fff·•]{2,6})(?:[（(][^（）()]{1,20}[）)])?(?:是(?:一[款个])?(?:由)?|[，,]由)[^，,。；是]{2,30}?(?:研发|开发|推出|打造|训练|发布|自研|开源)的[^，,。；]{0,16}(?:大模型|模型)"
)


def versions(text: str) -> Iterator[Span]:
    """Names of which a text has two versions, or one and the name in quotation marks: 松涛1.0, 松涛2.0; and X是甲研发的大模型."""
    found = [
        (match, match["stem"])
        for match in _HAN_VERSIONS.finditer(text)
        if may_be_name(match["stem"], quoted=False)
    ]
    for match, stem in found:
        quotes = [
            quote.span("name")
            for quote in re.finditer(rf"[“\"「](?P<name>{stem}(?:·[\u4e00-\u9fff]{{1,6}})?)[”\"」]", text)
        ]
        if quotes or len({other["name"] for other, same in found if same == stem}) > 1:
            yield match.span("name")
            yield from quotes
    yield from (
        match.span("name") for match in _DEFINED.finditer(text) if may_be_name(match["name"], quoted=False)
    )


_MAKER_NAMES: Final = "|".join(map(re.escape, sorted(model_makers(), key=len, reverse=True)))
LISTED_MAKERS: Final = re.compile(_MAKER_NAMES)
_BY_MAKER: Final = re.compile(
    rf"(?:{_MAKER_NAMES})(?:公司|集团|团队)?(?:旗下)?(?:推出|发布)?(?:的)?(?:自研)?\s*[“\"「《]?$"
)
_HAPPENS: Final = re.compile(
    '^[”"」》]?(?:网页版|手机版|[Aa][Pp][Pp])?(?:大模型|模型)?(?:[已也则在于]|正式|率先|首次|全面|同步|今年|去年|\\d{4}年|\\d{1,2}[月日][初中底]?){0,5}(?:[通完][过成][^，,。；]{1,16}备案|上线|开放|内测|公测|登陆|亮相|面世|问世|通过备案|完成备案|获批|开源|发布)'
)


_LATER_HAPPENS: Final = re.compile(
    '^[”"」]?(?:大模型)?[^，,。；]{0,16}(?:上线|开放|内测|公测|面世|问世|备案|开源|发布|推出|公开|落地)'
)


def is_of_maker(before: str, after: str) -> bool:
    """Whether a maker of models is named just before a name, and something happens to it just behind: 快手“可灵”上线."""
    if re.search('的[“"「]$', before) and _BY_MAKER.search(before) and _LATER_HAPPENS.match(after):
        return True
    happens = _HAPPENS.match(after)
    return happens is not None and (
        happens.group().endswith(("备案", "获批")) or bool(_BY_MAKER.search(before))
    )


NOT_MODELS: Final = NO_MODELS | frozenset(map(fold, reading("no-model")))
_MAKERS: Final = frozenset(map(fold, model_makers())) | FOREIGN_MAKERS
_GENERIC_WORDS: Final = sorted({*GENERIC, *reading("no-name")}, key=len, reverse=True)
_GENERIC: Final = re.compile("|".join(map(re.escape, _GENERIC_WORDS)))
_IN_QUOTES: Final = re.compile("|".join(re.escape(word) for word in _GENERIC_WORDS if word not in "和与"))
_SLOGAN: Final = re.compile(
    "(?:要求|规范|标准|意见|通知|倡议|公约|指引|指南|规划|协议)$|降本|增效|赋能|即服务|行动|计划$|工程$|联盟|大会|论坛|大赛|基金|热词|幻觉|地基|底座|大战|之战|时代$|白皮书|办法$|条例$"
)
_FUNCTION: Final = re.compile("[的了着是在把被但]")
_INDUSTRIES: Final = frozenset(word for words in SECTOR_WORDS.values() for word in words)
_NO_STEM: Final = re.compile(
    rf"(?:{MODIFIERS}){{0,6}}{MODEL_NOUN}[- ]?[A-Z][a-z]+|[vV]?\d+(?:\.\d+)*|(?:non|pre|post|multi|fine|full)-[a-z]+|Mini|Lite|Plus|Turbo|Ultra|Pro|Max|Air|Flash"
)
"""A tier or a version of nothing: 多模态大模型Mini, V3.0."""


_VERB_TIER: Final = re.compile("(?:发布|推出|上线|开源|开放|升级|包括|支持|提供)(?:Base|Chat|Instruct)$")
"""A variant of nothing: 同时开放Base模型."""


def may_be_name(name: str, *, quoted: bool) -> bool:
    """Whether words can be a model's name, and not a common noun, organisation or foreign model.

    In quotation marks a common noun may be part of the name, such as 行业 in 行业精灵.
    """
    folded = fold(name)
    if folded in _MAKERS or name in _INDUSTRIES or _NO_STEM.fullmatch(name):
        return False
    if _VERB_TIER.search(name):
        return False
    if "-based " in name or name.endswith(("Bench", "Eval", "Arena")):
        return False
    if len(folded) < 2 or len(name) > LONGEST_NEW or folded.isdigit() or is_foreign(name.split(" ")[0]):
        return False
    stem = _STEM.match(name)
    is_whole = is_member(name) or re.match("AI-[A-Z]{3}", name)
    if stem and not is_whole and fold(stem.group()) in NOT_MODELS and len(stem.group()) < len(name):
        return False
    if (
        folded in NOT_MODELS
        or fold(name.split(" ")[0]) in NOT_MODELS
        or all(fold(word) in NOT_MODELS for word in name.split())
    ):
        return False
    if (
        re.search(r"\d", name)
        and fold(_STEM.sub("", name)) == folded
        and not re.search("[\u4e00-\u9fff]", name)
    ):
        return False
    if not quoted:
        return _GENERIC.search(name) is None
    bare = re.sub(rf"{MODEL_NOUN}|系列", "", name)
    return len(fold(_IN_QUOTES.sub("", bare))) > 1 and not _FUNCTION.search(bare) and not _SLOGAN.search(name)


_SHAPED: Final = re.compile(
    r"^(?=.*\d|.*[a-z][A-Z]|.*[A-Z]{2}.*[a-z]|.*-(?:Mini|Lite|Pro|Max|Plus|Chat|Base|Instruct|Coder|Turbo|Large|Small|Flash)$)[A-Z](?!.*-[a-z]{3,}$)"
)
_ENGLISH_BEFORE: Final = re.compile(
    r"\b(?:released?|releasing|launch(?:ed|es)|unveil(?:ed|s)|introduced|open-sourced|announced|debuted|called|named|dubbed|models?|LLMs?|including)\b[^.;]{0,60}$"
)
_ENGLISH_AFTER: Final = re.compile(
    r"^(?:'s|,|\s\()?[^.;]{0,60}\b(?:models?|LLMs?|parameters|open[- ]source[d]?)\b"
)


_ITS: Final = re.compile(
    r"(?:\b(?:[Ii]ts|[Tt]heir)|[’']s|parameters?)(?: (?!of |in |on )[a-z][a-z-]+){0,3} $"
)
_ITS_MODEL: Final = re.compile(
    r" (?:(?:large |foundation(?:al)? |language |multimodal |reasoning |AI |open-source )+models?|models?|LLMs?)\b"
)
_APPOSED: Final = re.compile(
    r", (?:an?|its|their) (?:(?:family|series|suite|collection|range|line|pair) of |successor to |(?!(?:of|known|famous|noted|best|home|for|with|whose|behind|that|which|who|where|in|on|at|by|from|to|rich|building|making|developing|using|running|hosting|training|offering|selling) )(?:[a-z][a-z-]*|\d[\d.]*[a-z-]*|AI) ){0,8}(?:model|LLM|version|variant)s?\b(?! maker| developer| builder| start)"
)


_NAMED_BETWEEN: Final = re.compile(r"\b(?:model|LLM)s?,(?: called| named| dubbed| code-named)? $")


def is_named_in_english(text: str, start: int, end: int) -> bool:
    """Whether a name in English text is of a known family, or has a typical form near a word for models or releases."""
    name = text[start:end]
    if is_member(name):
        return True
    before, after = text[max(0, start - 90) : start], text[end : end + 90]
    if _ITS.search(before) and _ITS_MODEL.match(after):
        return name[0].isupper() and "-" not in name
    is_between = after.startswith(",") and _NAMED_BETWEEN.search(before)
    if (is_between or _APPOSED.match(after)) and name[0].isupper() and len(name) > 2:
        return True
    is_beside = _ENGLISH_BEFORE.search(before) or _ENGLISH_AFTER.match(after)
    return _SHAPED.match(name) is not None and is_beside is not None
