"""Finds the models that a passage names: entries of the registry, foreign models, and names that no entry has yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from models_catalog.intake.articles.lexicon import KnownDeveloper, KnownEntry, Lexicon
from models_catalog.intake.articles.new_names import new_names
from models_catalog.intake.articles.shapes import known_stem, version_behind
from models_catalog.intake.articles.words import BEFORE_NAME, FIELDS, MODEL_NOUN, MODIFIERS, OF_TRADE
from models_catalog.models.vocabulary import NameKind
from models_catalog.text.name_search import Hit, NameIndex
from models_catalog.text.names import fold, simplify
from models_catalog.text.quantities import Found, parse_quantity

PLAIN = 2
"""Names with at most this many characters may be everyday words: 商量, 问道."""


@dataclass(frozen=True)
class Mention:
    """A model named at `line[start:end]`.

    entries: those with this name, the likeliest first; () for a foreign model and for a new name.
    new: the name, if no entry has it. is_clear: the name is neither ambiguous nor an everyday word here.
    """

    start: int
    end: int
    entries: tuple[KnownEntry, ...] = ()
    new: str = ""
    is_clear: bool = True
    words: str = ""
    """The name as written."""
    is_called: bool = False
    """Whether only a size stands there: the 9B model."""

    @property
    def is_foreign(self) -> bool:
        return not self.entries and not self.new

    @cached_property
    def subject(self) -> str:
        """A key that is equal for mentions of the same entry or new name."""
        return f"entry-{self.entries[0].pk}" if self.entries else f"new-{fold(self.new)}"

    @property
    def label(self) -> str:
        return self.entries[0].label if self.entries else self.new


Makers = list[Hit[KnownDeveloper]]
Span = tuple[int, int]

REACH = 60
"""Distance in characters within which a maker's name decides between entries with the same name."""


def around(found: list[Any], start: int, end: int) -> list[Any]:
    """The items of `found`, sorted by `start`, that begin in [start, end)."""
    begin = attrgetter("start")
    return found[bisect_left(found, start, key=begin) : bisect_left(found, end, key=begin)]


def suggested(text: str, plain: str, lexicon: Lexicon, makers: Makers) -> list[str]:
    """The new names in a passage, as written; `plain` is its simplified text."""
    known = [(hit.start, hit.end) for hit in lexicon.models.find(plain) if hit.value]
    return [
        text[start:end] for start, end in new_names(plain, [(hit.start, hit.end) for hit in makers], known)
    ]


_OF_MAKER: Final = re.compile(
    "(?:科技|智能|数科|数智|智算|集团|公司|股份|网络|软件|大学|研究院|实验室)(?![\u4e00-\u9fff]?大?模型|体)"
)
"""Behind a new name: it is part of an organisation's name, as 汇澜 of 汇澜科技."""


_GROUP: Final = re.compile(r"\s*(?:课题组|研究组|组(?![合件])|实验室|团队|Lab(?![a-z]))")
"""Behind a foreign model's name: the words name a group of people, LAMDA 组."""


def mentions(plain: str, text: str, lexicon: Lexicon, told: NameIndex[str], makers: Makers) -> list[Mention]:
    """The models that a passage names, from left to right; `told` has the new names of the whole article."""
    hits = [hit for hit in lexicon.models.find(plain) if hit.value or not _GROUP.match(plain, hit.end)]
    known = [_known(plain, hit, makers) for hit in hits]
    new = [
        Mention(hit.start, hit.end, new=hit.value, is_clear=False)
        for hit in told.find(plain)
        if not _OF_MAKER.match(plain, hit.end)
    ]
    whole = [_with_version(text, plain, one) for one in [*known, *new]]
    whole += [Mention(*span) for span in known_stem(plain) if not _GROUP.match(plain, span[1])]
    found: list[Mention] = []
    for one in sorted(whole, key=lambda one: (one.start - one.end, one.start, not one.entries)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(replace(one, words=text[one.start : one.end]))
    return _joined(text, sorted(found, key=lambda one: one.start))


def _joined(text: str, found: list[Mention]) -> list[Mention]:
    """Joins a Latin name of an entry and a new name after a space into one new name: Tongyi Qianwen QwQ-32B."""
    joined: list[Mention] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            before
            and one.new
            and before.entries
            and text[before.end : one.start] == " "
            and before.words.isascii()
        ):
            words = text[before.start : one.end]
            joined[-1] = replace(one, start=before.start, new=words, words=words)
        else:
            joined.append(one)
    return joined


_QUOTED_REST: Final = re.compile(
    r"(?![^”\"」』]{0,6}(?:[Aa][Pp][Pp]|官网))(?:[·•\- ]?[\u4e00-\u9fff]{0,6}[-A-Za-z0-9.][-A-Za-z0-9. ]{0,16}|[·•][\u4e00-\u9fff]{1,8})(?=[”\"」』])"
)
_LATIN_REST: Final = re.compile(r"(?!-(?:based|like|style|powered|type))[A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*")


def _rest_behind(plain: str, one: Mention) -> int:
    """The end of a longer name that begins with this one: “天工SkyMusic”, Hunyuan3D-1.0; 0 if there is none."""
    rest = None
    if plain[one.start - 1 : one.start] in tuple('“"「『'):
        rest = _QUOTED_REST.match(plain, one.end)
    elif plain[one.end - 1].isascii() and one.entries:
        rest = _LATIN_REST.match(plain, one.end)
    return rest.end() if rest and rest.group() else 0


_TRADE: Final = re.compile(rf"(?:[·•]|-?(?={FIELDS}{OF_TRADE}[”\"」』》】]?大模型))(?P<trade>{FIELDS})")


def _trade_behind(plain: str, one: Mention) -> int:
    """The end of a longer name for a trade that is not the entry's own: 盘古气象大模型 is no 盘古; 0 if there is none."""
    found = _TRADE.match(plain, one.end) if one.entries else None
    is_own = found is not None and any(found["trade"] in entry.trades for entry in one.entries)
    return found.end() if found and not is_own and not plain[one.end - 1].isascii() else 0


def _with_version(text: str, plain: str, one: Mention) -> Mention:
    """Includes the version after a name: 混元T9 is a new name, even if 混元 is an entry."""
    rest = 0 if one.is_foreign else _rest_behind(plain, one) or _trade_behind(plain, one)
    end = max(version_behind(plain, one.start, one.end), rest)
    if one.is_foreign or not end:
        return Mention(one.start, end, is_clear=False) if end else one
    return Mention(one.start, end, new=re.sub('[“”"「」]', "", text[one.start : end]), is_clear=False)


def _known(text: str, hit: Hit[tuple[KnownEntry, ...]], makers: Makers) -> Mention:
    """A mention of known entries; of several with one name, the one whose maker is named nearest comes first."""
    near: dict[int, int] = {}
    for maker in around(makers, hit.start - REACH, hit.end + REACH):
        near[maker.value.pk] = min(abs(maker.start - hit.start), near.get(maker.value.pk, REACH))

    def distance(entry: KnownEntry) -> int:
        return min((near[pk] for pk in entry.makers if pk in near), default=10**6)

    entries = tuple(sorted(hit.value, key=distance))
    is_made_here = bool(entries) and (entries[0].is_certain or distance(entries[0]) <= REACH)
    alone = len(entries) == 1 or (is_made_here and distance(entries[1]) == 10**6)
    return Mention(
        hit.start, hit.end, entries, is_clear=alone and (is_made_here or not _is_plain_word(text, hit))
    )


_SECOND: Final = re.compile(
    rf"^[”\"」』》】]?\s*(?:{MODIFIERS}{{0,4}}(?:{MODEL_NOUN}|系列))?[”\"」』》】]?\s*[（(]\s*(?:简称|英文名|即)?\s*$"
)


def without_second_names(plain: str, found: list[Mention]) -> list[Mention]:
    """Drops a name in brackets after another one, unless it has a size: 子曰3(Confucius3) is one model."""
    kept: list[Mention] = []
    for one in found:
        is_second = kept and plain[one.end : one.end + 1] in ("）", ")")
        if (
            is_second
            and _SECOND.match(plain[kept[-1].end : one.start])
            and not _SIZE.search(plain, one.start, one.end)
        ):
            continue
        kept.append(one)
    return kept


_QUOTED_AFTER: Final = re.compile(r"\s*[”\"」』’》】']")
_QUOTED_BEFORE: Final = re.compile(r"[“\"「『‘《【']\s*$")
_MODEL_AFTER: Final = re.compile(rf"\s*(?:{MODIFIERS}{{0,6}}{MODEL_NOUN}|系列|AI|[A-Z])")
_MODEL_BEFORE: Final = re.compile(rf"{BEFORE_NAME}\s*$")


def _is_plain_word(text: str, hit: Hit[tuple[KnownEntry, ...]]) -> bool:
    """Whether a short name may be an everyday word here: neither quoted nor next to a word for models."""
    if len(fold(text[hit.start : hit.end])) > PLAIN:
        return False
    before, after = text[max(0, hit.start - 8) : hit.start], text[hit.end : hit.end + 12]
    quoted = _QUOTED_BEFORE.search(before) and _QUOTED_AFTER.match(after)
    return not (quoted or _MODEL_AFTER.match(after) or _MODEL_BEFORE.search(before))


def form_of(words: str, entry: KnownEntry) -> tuple[str, NameKind]:
    """The text and form of a claim on a name: the entry's name, or the article's words if only they are traditional."""
    if entry.form in (NameKind.CORRUPTED, NameKind.TRADITIONAL):
        return entry.name, entry.form
    if simplify(words) != words:
        return words, NameKind.TRADITIONAL
    return entry.name, entry.form


_BY_SIZE: Final = re.compile(
    r"(?:(?:^|[，,。；;：:]|其中|而)\s*(?P<zh>\d{1,4}(?:\.\d{1,2})?[BM])(?:参数)?的?版本?(?=[已均在支采上仅只暂不也则]|的上下文)"
    r"|(?<![A-Za-z])[Tt]he (?P<en>\d{1,4}(?:\.\d{1,2})?[BM]) (?:model|version|variant)(?![A-Za-z]))"
)


def by_size(plain: str, found: list[Mention], sized: dict[str, Mention | None]) -> list[Mention]:
    """`found`, with the models that the passage calls by their size: The 9B model, 其中9B版本已开源.

    `sized` has the only model whose name holds a size, as named so far; None for a size of several. It is added to.
    """
    called: list[Mention] = []
    waiting = list(reversed(found))
    for word in _BY_SIZE.finditer(plain):
        while waiting and waiting[-1].end <= word.start():
            _note_size(plain, waiting.pop(), sized)
        if meant := sized.get(word["zh"] or word["en"]):
            start = word.start(word.lastgroup or 0)
            called.append(replace(meant, start=start, end=word.end(), is_clear=False, is_called=True))
    for one in reversed(waiting):
        _note_size(plain, one, sized)
    return sorted([*found, *called], key=lambda one: one.start)


def _note_size(plain: str, one: Mention, sized: dict[str, Mention | None]) -> None:
    size = _SIZE.search(plain, one.start, one.end)
    if one.is_foreign or size is None:
        family = fold(plain[one.start : one.end])
        others = [key for key, of in sized.items() if of and not fold(of.words or of.new).startswith(family)]
        sized.update(dict.fromkeys(others))
    if size and one.is_foreign:
        sized[size.group()] = None
    elif size:
        other = sized.setdefault(size.group(), one)
        sized[size.group()] = one if other and other.subject == one.subject else None


_FIGURES: Final = re.compile("[0-9]|[BMT](?![a-z])")
_SIZE: Final = re.compile(r"(?<![A-Za-z0-9.])\d{1,4}(?:\.\d{1,3})?[BM](?![A-Za-z0-9])")


def without_figures(plain: str, models: list[Mention]) -> str:
    """The text with # for digits, B, M and T in model names, whose sizes are read separately (`size_in`)."""
    for one in models:
        plain = plain[: one.start] + _FIGURES.sub("#", plain[one.start : one.end]) + plain[one.end :]
    return plain


def size_in(plain: str, one: Mention) -> Found | None:
    """The size in a name, or None; of 30B-A3B the total."""
    found = _SIZE.search(plain, one.start, one.end)
    if found is None or (found.start() and plain[found.start() - 1 : found.start()] == "A"):
        return None
    try:
        return Found(*found.span(), found.group(), parse_quantity(found.group()))
    except ValueError:
        return None
