"""Finding entries by names and makers that wait for a decision: for curators, as readers never see them.

They are no search keys: what waits changes with every import and is never more than curators can work off, so it is
read when somebody looks, and neither readers' index nor their pages know of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import and_

from django.db.models import Q

from models_catalog.models import Claim, SearchKey
from models_catalog.models.search_terms import search_words
from models_catalog.models.vocabulary import Field
from models_catalog.text import names

_REMEMBERED = 16_384
"""Names whose folded form is kept: the same names wait for days."""

_fold = lru_cache(maxsize=_REMEMBERED)(names.fold)


def found_waiting(term: str) -> Q:
    """Of entries: that `term` as a whole hits what waits, or each of its words that or what stands. One query."""
    words = search_words(term)
    if not words:
        return Q(pk__in=())
    whole = "".join(words)
    hits = _hits({whole, *words})
    found = Q(pk__in=hits[whole])
    if len(words) > 1 and any(hits[word] for word in words):
        standing = SearchKey.objects.all()
        found |= reduce(
            and_,
            (
                Q(pk__in=hits[word]) | Q(pk__in=standing.holding_word(word).order_by().values("entry"))
                for word in words
            ),
        )
    return found


def _hits(words: set[str]) -> dict[str, set[int]]:
    """Folded word → entries of which something that waits holds it, by every way of typing."""
    found: dict[str, set[int]] = {word: set() for word in words}
    is_spelt = any(word.isascii() for word in words)
    for entry, name in _waiting_names():
        keys = names.every_key(name) if is_spelt else {_fold(name)}
        for word in words:
            if any(word in key for key in keys):
                found[word].add(entry)
    return found


def _waiting_names() -> Iterator[tuple[int, str]]:
    """Entry and name, of itself or of a developer."""
    rows = Claim.objects.undecided().filter(field__in=[Field.NAME, Field.DEVELOPER]).order_by()
    columns = ("entry_id", "text", "developer__name_zh", "developer__name_en", "developer__aliases")
    for entry, *own, aliases in rows.values_list(*columns).iterator():
        yield from ((entry, name) for name in (*own, *(aliases or ())) if name)
