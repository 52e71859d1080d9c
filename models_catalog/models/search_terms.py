"""What a search looks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.names import fold

MAX_WORDS = 12
"""Words of a query that are looked at."""

_BETWEEN: Final = re.compile(r"[\s/、，,;；|&+_-]+")
_POSSESSIVE: Final = re.compile(r"['’]s(?!\w)", re.IGNORECASE)
"""Baidu's ERNIE"""


@dataclass(frozen=True)
class SearchTerm:
    """One thing that a search looks for: a folded text, and the ids of the sectors that go by it."""

    text: str
    sectors: tuple[int, ...] = ()


Terms = tuple[SearchTerm, ...]
"""All of them have to hit an entry, or all as one name."""


def joined(terms: Terms) -> SearchTerm:
    """The terms as one name; a single one as it is."""
    return terms[0] if len(terms) == 1 else SearchTerm("".join(term.text for term in terms))


def search_words(q: str) -> list[str]:
    """The folded words of a query, each once, without those in which no letter or digit is left."""
    plain = _POSSESSIVE.sub(" ", q)
    return list(dict.fromkeys(word for word in map(fold, _BETWEEN.split(plain)) if word))[:MAX_WORDS]


def as_typed(q: str) -> Terms:
    """The words of a query as terms, none of them a sector."""
    return tuple(map(SearchTerm, search_words(q)))
