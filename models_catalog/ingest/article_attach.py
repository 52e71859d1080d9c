"""Which model a statement speaks of: the nearest that the same sentence names, with what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models_catalog.ingest.article_lexicon import KnownDeveloper
from models_catalog.ingest.article_names import Mention, around
from models_catalog.ingest.article_sentences import Said, Sentence
from models_catalog.ingest.article_words import BEFORE_NAME, COMPARED, MODIFIERS, PLURAL, RELEASE_VERBS
from models_catalog.models.vocabulary import Field
from models_catalog.text.name_search import Hit

FAR = 60
"""Characters beyond which a statement is hardly about the name."""

HORIZON = 200
"""Characters beyond which names are not looked at, however long the sentence."""

_BREAK_COSTS = 8
_BACKWARD_EVENT_COSTS = 10
_COMPARISON_COSTS = 50
_BREAKS: Final = re.compile(r"[，,：:]")
_POINTS_BACK: Final = re.compile(
    r"^\s*[“\"]?(?:它|其|该|此|这款|这一|据介绍|根据)|该(?:大?模型|系统|产品)|其参数"
)
_OTHER_NAME: Final = re.compile(r"[“\"「][^“”\"「」]+[”\"」].*[，,]")
_UNNAMED: Final = re.compile("[一多数][个款种项]|各种")
_PLURAL: Final = re.compile(PLURAL)
Attached = list[tuple[Mention | None, str]]


def attach(sentence: Sentence, one: Said, here: list[Mention], earlier: Mention | None) -> Attached:
    """The model of `one`, with the name of a doubt or ""; several where the sentence says so, none if it is foreign.

    Without a model in the sentence: the one before, if the words point back to it; sizes then stay unattached.
    """
    near = around(here, one.near[0] - HORIZON, one.near[1] + HORIZON)
    ranked = sorted((_cost(sentence, one, mention), mention.start, mention) for mention in near)
    if not ranked:
        if earlier and _POINTS_BACK.search(sentence.line[sentence.start : sentence.end]):
            return [(earlier, "earlier")]
        return [(None, "unattached")] if one.field == Field.PARAMETERS else []
    cost, _start, best = ranked[0]
    if best.is_foreign or (cost > FAR and one.field != Field.EVENT):
        return []
    if listed := _listed(sentence, one, near):
        return [(mention, "" if one.field == Field.OPENNESS else "several") for mention in listed]
    rival = next((other for other in ranked[1:] if other[2].subject != best.subject), None)
    if rival is not None and rival[0] - cost < 3:
        return [(best, "several")]
    return [(best, "indirect" if _speaks_of_another(sentence, one, best) else "")]


def _speaks_of_another(sentence: Sentence, one: Said, mention: Mention) -> bool:
    """Whether something else stands nearer: another quoted name, or an unnamed model (一个千亿参数大模型)."""
    start, end = min(one.near[0], mention.end), max(one.near[1], mention.start)
    between = sentence.line[one.near[1] : mention.start] if mention.start >= one.near[1] else ""
    if one.field == Field.EVENT:
        return _OTHER_NAME.search(between) is not None
    return (
        mention.end <= one.start
        and _UNNAMED.search(sentence.line, max(start, one.start - 14), end) is not None
    )


def _cost(sentence: Sentence, one: Said, mention: Mention) -> int:
    """How far the name is from the statement: characters, and more for what stands between them."""
    start, end = one.near
    ahead = mention.start >= end
    between = sentence.line[end : mention.start] if ahead else sentence.line[mention.end : start]
    cost = len(between) + _BREAK_COSTS * len(_BREAKS.findall(between))
    if one.field == Field.EVENT and not ahead and len(between) > 4:
        cost += _BACKWARD_EVENT_COSTS
    if re.search(COMPARED, sentence.before(mention.start, 5)):
        cost += _COMPARISON_COSTS
    return cost


def _listed(sentence: Sentence, one: Said, here: list[Mention]) -> list[Mention]:
    """攜程的問道,閱文的妙筆,這些…做閉源大模型: all names of the list that the words sum up."""
    if one.field not in (Field.OPENNESS, Field.SECTOR):
        return []
    before = [mention for mention in here if mention.end <= one.start and not mention.is_foreign]
    if len(before) < 2 or not _PLURAL.search(sentence.line, before[-1].end, one.start):
        return []
    return before


_RELEASES: Final = re.compile(f"{RELEASE_VERBS}|宣布")
_OWNS: Final = re.compile(
    rf"^(?:集团|公司|科技|团队|版)?(?:旗下)?的?(?:首个|首款|自研|最新|新一代)?(?:{MODIFIERS}|{BEFORE_NAME}){{0,6}}[\s“\"「]*$"
)
_IS_OF: Final = re.compile(r"^[”\"」』]?(?:大?模型)?[，,]?(?:是|由|出自|来自)(?:由|于)?$")
_JOINS: Final = re.compile(r"^(?:[、,，和与及跟]|以及|(?:宣布)?联合|协同|携手)$")
MAKER_REACH = 45
"""Characters between an organisation and the model that it is said to have released."""


def maker_of(
    sentence: Sentence, mention: Mention, here: list[Mention]
) -> Iterator[tuple[Hit[KnownDeveloper], bool]]:
    """Who makes the model: the organisation that owns or released it, with those beside it; and whether that is clear."""
    after = next(iter(around(sentence.makers, mention.end, mention.end + MAKER_REACH)), None)
    if after and _IS_OF.match(sentence.line[mention.end : after.start]):
        yield after, True
        return
    before = around(sentence.makers, mention.start - 4 * MAKER_REACH, mention.start)
    if not before or not _made(sentence, before[-1], mention, here):
        return
    yield before[-1], mention.start - before[-1].end < MAKER_REACH // 2
    for left, right in zip(reversed(before[:-1]), reversed(before), strict=False):
        if not _JOINS.match(sentence.line[left.end : right.start].strip()):
            break
        yield left, False


def _made(sentence: Sentence, maker: Hit[KnownDeveloper], mention: Mention, here: list[Mention]) -> bool:
    """Whether the words between say that the maker owns or released it, and no other model comes first."""
    between = sentence.line[maker.end : mention.start]
    if len(between) > MAKER_REACH:
        return False
    if _OWNS.match(between):
        return True
    others = [other.end for other in around(here, maker.end, mention.start)]
    released = list(_RELEASES.finditer(sentence.line, maker.end, mention.start))
    return bool(released) and released[-1].start() >= max(others, default=0)
