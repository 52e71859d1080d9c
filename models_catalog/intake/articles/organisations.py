"""Finds the organisations in a sentence: developers of the registry, and others by the form of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from models_catalog.intake.articles.lexicon import KnownDeveloper
from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.sentences import Sentence
from models_catalog.intake.articles.shapes import NOT_MODELS, is_foreign
from models_catalog.intake.articles.words import (
    GENERIC,
    MAKER_ENDS,
    MAKER_VERBS,
    MODIFIERS,
    NO_MAKERS,
)
from models_catalog.text.lists import model_makers
from models_catalog.text.names import fold

SHORT = 6
"""Maximum number of characters of a Chinese name without an organisation's ending such as 科技."""


@dataclass(frozen=True)
class Organisation:
    """An organisation named at `line[start:end]`; `known` is its developer in the registry."""

    start: int
    end: int
    name: str
    known: KnownDeveloper | None = None
    in_bracket: bool = False
    is_sure: bool = True
    """Whether its name or the words around it show that it is an organisation; else only its position suggests it."""
    is_maker: bool = False
    """Whether it is known to make models."""


_HAN: Final = r"[\u4e00-\u9fff]"
_SURE_ENDS: Final = "出版社|科技|智能|智算|智造|数科|数智|大学|学院|研究院|研究所|研究中心|实验室|集团|公司|股份|网络|软件|云计算|通信|汽车|银行|证券|保险|气象局|气象台|预报中心|信息中心|AI"
_ENDING: Final = re.compile(
    rf"(?:{_HAN}|[A-Za-z]){{2,14}}?(?:{_SURE_ENDS})(?:公司|集团|研究院|实验室)?(?!{MODIFIERS}{{0,4}}(?:大?模型|领域|行业|手机)|[\u4e00-\u9fff](?:大?模型|领域|行业|手机))"
)
_NAME: Final = r"(?!来自|[由据和与及])(?:[\u4e00-\u9fffA-Za-z0-9·]|(?<=[A-Za-z]) (?=[A-Za-z])){2,20}?"
_BY: Final = re.compile(
    rf"由(?P<maker>{_NAME})(?:团队)?(?:{MAKER_VERBS})|和(?P<also>{_NAME})(?:共同|联合)(?:{MAKER_VERBS})"
)
_BEFORE: Final = re.compile(
    r"(?:^|[\s，,、：:；;。“”\"（()）】\]]|[日月年](?!之)|近日|日前|此前|随后|今天|由|来自|以及|[和与]|子公司|初创公司|创业公司|独角兽|初创企业)"
    rf"(?P<maker>{_NAME})(?=(?:旗下|团队)?(?:的[“\"《「【A-Za-z]|的{_HAN}{{2,10}}(?:大模型|系列|[、三两四五])|(?:最近|近日|日前|今天|今日|昨天|昨日|刚刚|也)?(?:{MAKER_VERBS}|更新)|[：:](?:{MAKER_VERBS})|(?:告诉|表示|称|透露|介绍说)))"
)
_LATIN: Final = re.compile(
    r"(?<![A-Za-z0-9.@/_\-])[A-Z][A-Za-z0-9]+(?: [A-Z][a-z]+)?(?: (?:AI|Labs?|Tech(?:nology|nologies)?|Intelligence|Group|Holdings?|Cloud|Research|Inc)){0,2}(?=的[“\"《「【\u4e00-\u9fffA-Z]|旗下|团队|公司|[去今]年|(?:于|在)?\d|"
    rf"{MAKER_VERBS}|(?: on [A-Z][a-z]+| has| have| also| today| recently| officially| this week){{0,3}} (?:released|launched|unveiled|introduced|open-sourced|has|announced|debuted|said|says|plans|unveils|launches|opens)|, (?:an?|the) [^,.;]{{3,60}}, (?:today |recently |on [A-Z][a-z]+ |this week |last week )?(?:announced|released|launched|unveiled|introduced|open-sourced)|'s? )"
)
_MADE_BY: Final = re.compile(
    r"(?:developed|released|built|created|made|trained|open-sourced|launched|unveiled|introduced)(?: (?:in|on) [A-Z][a-z]+(?: \d{1,2},?)?(?: \d{4})?)? by (?:the )?(?P<maker>[A-Z][A-Za-z&]*(?: (?:of |and )?[A-Z][A-Za-z&]*){0,4})"
)
_INSTITUTE: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][A-Za-z]+ ){1,3}(?:Academy|Institute|University|Laboratory)(?: of(?: [A-Z][A-Za-z]+){1,3})?"
)
_INSTITUTE_OF: Final = re.compile(
    "(?:(?!联合|发布|推出|携手|宣布|旗下|成立|[与和及的在由])[\u4e00-\u9fff]){2,6}(?:研究院|实验室|研究所|研究中心)"
)
"""Behind the name of a maker: its institute is the maker, 人工智能研究院 of 甲电信人工智能研究院."""
_UNIT_OF: Final = re.compile(
    "(?:(?!联合|发布|推出|携手|宣布|旗下|成立|人员|团队|教授|院长|主任|大学|公司|集团|助力|支持|赋能|投资|研发|开发|打造|开源|自研|训练|上线|[与和及的在由来从称说将已其是为有了于对向])[\u4e00-\u9fff]){0,12}?"
    "(?:研究院|实验室|研究所|(?:研究|服务|信息|预报|创新|工程|技术)中心|医院|学院)"
)
"""Behind the name of an organisation that is not known: its part is the maker, 公共气象服务中心 of 中国气象局."""
_HOSPITAL_OF: Final = re.compile(r"(?:[\u4e00-\u9fff]{0,6}学院)?附属[\u4e00-\u9fff]{0,8}?医院")
_NOT_BY: Final = re.compile(r"(?:(?<![除莫若])非|不是|(?<![A-Za-z])not (?:by )?)(?:由|来自)?[“\"「]?$")
"""Before an organisation that did not do it: 非甲大学的X, not Fudan."""
_APPOSED: Final = re.compile(r"[A-Za-z], (?:the|an?) [a-z][^,.;]{0,40} (?:of|by) (?:the )?$")
"""Before an organisation that only says what another is: Ant Group, the affiliate of Alibaba, said."""
_IN_BRACKET: Final = re.compile(rf"[（(](?:由|来自)?(?P<maker>{_HAN}{{2,12}}|[A-Z][A-Za-z ]{{1,20}})[）)，,]")
_LISTED: Final = re.compile(
    "|".join(
        rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" if name.isascii() else re.escape(name)
        for name in sorted(model_makers(), key=len, reverse=True)
    )
)
_CUT: Final = re.compile(
    r"创办的?|创立的?|成立的?|创建的?|执掌的?|旗下的?|来自|出自|其中|以及|联合|携手|公司(?=[A-Z])|(?<!云)从|[的由于和与及将把对向被让年月日称据至为是]|(?<!参)参评|会上|国内|近日|昨日|今日|今天|昨天|日前|随后|此前|同日|当天|上周|上月|本月|初创|前高管|包括|包含|例如|比如|分别|继|也有如|有如|也有|随着|针对|除了|相比|还有|就连|联手|携|而|但"
)
_TAIL: Final = re.compile(
    r"(?:上周|本周|昨日|昨天|今日|今天|近日|日前|上月|本月|今年|去年|随后|此前|刚刚|正式|同日|当天|同月|同年|最近|终于|率先|联合|共同|也|又|还|已|已经|则|便|就|曾|再次|首次|同时|同步|先后|陆续|宣布|旗下|团队|方面|[0-9月日年])+$"
)
_NONE: Final = re.compile("|".join(NO_MAKERS))
_ADVERBS: Final = re.compile(
    "报告期|微调|经过|通过|一口气|一举|接连|连续|首先|其次|最后|上场|[年月]底|[年月]初|一同|半年|此次|本次|升级|之后|以来|随即|据|同时|一起|另外|此外|不久|接着|后来|今起|合作|用户|车企|部门|媒体|业内|多家|多个|有人|海外|国外|国产|国内|首次|再次|当时|预计|计划|即将|正在|曾|又|还|不|没|均|都|也|刚|已|可|会|能|仍|如|但|而|或|并|且|就|才|只|仅|更|最|很|太|非"
)
_SURNAMES: Final = tuple("张王李刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
_COMMON: Final = re.compile("|".join(map(re.escape, GENERIC)))
_ENDS: Final = re.compile(rf"(?:{MAKER_ENDS})$")


_CITIES: Final = "北京|上海|深圳|广州|杭州|南京|苏州|无锡|宁波|成都|武汉|西安|天津|重庆|合肥|长沙|厦门|福州|青岛|济南|郑州|大连|沈阳|珠海|东莞|佛山|贵阳|昆明|海南|香港"
_NO_LINK: Final = r"(?:(?!联合|携手|投资|收购|发布|推出|宣布|孵化|合作|助力|支持|[的由和与及在向对为让被将把等或旗])[\u4e00-\u9fff])"
_COMPANY: Final = re.compile(
    rf"(?:(?:{_CITIES})市?(?P<name>{_NO_LINK}{{2,14}}?)(?:股份)?(?:有限(?:责任)?)?公司|(?P<whole>{_NO_LINK}{{2,14}}?)(?:股份)?有限(?:责任)?公司)"
)
_ADDED: Final = re.compile(
    "(?:人工智能|智能|科技|技术|信息|网络|数字|数据|软件|计算机|集团|股份|控股|系统|服务)*"
)
"""Words of a company's registered name that its own name need not have."""


def _registered(sentence: Sentence) -> Iterator[Organisation]:
    """Companies whose registered names hold more than a known developer's: 上海澜舟星图公司 is not 澜舟."""
    for match in _COMPANY.finditer(sentence.line, sentence.start, sentence.end):
        group = "name" if match["name"] else "whole"
        for hit in around(sentence.makers, match.start(group), match.end(group)):
            begins = group == "whole" or hit.start == match.start(group)
            if not begins or not _ADDED.fullmatch(sentence.line, hit.end, match.end(group)):
                start = match.start() if group == "name" else hit.start
                yield Organisation(start, match.end(), sentence.line[start : match.end()])
                break


def organisations(sentence: Sentence, here: list[Mention]) -> list[Organisation]:
    """The organisations of a sentence, from left to right, without overlaps with each other or with a model's name.

    Only a known developer may overlap a model's name, if that begins later: 科大讯飞星火.
    """
    taken = {place for one in here for place in range(one.start, one.end)}
    found: list[Organisation] = []
    listed = {
        match.start(): match.end() for match in _LISTED.finditer(sentence.line, sentence.start, sentence.end)
    }
    known = [
        Organisation(hit.start, _whole(sentence, hit.end), hit.value.label, hit.value, is_maker=True)
        for hit in sentence.makers
        if listed.get(hit.start, 0) <= hit.end  # 京东健康 is not 京东
    ]
    for one in map(partial(_with_unit, sentence), [*_registered(sentence), *known, *_unknown(sentence)]):
        is_apposed = _APPOSED.search(sentence.before(one.start, 60)) and sentence.after(one.end, 1) == ","
        if is_apposed or _NOT_BY.search(sentence.before(one.start, 8)):
            continue
        own = {
            place
            for other in here
            if one.known and one.start < other.start
            for place in range(other.start, other.end)
        }
        if one.start < one.end and (taken - own).isdisjoint(range(one.start, one.end)):
            unit = _UNIT_OF.match(sentence.line, one.end, sentence.end) if one.known else None
            taken.update(range(one.start, unit.end() if unit else one.end))
            found.append(one)
    return sorted((_with_bracket(sentence, one) for one in found), key=lambda one: one.start)


def _whole(sentence: Sentence, end: int) -> int:
    """The end of a known maker's name with what its registered name adds: 百度网讯."""
    return end + len("网讯") if sentence.after(end, 2) == "网讯" else end


def _with_unit(sentence: Sentence, one: Organisation) -> Organisation:
    """The organisation, or the part of it that is named behind it; a university's hospital is another one."""
    if one.name.isascii():
        return one
    unit = (_HOSPITAL_OF if one.known else _UNIT_OF).match(sentence.line, one.end, sentence.end)
    return (
        replace(one, end=unit.end(), name=sentence.line[one.start : unit.end()], known=None) if unit else one
    )


def _with_bracket(sentence: Sentence, one: Organisation) -> Organisation:
    is_in = sentence.before(one.start, 1) in ("（", "(")
    return replace(one, in_bracket=is_in)


def _unknown(sentence: Sentence) -> Iterator[Organisation]:
    patterns = (_IN_BRACKET, _MADE_BY, _LISTED, _INSTITUTE, _BY, _ENDING, _BEFORE, _LATIN)
    for pattern in patterns:
        for match in pattern.finditer(sentence.line, max(0, sentence.start - 1), sentence.end):
            groups = [name for name, words in match.groupdict().items() if words]
            start, end = match.span(groups[0]) if groups else match.span()
            if pattern is _LISTED:
                within = _INSTITUTE_OF.match(sentence.line, end, sentence.end)
                end = within.end() if within else end
            else:
                start = _behind_others(sentence.line, start, end)
                start = max([start, *(hit.end for hit in around(sentence.makers, start, end))])
            end = start + len(
                _TAIL.sub("", re.split("等(?:多|[一二三四五六七八九十几\\d])", sentence.line[start:end])[0])
            )
            name = sentence.line[start:end]
            if pattern is _LISTED and end - start == 2 and sentence.before(start, 1) in _SURNAMES:
                continue  # 张平安
            if pattern is _LISTED or _may_make(name, by_shape=pattern is _IN_BRACKET):
                is_sure = pattern is not _BEFORE or bool(_ENDS.search(name))
                yield Organisation(start, end, name, is_sure=is_sure, is_maker=pattern is _LISTED)


def _behind_others(line: str, start: int, end: int) -> int:
    """Where the name begins after people, adverbs and dates: 星河智能 in 王一鸣创办的星河智能."""
    cuts = [word.end() for word in _CUT.finditer(line, start, end) if end - word.end() >= 2]
    return max([start, *cuts])


def _may_make(name: str, *, by_shape: bool) -> bool:
    """Whether words can be an organisation's name, not a pronoun or common noun. `by_shape`: found in brackets."""
    if len(name) < 2 or _NONE.search(name) or name.isdigit() or is_foreign(name):
        return False
    if name.isascii() and by_shape and " " not in name:
        return False  # a second name of the model: 豆包(Doubao)
    if name.isascii():
        return fold(name) not in NOT_MODELS and name[0].isupper()
    bare = _ENDS.sub("", name)
    if bare != name:
        return len(bare) > 1 and not _COMMON.fullmatch(bare) and not _ADVERBS.match(name)
    if by_shape:
        return False
    return len(name) <= SHORT and not _COMMON.search(name) and not _ADVERBS.search(name)
