"""Who makes a model, as far as its sentence tells: known developers, else organisations that nobody knows yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from models_catalog.ingest.article_attach import MAKER_REACH, maker_of
from models_catalog.ingest.article_finding import Doubt
from models_catalog.ingest.article_lexicon import KnownDeveloper
from models_catalog.ingest.article_names import Mention
from models_catalog.ingest.article_sentences import Sentence
from models_catalog.ingest.article_words import GENERIC, MAKER_ENDS, MAKER_VERBS, NO_MAKERS
from models_catalog.text.name_search import Hit


@dataclass(frozen=True)
class Maker:
    """`line[start:end]` names who makes the model: `value` has the columns of the claim, or the name of a new developer."""

    start: int
    end: int
    value: dict[str, Any]
    doubt: Doubt | None

    @property
    def is_new(self) -> bool:
        """Whether nobody knows such a developer yet."""
        return "new_developer" in self.value


def suggested_makers(sentence: Sentence, mention: Mention, here: list[Mention]) -> Iterator[Maker]:
    """Those who own or released the model; of a name that no entry has also whoever the sentence names nearest to it."""
    clear = [
        _known(hit, None if is_clear else Doubt.INDIRECT)
        for hit, is_clear in maker_of(sentence, mention, here)
    ]
    yield from clear
    if clear or not mention.new:
        return
    if made := _unknown(sentence, mention):
        yield made
    elif near := _nearest(sentence, mention):
        yield _known(near, Doubt.INDIRECT)


def _known(hit: Hit[KnownDeveloper], doubt: Doubt | None) -> Maker:
    return Maker(hit.start, hit.end, {"developer": hit.value.pk, "label": hit.value.label}, doubt)


def _nearest(sentence: Sentence, mention: Mention) -> Hit[KnownDeveloper] | None:
    """The developer that stands nearest to the name in its sentence."""

    def distance(hit: Hit[KnownDeveloper]) -> int:
        return max(hit.start - mention.end, mention.start - hit.end)

    return min(sentence.makers, key=distance, default=None)


_NAME: Final = r"(?!来自|[由据和与及])(?:[\u4e00-\u9fffA-Za-z0-9·]|(?<=[A-Za-z]) (?=[A-Za-z])){2,20}?"
_BY: Final = re.compile(rf"由(?P<maker>{_NAME})(?:团队)?(?:{MAKER_VERBS})")
_BEFORE: Final = re.compile(
    r"(?:^|[\s，,、：:；;。“”\"（()）]|[日月年](?!之)|近日|日前|此前|随后|今天|由|来自|以及|[和与])"
    rf"(?P<maker>{_NAME})(?=(?:旗下|团队)?(?:的|也?(?:{MAKER_VERBS})))"
)
_ENDS: Final = re.compile(rf"(?:{MAKER_ENDS})$")
_NONE: Final = re.compile("|".join(NO_MAKERS))
_COMMON: Final = re.compile("|".join(map(re.escape, GENERIC)))
SHORT = 6
"""A name of so few characters may be one without saying that it is an organisation's."""


def _unknown(sentence: Sentence, mention: Mention) -> Maker | None:
    """The organisation that nobody knows yet and that released or owns the model, nearest to its name."""
    reach = max(sentence.start, mention.start - MAKER_REACH)
    found = [*_BEFORE.finditer(sentence.line, max(0, reach - 1), mention.start)][::-1]
    found += [*_BY.finditer(sentence.line, mention.end, min(sentence.end, mention.end + MAKER_REACH))]
    for match in found:
        name = match["maker"]
        if _may_make(name):
            return Maker(*match.span("maker"), {"new_developer": name, "label": name}, Doubt.MAKER)
    return None


def _may_make(name: str) -> bool:
    """Whether the words could be an organisation's name, and are no pronoun or common noun."""
    if _NONE.search(name) or name.isdigit():
        return False
    bare = _ENDS.sub("", name)
    if bare != name:
        return len(bare) > 1 and not _COMMON.fullmatch(bare)
    return len(name) <= SHORT and not _COMMON.search(name)
