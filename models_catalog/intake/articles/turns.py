"""Pairs values with models in the order in which a sentence names both: X和Y的参数分别为70亿和130亿."""

from __future__ import annotations

import re
from typing import Any, Final

from models_catalog.intake.articles.finding import CONTEXT_LENGTH
from models_catalog.intake.articles.names import Mention, around
from models_catalog.intake.articles.sentences import IN_TURN, Said, Sentence
from models_catalog.models.vocabulary import Field

MOST: Final = 20
"""Values that a sentence gives in turn; with more of them nobody would count along."""
_FIELDS: Final = (Field.PARAMETERS, Field.EVENT, Field.SECTOR, CONTEXT_LENGTH)


def _values(sentence: Sentence, one: Said) -> list[Any]:
    """What the sentence has of the kind of `one`: sizes, dates or industries."""
    if one.field == Field.PARAMETERS:
        return sentence.sizes
    if one.field == CONTEXT_LENGTH:
        return sentence.lengths
    return sentence.dates if one.field == Field.EVENT else sentence.sectors


def paired_in_turn(
    sentence: Sentence, one: Said, here: list[Mention], before: list[Mention]
) -> list[tuple[Mention | None, str]]:
    """The model whose turn it is: X和Y的参数分别为70亿和130亿. [] unless there are as many models as values."""
    word = sentence.in_turn
    if word is None or one.field not in _FIELDS:
        return []
    is_english = word.group().isascii()
    last = sentence.end if is_english else min(one.start, word.start())
    models = list(around(here, sentence.start, last)) or before
    found = _values(sentence, one)
    values = found if is_english else around(found, word.end(), sentence.end)
    places = [value.start for value in values[:MOST]]
    if len(models) != len(values) or len(models) < 2 or one.start not in places:
        return []
    if not is_english and _BY_AS_MUCH.search(sentence.line, word.end(), places[0]):
        return []
    mention = models[places.index(one.start)]
    return [] if mention.is_foreign else [(mention, "several")]


_BY_AS_MUCH: Final = re.compile(
    "比|(?:增[加长多]|减少|扩大|缩小|上升|下降|提[高升])了?(?![到至为])|[多少]于?(?:了|约)?$"
)
"""Before a number: it is a difference. 参数分别比X多70亿和130亿."""


def is_unpaired(sentence: Sentence, one: Said, models: list[Mention]) -> bool:
    """Whether the clause gives several values in turn to several models, but `paired_in_turn` cannot say which to which."""
    if sentence.in_turn is None or one.field not in _FIELDS:
        return False
    values = len(_values(sentence, one))
    is_here = sentence.words.isascii() or IN_TURN.search(sentence.line, *sentence.clause(one.near[0]))
    others = any(mention.subject != models[0].subject for mention in models[: 2 * MOST])
    return bool(values > 1 and is_here and others)
