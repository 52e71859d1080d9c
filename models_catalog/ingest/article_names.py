"""Which models a sentence names: entries of the registry, foreign models, and names that no entry has yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from models_catalog.ingest.article_lexicon import KnownDeveloper, KnownEntry, Lexicon
from models_catalog.ingest.article_words import (
    AFTER_NAME,
    BEFORE_NAME,
    FOREIGN,
    GENERIC,
    MODEL_NOUN,
    MODIFIERS,
    NO_MODEL_BEFORE,
    NO_MODELS,
    RELEASE_VERBS,
)
from models_catalog.models.vocabulary import NameKind
from models_catalog.text.name_search import Hit, simplified
from models_catalog.text.names import fold, simplify

LONGEST_NEW = 16
PLAIN = 2
"""A Chinese name of so few characters may be an everyday word: 商量, 问道."""


@dataclass(frozen=True)
class Mention:
    """`line[start:end]` names a model.

    entries: those of that name, the likeliest first; none of a foreign model and of a new name.
    new: the name, if no entry has it. is_clear: nothing but a model can be meant.
    """

    start: int
    end: int
    entries: tuple[KnownEntry, ...] = ()
    new: str = ""
    is_clear: bool = True

    @property
    def is_foreign(self) -> bool:
        return not self.entries and not self.new

    @property
    def subject(self) -> str:
        """What tells one subject of claims from another."""
        return f"entry-{self.entries[0].pk}" if self.entries else f"new-{fold(self.new)}"

    @property
    def label(self) -> str:
        return self.entries[0].label if self.entries else self.new


Makers = list[Hit[KnownDeveloper]]

REACH = 60
"""Characters within which a maker's name says whose model it is."""


def around(found: list[Any], start: int, end: int) -> list[Any]:
    """Those of `found`, which stand in order, that begin from `start` to before `end`."""
    begin = attrgetter("start")
    return found[bisect_left(found, start, key=begin) : bisect_left(found, end, key=begin)]


def mentions(text: str, lexicon: Lexicon, makers: Makers) -> list[Mention]:
    """The models that a repaired line names, from left to right; `makers` are the developers in it."""
    plain = simplified(text)
    new = list(_new_names(plain, makers))
    inside = {place for start, end in new for place in range(start, end)}
    found = [
        _known(plain, hit, makers)
        for hit in lexicon.models.find(text)
        if hit.value or not inside.issuperset(range(hit.start, hit.end))
    ]
    taken = {place for one in found for place in range(one.start, one.end)}
    found += [
        Mention(start, end, new=text[start:end], is_clear=False)
        for start, end in new
        if taken.isdisjoint(range(start, end))
    ]
    return sorted(found, key=lambda one: one.start)


def _new_names(text: str, makers: Makers) -> Iterator[tuple[int, int]]:
    """Stretches that could be names of models, the longer before the shorter; none overlaps another or a maker."""
    taken = {place for maker in makers for place in range(maker.start, maker.end)}
    for start, end in sorted(set(_suggested(text, makers)), key=lambda span: span[0] - span[1]):
        start, end = _trimmed(text, start, end)
        quoted = _QUOTED_BEFORE.search(text[max(0, start - 4) : start]) is not None
        if taken.isdisjoint(range(start, end)) and _may_be_name(text[start:end], quoted=quoted):
            taken.update(range(start, end))
            yield start, end


def _known(text: str, hit: Hit[tuple[KnownEntry, ...]], makers: Makers) -> Mention:
    """Of several entries of one name, first the one whose maker stands nearest in the line."""
    near: dict[int, int] = {}
    for maker in around(makers, hit.start - REACH, hit.end + REACH):
        near[maker.value.pk] = min(abs(maker.start - hit.start), near.get(maker.value.pk, REACH))

    def distance(entry: KnownEntry) -> int:
        return min((near[pk] for pk in entry.makers if pk in near), default=10**6)

    entries = tuple(sorted(hit.value, key=distance))
    is_made_here = bool(entries) and distance(entries[0]) <= REACH
    alone = len(entries) == 1 or (is_made_here and distance(entries[1]) == 10**6)
    return Mention(
        hit.start, hit.end, entries, is_clear=alone and (is_made_here or not _is_plain_word(text, hit))
    )


_QUOTED_AFTER: Final = re.compile(r"\s*[”\"」』’]")
_QUOTED_BEFORE: Final = re.compile(r"[“\"「『‘]\s*$")
_MODEL_AFTER: Final = re.compile(rf"\s*(?:{MODIFIERS}{{0,6}}{MODEL_NOUN}|系列|AI|[A-Z])")
_MODEL_BEFORE: Final = re.compile(rf"{BEFORE_NAME}\s*$")


def _is_plain_word(text: str, hit: Hit[tuple[KnownEntry, ...]]) -> bool:
    """Whether a short name stands there as any word could: neither quoted nor beside the word model."""
    if len(fold(text[hit.start : hit.end])) > PLAIN:
        return False
    before, after = text[max(0, hit.start - 8) : hit.start], text[hit.end : hit.end + 12]
    quoted = _QUOTED_BEFORE.search(before) and _QUOTED_AFTER.match(after)
    return not (quoted or _MODEL_AFTER.match(after) or _MODEL_BEFORE.search(before))


_QUOTE: Final = re.compile(r"[“\"「『](?P<name>[^“”\"「」『』，,。；;：:！!？?、()（）\n]{2,20})[”\"」』]")
_AFTER: Final = re.compile(AFTER_NAME)
_RELEASED_BEFORE: Final = re.compile(rf"{RELEASE_VERBS}[^，,。；;“”\"]{{0,12}}$")
_NO_MODEL_BEFORE: Final = re.compile(rf"(?:{NO_MODEL_BEFORE})\s*$")
_PART_OF_MAKER: Final = re.compile("云|科技|集团|公司|旗下")
_OF_MAKER: Final = re.compile(rf"(?:{_PART_OF_MAKER.pattern})?的?")
_JOINED: Final = re.compile(r"^\s*[、和与及以,，]{1,2}\s*$")
_LATIN: Final = re.compile(
    r"(?<![A-Za-z0-9.@/])(?:[A-Z][a-z]+ (?=GPT|LM|Chat))?[A-Z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*(?![A-Za-z0-9@])"
)
_MODEL_LIKE: Final = re.compile(
    r"(?<=[A-Za-z])(?:GPT|GLM|LM|LLM)(?:[-.\d][A-Za-z0-9.-]*)?$|-\d+(?:\.\d+)?[BM]$"
)
_OCCURS: Final = re.compile(rf"{MODIFIERS}{{0,6}}(?:{MODEL_NOUN}|系列|app|APP)")
_OWNED: Final = re.compile(
    r"(?:旗下|版)?的\s*[“\"]?(?P<name>[\u4e00-\u9fff·]{2,5}|[A-Z][A-Za-z0-9.-]{1,19})[”\"]?(?=\s*(?:[，,、。；;)）(（]|等|系列|…|$))"
)


def _suggested(text: str, makers: Makers) -> Iterator[tuple[int, int]]:
    yield from _quoted(text)
    yield from _latin(text)
    yield from _before_model(text, makers)
    yield from _owned(text, makers)


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """“X”大模型, 大模型“X”, 发布…“X”, and what is joined to such a name: “X”和“Y”."""
    last = -1
    for quote in _QUOTE.finditer(text):
        before = text[max(0, quote.start() - 24) : quote.start()].rstrip()
        joined = last >= 0 and _JOINED.match(text[last : quote.start()])
        if _NO_MODEL_BEFORE.search(before):
            continue
        speaks_of_models = "模" in text and _RELEASED_BEFORE.search(before)
        if joined or _MODEL_BEFORE.search(before) or _AFTER.match(text, quote.end()) or speaks_of_models:
            last = quote.end()
            yield quote.span("name")


def _latin(text: str) -> Iterator[tuple[int, int]]:
    """大模型M6, LightGPT, MiLM-6B, Ziya大模型."""
    for word in _LATIN.finditer(text):
        before = text[max(0, word.start() - 24) : word.start()].rstrip()
        beside = re.search(rf"{MODEL_NOUN}$", before) or _AFTER.match(text, word.end())
        if _MODEL_LIKE.search(word.group()) or beside:
            yield word.span()


def _before_model(text: str, makers: Makers) -> Iterator[tuple[int, int]]:
    """推出孟子对话大模型, 华为云盘古大模型: what stands between a maker or a verb and the word model."""
    for noun in _OCCURS.finditer(text):
        run = re.search(
            r"[\u4e00-\u9fff·]{2,14}(?:\d+(?:\.\d+)?)?$", text[max(0, noun.start() - 16) : noun.start()]
        )
        if run is None:
            continue
        first = noun.start() - len(run.group())
        near = around(makers, first - REACH, noun.start())
        for start in range(max(first, noun.start() - 8), noun.start() - 1):
            made = any(_OF_MAKER.fullmatch(text, maker.end, start) for maker in near if maker.end <= start)
            if (made and not _PART_OF_MAKER.match(text, start)) or _verb_ends(text, start):
                yield start, noun.start()


def _verb_ends(text: str, start: int) -> bool:
    return (
        re.search(rf"(?:{RELEASE_VERBS}|分享了|命名为|名为|叫做)$", text[max(0, start - 8) : start])
        is not None
    )


def _owned(text: str, makers: Makers) -> Iterator[tuple[int, int]]:
    """百度的文心一言,阿里的通义千问: owners and what is theirs, in a list of three, or of two in quotation marks."""
    owned = [match for hit in makers if (match := _OWNED.match(text, hit.end))]
    quoted = [
        match
        for match in owned
        if _QUOTED_BEFORE.search(text[max(0, match.start("name") - 4) : match.start("name")])
    ]
    for match in owned if len(owned) > 2 else quoted if len(quoted) > 1 else []:
        yield match.span("name")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks and dots at the edges."""
    word = text[start:end]
    return start + len(word) - len(word.lstrip(" ·.-\t")), end - len(word) + len(word.rstrip(" ·.-\t"))


_FOREIGN: Final = frozenset(map(fold, FOREIGN))
_GENERIC: Final = re.compile("|".join(map(re.escape, sorted(GENERIC, key=len, reverse=True))))
_FUNCTION: Final = re.compile(f"{MODEL_NOUN}|[的了着是在把被]")


def _may_be_name(name: str, *, quoted: bool) -> bool:
    """Whether the words could be a model's name, and are no common noun, organisation or foreign product.

    Within quotation marks a common noun may be a part of the name, as 行业 is of 行业精灵.
    """
    folded = fold(name)
    if len(folded) < 2 or len(name) > LONGEST_NEW or folded.isdigit():
        return False
    if folded in NO_MODELS or folded in _FOREIGN or all(fold(word) in NO_MODELS for word in name.split()):
        return False
    if not quoted:
        return _GENERIC.search(name) is None
    return len(fold(_GENERIC.sub("", name))) > 1 and _FUNCTION.search(name) is None


def form_of(words: str, entry: KnownEntry) -> tuple[str, NameKind]:
    """The name as an article has it, and which form of the entry's name that is."""
    if entry.form in (NameKind.CORRUPTED, NameKind.TRADITIONAL):
        return entry.name, entry.form
    if simplify(words) != words:
        return words, NameKind.TRADITIONAL
    return entry.name, entry.form
