"""Finds names of models that are not in the registry: by their form, by the words around them, and in lists.

A candidate needs evidence: a word for models next to it, a release verb, a size in it, or a neighbour in a list that
has evidence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from models_catalog.intake.articles.evidence import LISTED, NO_HEAD, Candidate, has_evidence, is_other_kind
from models_catalog.intake.articles.owned import IS_SIZED, is_model, owned
from models_catalog.intake.articles.shapes import (
    LATIN,
    LISTED_MAKERS,
    NOT_MODELS,
    Span,
    cut,
    is_member,
    may_be_name,
    members,
    trimmed,
    versions,
)
from models_catalog.intake.articles.words import (
    MAKER_ENDS,
    MODEL_NOUN,
    MODIFIERS,
    RELEASE_VERBS,
)
from models_catalog.text.lists import reading
from models_catalog.text.names import fold

_QUOTE: Final = re.compile(
    r"(?:[“\"「『《【](?P<name>[^“”\"「」『』《》【】，,。；;：:！!？?、()（）\n]{2,40})(?:[（(][^（）()\n]{1,20}[）)])?[”\"」』》】]"
    r"|(?<![A-Za-z0-9])['‘](?P<other>[^'‘’，,。；;：:！!？?、()（）\n]{2,20})['’](?![A-Za-z]))"
)
_HAN_SIZED: Final = re.compile(
    r"[\u4e00-\u9fff·]{2,12}(?:\d{1,2}(?:\.\d)?)?(?:(?<!模型)-(?:[A-Z][A-Za-z]{2,}|\d+(?:\.\d+)?[BM]|[A-Z]\d)[A-Za-z0-9-]*|[- ]?(?:Pro|Max|Plus|Lite|Turbo|Ultra|Mini|Air|Flash|Chat|Base|Instruct))(?![A-Za-z0-9])"
)
_OWNED: Final = re.compile(
    r"(?<=的)[\u4e00-\u9fff·]{2,4}(?=[、和与及]|以及|[两三四五六七八九十几多]\s?[款个种家]|等)"
)


_OF_MAKER: Final = re.compile("公司|团队|集团|旗下|的|大学|实验室|研究院")
_JOINED: Final = re.compile(
    rf"^{LISTED}(?:系列)?\s*(?:[、,，/]|以及|和|与|及|、?还有)\s*(?:(?:[\u4e00-\u9fffA-Za-z]{{2,10}}的)|(?<=[、和与及])[\u4e00-\u9fff]{{2,8}})?\s*$"
)


def new_names(text: str, makers: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """Spans of new names of models, from left to right, without overlaps with each other, `makers` or `known`.

    A name of a known family may overlap a known name that is part of it: GLM-4.5.
    """
    makers = [span for span in makers if not is_model(text, *span, known)]
    found = list(_candidates(text))
    longer = [
        *members(text),
        *(
            (one.start, one.end)
            for one in found
            if is_member(text[one.start : one.end]) and not is_other_kind(text, one)
        ),
    ]
    known = [
        (start, end)
        for start, end in known
        if not any(first <= start and end < last for first, last in longer)
    ]
    listed = [maker.span() for maker in LISTED_MAKERS.finditer(text)]
    taken = {place for span in [*makers, *known] for place in range(*span)}
    found = [one for one in found if not set(range(one.start, one.end)) <= taken]
    for one in found:
        one.is_name = has_evidence(text, one) and _may_be(text, one)
    chain = sorted(
        [*found, *(Candidate(*span, _with_marks(text, *span), "known", is_name=True) for span in known)],
        key=lambda one: one.start,
    )
    _spread(text, chain)
    spans = [
        (one.start, one.end) for one in chain if one.is_name and one.kind != "known" and _may_be(text, one)
    ]
    spans += [*owned(text, makers), *longer, *versions(text)]
    spans += [span for span in _beside_noun(text, makers) if may_be_name(text[slice(*span)], quoted=False)]
    inside = {span for span in spans if any(start < span[0] and span[1] <= end for start, end in listed)}
    return _without_overlap([span for span in spans if span not in inside], taken)


def _with_marks(text: str, start: int, end: int) -> Span:
    """The span, with the quotation marks around it if there are any."""
    is_quoted = text[start - 1 : start] in tuple('“"「『《【') and text[end : end + 1] in tuple('”"」』》】')
    return (start - 1, end + 1) if is_quoted else (start, end)


def _without_overlap(spans: Sequence[Span], taken: set[int]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken |= set(range(start, end))
            kept.append((start, end))
    return sorted(kept)


def _candidates(text: str) -> Iterator[Candidate]:
    quoted: set[int] = set()
    for quote in _QUOTE.finditer(text):
        group = "name" if quote["name"] else "other"
        quoted.update(range(*quote.span()))
        yield Candidate(*trimmed(text, *quote.span(group)), quote.span(), "quote")
    for kind, pattern in (("latin", LATIN), ("sized", _HAN_SIZED), ("owned", _OWNED)):
        for word in pattern.finditer(text):
            start, end = cut(text, *word.span()) if kind == "sized" else word.span()
            if kind == "latin":
                end = _without_plain_tail(text, start, end)
            if end - start > 1 and start not in quoted:
                yield Candidate(start, end, (start, end), kind)


_VARIANTS: Final = ("Thinking", "Instruct", "Base", "Chat", "Preview", "Coder", "Vision", "Audio")


def _without_plain_tail(text: str, start: int, end: int) -> int:
    """The end of a Latin name, without trailing words that are not part of a name."""
    words = text[start:end].split(" ")
    while len(words) > 1 and fold(words[-1]) in NOT_MODELS:
        if words[-1] in _VARIANTS and re.search(r"[A-Za-z-]\d", words[-2]):
            break  # Skyroad R2 Thinking
        words.pop()
    return start + len(" ".join(words))


_SECOND: Final = re.compile(
    rf"^\s*(?:{MODIFIERS}{{0,4}}(?:{MODEL_NOUN}|系列))?[”\"」』》】]?\s*[（(]\s*(?:英文名|简称|即)?[：:]?\s*$"
)


def _is_longer(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether a name begins with another one: Nova-2-Lite, Nova-2."""
    return text[other.start : other.end].startswith(tuple(text[one.start : one.end] + mark for mark in "-. "))


_OTHER_KIND: Final = re.compile(r"(?:基准|数据集|语料库?|榜单|框架|工具|平台|技术报告|论文)\s*$")
"""Before a name in a list of models: it is of another thing, 大模型X及评测基准Y."""


def _spread(text: str, chain: list[Candidate]) -> None:
    """Mark neighbours of names in a list as names, and second names in brackets."""
    pairs = list(itertools.pairwise(chain))
    for left, right in [*pairs, *reversed(pairs)]:
        between = text[left.outer[1] : right.outer[0]]
        adjacent = not between and {left.kind, right.kind} == {"quote"}
        if left.is_name and _SECOND.match(between) and text[right.end : right.end + 1] in ("）", ")"):
            right.is_name = True
        if left.is_name and right.kind == "latin" and _is_longer(text, left, right):
            right.is_name = True
        if not right.is_name and _OTHER_KIND.search(between):
            continue
        if left.is_name == right.is_name or not (adjacent or (between.strip() and _JOINED.match(between))):
            continue
        if re.fullmatch(r"[,，]\s*", between) and "quote" not in (left.kind, right.kind):
            continue
        other = right if left.is_name else left
        if other.kind == "latin" and _OF_MAKER.match(text, other.end):
            continue
        if other.kind != "owned" or (left if left.is_name else right).kind == "owned":
            other.is_name = True


_NAMED_BEHIND: Final = re.compile(
    rf"(?:{RELEASE_VERBS}|名为|名称[：:])[^，,。；“”\"]{{0,14}}?(?<![大小]){MODEL_NOUN}(?:名称)?[：:]?(?P<name>[\u4e00-\u9fff·]{{2,4}})"
    r"(?=[，,。；;、（(]|$|[和与由已]|以及|采用|支持|面向)"
    rf"|(?:{RELEASE_VERBS}|旗下的?|名为)(?:首[个款]|最新|全新|新一代|[一这]款|的|新|[百千万]亿级?(?:参数)?|{MODIFIERS}){{0,5}}(?<![大小]){MODEL_NOUN}(?P<plain>(?!{'|'.join(reading('no-head'))})(?:(?!将)[\u4e00-\u9fff·]){{2,4}})(?=[于在将也]|迎来|完成|宣布|正式|今日|近日|日前|率先|全面|首次|升级|上线|通过)"
    r"|(?:推出|发布|上线|开源|做出?|研发)了(?P<did>(?!新)[\u4e00-\u9fff·]{2,4})(?=[，,](?:该模型|(?:其|该|它的)?(?:模型)?(?:总?参数(?:量|规模|总量|[是为达超约有]|\d|[百千万])|上下文)))|(?:大模型|模型)名称[：:](?P<told>[\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z0-9.-]*)"
)
_SINGLE_WORDS: Final = tuple("日月由有和与天季")
_SINGLE_START: Final = re.compile(r"(?:^|[\s，,。；;：:、！!？?（(—–])$")
_PREDICATE: Final = re.compile(
    rf"{MODIFIERS}{{0,6}}(?:大模型|大模子|系列)(?:[，,。、）)（(]|$|[Vv]?\d+\.\d|也|已|于|在|将|由|的?参数|通过|完成|获|开始|开启|进入|启动|接入|曾|还|不|则|被|能|会|拥有|具备|有|以|凭|今年|去年|目前|一次|正|更|最|提供|基于|仅|共|服务于|达|经过|：|开放|上线|发布|支持|采用|擅长|面向|针对|赋能|聚焦|专注|主打|入选|获评|荣获|是|可|开源|正式|从|均|先后|总|升级|推出|亮相|问世|颇|系列|和|与|的(?!人|公司|企业|厂|能力|技术|发展))"
)
_ORGANISATION: Final = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{MAKER_ENDS})$")
_VERB_END: Final = re.compile(rf"(?:{RELEASE_VERBS}|分享了|命名为|名为|叫做|展示了?|包括|旗下)$")


def _beside_noun(text: str, makers: Sequence[Span]) -> Iterator[Span]:
    """Names before a word for models (推出问川大模型; 4月,问川大模型通过备案) or after it (推出开源模型问川)."""
    for behind in _NAMED_BEHIND.finditer(text):
        yield behind.span(behind.lastgroup or 0)
    ends = {end for _start, end in makers} | {maker.end() for maker in LISTED_MAKERS.finditer(text)}
    for noun in re.finditer(rf"{MODIFIERS}{{0,6}}(?:大模型|大模子|模型|模子|系列|app|APP)", text):
        run = re.search(
            r"[\u4e00-\u9fff·]{2,16}(?:[-V]?\d{1,2}(?:\.\d+)*[BM]?)?$",
            text[max(0, noun.start() - 20) : noun.start()],
        )
        if run is None or NO_HEAD.match(text, noun.start()):
            continue
        start, end = noun.start() - len(run.group()), noun.start()
        first = max([cut(text, start, end)[0], *(place for place in ends if start < place <= end - 2)])
        first = first + 1 if text[first] == "的" else first
        if text[first : first + 2] in ("旗下", "科技", "集团", "公司"):
            first += 2
        before = text[max(0, first - 12) : first]
        is_led = (
            _VERB_END.search(before)
            or IS_SIZED.search(before)
            or first in ends
            or (text[first - 1 : first] == "的" and first - 1 in ends)
        )
        is_of_org = text[first - 1 : first] == "的" and _ORGANISATION.search(before[:-1])
        bare = _PREDICATE.match(text, noun.start()) and len(re.sub(r"[\d.VBM-]", "", text[first:end])) <= 4
        starts = _SINGLE_START.search(before) or text[first - 1 : first] in _SINGLE_WORDS
        if "系列" not in text[first:end] and (
            (is_led and end - first <= 8) or (bare and (starts or is_of_org))
        ):
            yield trimmed(text, first, end)


def _may_be(text: str, one: Candidate) -> bool:
    return may_be_name(text[one.start : one.end], quoted=one.kind in ("quote", "sized"))
