"""Finds the makers of models in a sentence: known developers and organisations that are not in the registry.

In order of precedence: the organisation in brackets after the name, the one that is said to have made the model
(由X研发), the one that owns or released it. Using a model (接入, 基于) does not make an organisation its maker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from models_catalog.intake.articles.finding import Doubt
from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.objects import ARCHITECTURE, BEHIND_OBJECT, is_joint
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.sentences import Sentence
from models_catalog.intake.articles.words import (
    ADOPTING,
    BEFORE_NAME,
    COMPARING_NAMES,
    MODEL_NOUN,
    MODIFIERS,
    RELEASE_VERBS,
)

MAKER_REACH = 45
"""Maximum number of characters between a model and the organisation that made or released it."""


@dataclass(frozen=True)
class Maker:
    """The maker named at `line[start:end]`. `value` has `developer` (pk) or `new_developer` (name), and a `label`."""

    start: int
    end: int
    value: dict[str, Any]
    doubt: Doubt | None

    @property
    def is_new(self) -> bool:
        """Whether the developer is not in the registry."""
        return "new_developer" in self.value


def makers_of(
    sentence: Sentence, here: list[Mention], found: list[Organisation]
) -> Iterator[tuple[Mention, Maker]]:
    """The makers of each model in a sentence.

    Without a stated maker, the developer whose name begins the model's; for a new name also the developer quoted about
    it, or the only maker of models named before it. These have a doubt.
    """
    paired = _in_order(sentence, here, found)
    for one in (one for one in here if not one.is_foreign):
        makers = paired.get(one.start) or _of(sentence, one, here, found)
        if sentence.is_rumour:
            makers = [(maker, False) for maker, _is_clear in makers]
        yield from ((one, as_maker(maker, one, is_clear=is_clear)) for maker, is_clear in makers)
        if not makers and (inside := _in_name(sentence, one)):
            yield one, inside
        elif not makers and one.new and (near := _told_by(sentence, one) or _only_one(sentence, one, found)):
            yield one, near


def is_other(one: Organisation, mention: Mention) -> bool:
    """Whether the registry has makers of the model, but not this one, which may only offer it."""
    makers = {pk for entry in mention.entries for pk in entry.makers}
    return bool(makers) and (one.known is None or one.known.pk not in makers)


def as_maker(one: Organisation, mention: Mention, *, is_clear: bool) -> Maker:
    if one.known is None:
        return Maker(one.start, one.end, {"new_developer": one.name, "label": one.name}, Doubt.MAKER)
    value = {"developer": one.known.pk, "label": one.known.label}
    return Maker(
        one.start, one.end, value, None if is_clear and not is_other(one, mention) else Doubt.INDIRECT
    )


_ADOPTING: Final = re.compile(ADOPTING)
_RELEASES: Final = re.compile(
    rf"{RELEASE_VERBS}|发(?=第[一二三四五六七八九十\d]+代)|(?:to|would|will) (?:open-source|release|launch|unveil) |宣布|官宣|展示|告诉|训练|研制|预告|旗下|自主|released|launched|unveiled|introduced|open-sourced|release of"
)
_OWNS: Final = re.compile(
    rf"^(?:集团|公司|科技|团队|版|研究院)?(?:旗下|研发|训练|开发|自研|发布|推出|打造|开源)?(?:的|了)?(?:首个|首款|自研|最新|新一代|开源|一款)?(?:{MODIFIERS}|{BEFORE_NAME}){{0,6}}[\s“\"「《【'‘]*$"
    r"|^(?: [A-Z][a-z]+){0,2}['’]s? (?:[a-z0-9,-]+ ){0,5}$"
)
_IS_OF: Final = re.compile(
    r"^[”\"」』》】'’]?\s*(?:[（(][^（）()]{1,30}[）)])?\s*(?:系列)?(?:大?模型)?(?:[：:]|(?:分别)?(?:[，,]\s*)?(?:同样)?(?:(?:是|由|出自|来自|系|为)(?:由|于)?|(?:已可下载)?[^，,。]{0,6}[，,]?\s*(?:开发方|研发方|开发商|研发单位|出品方|研发机构|作者)(?:是|为|：|:)|(?:背后)?的?(?:开发者|开发方|研发方|出品方|研发团队)(?:是|为)?|背后的?(?:公司|团队|企业|机构)(?:是|为)|[^。；]{0,40}[，,](?:并)?由))$|^ (?:is|was|comes from|hails from) $|^[^.;]{0,100} (?:developed|released|built|created|made|trained|unveiled|launched|introduced|open-sourced)(?: (?:in|on) [A-Z][a-z]+(?: \d{1,2},?)?(?: \d{4})?)? by (?:the )?$"
)
_MADE: Final = re.compile(
    r"^(?:'s |\.|,| \(| (?:and|on|in|at) )|^[^，,。]{0,24}?(?:研发|开发|打造|推出|发布|自研|训练|出品|研制|的|孵化|联合|共同|开源)|^\s*(?:[，,。；]|$)|^[、和与]"
    rf"|^(?:的|中文|{MODIFIERS}){{0,6}}{MODEL_NOUN}"
)
_OF_ANOTHER: Final = re.compile(
    r"的?[^，,。；]{0,4}(?:前(?:员工|高管|同事)|投资|入股|参股|控股|孵化的|(?:竞争)?对手|合作(?:伙伴|方|企业|公司|商)|离职|校友)"
)
"""Behind an organisation: another one is spoken of, 腾讯投资的光年科技."""
_JOINS: Final = re.compile(r"^(?:[、,，和与及跟]|以及|(?:宣布)?联合|协同|携手)$")
_BRACKET: Final = re.compile(
    r"^[”\"」』》】'’]?\s*(?:大?模型|系列|[Ff]amily|[Ss]eries)?\s*[（(]\s*(?:由|来自|by )?$"
)


def _of(
    sentence: Sentence, one: Mention, here: list[Mention], found: list[Organisation]
) -> list[tuple[Organisation, bool]]:
    if one.entries:
        found = [maker for maker in found if maker.is_sure]
    after = next(
        iter(
            around(
                found,
                one.end,
                one.end + MAKER_REACH * (3 if sentence.line[one.end : one.end + 9].isascii() else 1),
            )
        ),
        None,
    )
    if (
        after
        and _BRACKET.match(sentence.line[one.end : after.start])
        and re.match("[）)，,、研开]", sentence.after(after.end, 1))
    ):
        return [(after, True)]
    other = around(here, one.end, after.start) if after else []
    if (
        after
        and all(is_joint(sentence.line[left.end : right.start]) for left, right in pairwise([one, *other]))
        and _IS_OF.match(sentence.line[one.end : after.start])
        and _MADE.match(sentence.after(after.end, 30))
        and not _OF_ANOTHER.match(sentence.line, after.end, sentence.end)
    ):
        return [(after, True), *_joined_behind(sentence, after, found)]
    return _released_by(sentence, one, here, found)


def _released_by(
    sentence: Sentence, one: Mention, here: list[Mention], found: list[Organisation]
) -> list[tuple[Organisation, bool]]:
    """The nearest organisation before the name, if it owns or released the model, with those joined to it (甲和乙)."""
    reach = around(found, one.start - 4 * MAKER_REACH, one.start)
    if reach and one.start < reach[-1].end:
        return [(reach[-1], True)]  # overlaps: 科大讯飞星火 contains the name 讯飞星火
    before = [maker for maker in reach if not maker.in_bracket]
    if not before or not _made(sentence, before[-1], one, here):
        return []
    made = [(before[-1], one.start - before[-1].end < MAKER_REACH // 2)]
    for left, right in zip(reversed(before[:-1]), reversed(before), strict=False):
        if not _JOINS.match(sentence.line[left.end : right.start].strip()):
            break
        made.append((left, False))
    return made


def _joined_behind(
    sentence: Sentence, first: Organisation, found: list[Organisation]
) -> Iterator[tuple[Organisation, bool]]:
    """The organisations joined after the first: 由甲和乙共同研发."""
    for right in around(found, first.end, first.end + MAKER_REACH):
        if not _JOINS.match(sentence.line[first.end : right.start].strip()):
            return
        yield right, False
        first = right


def _made(sentence: Sentence, maker: Organisation, one: Mention, here: list[Mention]) -> bool:
    """Whether the words between say that the maker owns or released this model, and not another one before it."""
    between = sentence.line[maker.end : one.start]
    if _FOUNDER.match(between):
        return False
    if len(between) > MAKER_REACH * (3 if between.isascii() else 1) or only_uses(
        between, sentence.after(one.end, 40)
    ):
        return False
    if _OWNS.match(between):
        return True
    others = list(around(here, maker.end, one.start))
    released = list(_RELEASES.finditer(sentence.line, maker.end, one.start))
    if not released:
        return False
    last = released[-1].start()
    return last >= max((other.end for other in others), default=0) or all(
        re.match(
            r"^[”\"」』》】'’]?(?:大?模型)?\s*(?:[、和与及]|以及)?\s*[“\"「『《【'‘]?$",
            sentence.line[left.end : right.start],
        )
        for left, right in zip(others, [*others[1:], one], strict=True)
    )


_ON_ITS_OWN: Final = re.compile(
    "(?:based on|built on|powered by) (?:its|their)|(?:基于|依托|采用)(?:其|自研|自家|自身|旗下|自主研发)的?"
)
"""Words by which what it uses is its own: 基于自研的X."""


_NEWS_OF_IT: Final = re.compile(
    rf"[”\"」]?(?:{MODEL_NOUN})?的(?:最新)?(?:研发|技术|阶段性)?(?:进展|成果|动态)"
)
"""Behind a name: who tells it has made the model, 公布X的最新进展."""


def only_uses(between: str, behind: str) -> bool:
    """Whether an organisation only uses, offers or evaluates the model (用X微调, 上线X服务), or is not spoken of (而是X)."""
    between = _ON_ITS_OWN.sub("", ARCHITECTURE.sub("", between))
    if _ADOPTING.search(between) or re.search(
        r"(?:而|却|反倒)是|(?<!应)[用靠拿][“\"「]?$|^发布[^，]{2,12}[，,]其中提到", between
    ):
        return True
    if re.match(r"[”\"」]?(?:API|云|推理|接口)?服务", behind):
        return True
    is_object = "旗下" not in between and _RELEASES.search(between) is not None
    return is_object and BEHIND_OBJECT.match(behind) is not None and not _NEWS_OF_IT.match(behind)


def _told_by(sentence: Sentence, one: Mention) -> Maker | None:
    """The known developer that is quoted about a new name: 据华为介绍."""
    for hit in sentence.makers:
        if re.search(r"据\s*$", sentence.before(hit.start, 3)) and hit.end <= one.start:
            return Maker(
                hit.start, hit.end, {"developer": hit.value.pk, "label": hit.value.label}, Doubt.INDIRECT
            )
    return None


def _in_name(sentence: Sentence, one: Mention) -> Maker | None:
    """The known developer whose name begins the model's name: 讯飞星火X1."""
    for hit in around(sentence.makers, one.start, one.start + 1):
        if hit.end < one.end:
            value = {"developer": hit.value.pk, "label": hit.value.label}
            return Maker(hit.start, hit.end, value, Doubt.INDIRECT)
    return None


COMPARED: Final = re.compile(f"{COMPARING_NAMES}|榜单|排名|排第|排行|名单|评测")


def _only_one(sentence: Sentence, one: Mention, found: list[Organisation]) -> Maker | None:
    """The maker before a new name, if the sentence names only one maker of models."""
    names = {maker.known.pk if maker.known else maker.name for maker in found if maker.is_maker}
    before = [maker for maker in found if maker.is_maker and maker.end <= one.start]
    if len(names) != 1 or not before or COMPARED.search(sentence.line, before[-1].end, one.start):
        return None
    if only_uses(sentence.line[before[-1].end : one.start], sentence.after(one.end, 40)):
        return None
    return as_maker(before[-1], one, is_clear=False)


_FOUNDER: Final = re.compile("(?:联合)?创始人[^，,]{0,8}创[办立]")
_RESPECTIVELY: Final = re.compile(r"分别(?:出自|来自|由|是|为)")


def _in_order(
    sentence: Sentence, here: list[Mention], found: list[Organisation]
) -> dict[int, list[tuple[Organisation, bool]]]:
    """Models and makers paired in order: 问川和听澜分别出自甲和乙. By start of the model."""
    words = _RESPECTIVELY.search(sentence.line, sentence.start, sentence.end)
    if words is None:
        return {}
    models, makers = around(here, sentence.start, words.start()), around(found, words.end(), sentence.end)
    if len(models) != len(makers):
        return {}
    return {one.start: [(maker, False)] for one, maker in zip(models, makers, strict=True)}
