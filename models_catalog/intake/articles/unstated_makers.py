"""Suggests makers, with a doubt, for models of which no sentence states one: by their names, or by who was named last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from models_catalog.intake.articles.makers import (
    COMPARED,
    MAKER_REACH,
    Maker,
    as_maker,
    is_other,
    only_uses,
)
from models_catalog.intake.articles.names import Mention
from models_catalog.intake.articles.objects import is_adopted
from models_catalog.intake.articles.organisations import Organisation
from models_catalog.intake.articles.sentences import Sentence
from models_catalog.intake.articles.text import Passage
from models_catalog.intake.articles.words import RELEASE_VERBS
from models_catalog.text.names import fold, simplify

_ACTS: Final = re.compile(
    rf"{RELEASE_VERBS}|宣布|表示|介绍|透露|发布会|大会|旗下|自主|融资|创办|子公司|unveil|release|launch|announc|said"
)
"""What makers of models do in a sentence, so that the models of the next may be theirs."""
_STEM: Final = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]{2,}")
_MEMORY: Final = 4
"""Number of sentences for which an organisation is remembered."""


@dataclass
class UnstatedMakers:
    """Suggests a maker, with a doubt, for a model of which no sentence states one.

    It is that of a model whose name begins alike (Yi, Yi-6B), else the only organisation named last.
    """

    stated: dict[str, tuple[Passage, Maker]] = field(default_factory=dict)
    lacking: dict[str, tuple[Mention, tuple[Passage, Maker] | None]] = field(default_factory=dict)
    last: tuple[Passage, Organisation] | None = None
    age: int = 0

    def note(
        self, passage: Passage, sentence: Sentence, here: list[Mention], found: list[Organisation],
        told: list[tuple[Mention, Maker]],
    ) -> None:  # fmt: skip
        """Remember the makers that a sentence states, its organisation, and the models without a maker."""
        for one, maker in told:
            self.stated[one.subject] = passage, maker
            self.stated.setdefault(_stem(one), (passage, maker))
        sure = {one.name: one for one in found if one.is_sure}
        self.age += 1
        is_compared = COMPARED.search(sentence.words) is not None
        for one in here:
            if not (one.is_foreign or one.subject in self.lacking or is_adopted(sentence, one)):
                before = [maker for maker in sure.values() if maker.end <= one.start and not is_compared]
                is_measured = COMPARED.search(sentence.line, sentence.start, one.start) is not None
                near = (passage, before[-1]) if before else None if is_measured else self.last
                self.lacking[one.subject] = one, self._suggested(sentence, one, near)
        actor = next(iter(sure.values()), None)
        if (
            actor
            and (len(sure) == 1 or _is_subject(sentence, actor))
            and not is_compared
            and (told or _ACTS.search(sentence.words))
        ):
            self.last, self.age = (passage, actor), 0
        elif (sure and {self.last[1].name if self.last else ""} != set(sure)) or self.age > _MEMORY:
            self.last = None

    @staticmethod
    def _suggested(
        sentence: Sentence, one: Mention, near: tuple[Passage, Organisation] | None
    ) -> tuple[Passage, Maker] | None:
        if near is None or is_other(near[1], one):
            return None
        is_here = sentence.start <= near[1].start < one.start and near[1].end <= one.start
        between = sentence.line[max(near[1].end, one.start - MAKER_REACH) : one.start] if is_here else ""
        if only_uses(between, sentence.after(one.end, 40)):
            return None
        return near[0], as_maker(near[1], one, is_clear=False)

    def suggestions(self) -> Iterator[tuple[Passage, Mention, Maker]]:
        for subject, (one, near) in self.lacking.items():
            if subject not in self.stated and (made := self.stated.get(_stem(one)) or near):
                yield made[0], one, made[1]


_OPENING: Final = re.compile(
    r"[\s“\"‘（(\-•*]*(?:The (?:company|start-?up|firm|lab),? |近日|日前|此外|另外|其中|同时|随后|据悉|而|今日|昨日|[，,、]|上午|下午|晚间?)*"
)


def _is_subject(sentence: Sentence, one: Organisation) -> bool:
    """Whether the sentence begins with the organisation, but for a date: 5月6日,甲与乙达成合作."""
    before = sentence.line[sentence.start : one.start]
    for date in sentence.dates:
        before = before.replace(date.text, "")
    return _OPENING.fullmatch(before) is not None


def _stem(one: Mention) -> str:
    """The word with which a model's name begins: yi for Yi-6B, 穹石 for 穹石二号."""
    word = _STEM.match(simplify(one.label))
    return (
        f"stem-{word.group()[:2] if not word.group().isascii() else fold(word.group())}"
        if word
        else one.subject
    )
