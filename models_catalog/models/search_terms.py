"""Search terms, parsed from a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.names import fold

MAX_WORDS = 12
"""Words of a query beyond this number are ignored."""

_BETWEEN: Final = re.compile(r"[\s/、，,;；|&+_-]+")
_POSSESSIVE: Final = re.compile(r"['’]s(?!\w)", re.IGNORECASE)
"""As in “Baidu's ERNIE”."""


@dataclass(frozen=True)
class SearchTerm:
    """One term of a search: a folded text, and the ids of sectors with that name."""

    text: str
    sectors: tuple[int, ...] = ()


Terms = tuple[SearchTerm, ...]
"""An entry has to match all of them, or all of them as one name."""


def joined(terms: Terms) -> SearchTerm:
    """The terms as one name."""
    return terms[0] if len(terms) == 1 else SearchTerm("".join(term.text for term in terms))


def search_words(q: str) -> list[str]:
    """The folded words of a query without duplicates, and without words that have no letter or digit."""
    plain = _POSSESSIVE.sub(" ", q)
    return list(dict.fromkeys(word for word in map(fold, _BETWEEN.split(plain)) if word))[:MAX_WORDS]


def as_typed(q: str) -> Terms:
    """The words of a query as terms, none of them a sector."""
    return tuple(map(SearchTerm, search_words(q)))
