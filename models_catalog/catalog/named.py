"""Lookup of addresses that end in a name instead of a slug: /models/ChatGLM-6B/, /developers/Baidu/."""

from __future__ import annotations

from models_catalog.catalog.near import corrections
from models_catalog.catalog.reading import QueryLexicon
from models_catalog.catalog.results import best_found, reader_of
from models_catalog.models import Developer, Entry, SearchKey, Sector
from models_catalog.text.names import fold, spellings

MOST = 8
"""Entries suggested for a name that no entry has."""


def entries_named(name: str) -> list[Entry]:
    """The listed entries whose shown name folds to the same key as `name`, or else those with such another name."""
    key = fold(name)
    if not key:
        return []
    keys = SearchKey.objects.filter(key=key, tier__lt=SearchKey.Tier.DEVELOPER, entry__is_listed=True)
    tiers: dict[int, set[int]] = {}
    for entry, tier, text in keys.values_list("entry_id", "tier", "text"):
        if key in spellings(text):
            tiers.setdefault(tier, set()).add(entry)
    best = tiers[min(tiers)] if tiers else set()
    return list(Entry.objects.listed().filter(pk__in=best).order_by("slug")[:MOST])


def entries_like(name: str) -> list[Entry]:
    """The first listed entries that a search for `name`, or for its corrections, finds."""
    reader = reader_of(name.replace("-", " "))
    reading = reader.read()
    asked = [reading.terms] if reading.is_found else [one.terms for one in corrections(reader)]
    found = [row for terms in asked for row in best_found(terms, MOST)]
    return list(dict.fromkeys(found))[:MOST]


def developer_named(name: str) -> Developer | None:
    """The developer with this name or alias; None if there is none."""
    return QueryLexicon.load().makers.get(fold(name))


def sector_named(name: str) -> Sector | None:
    """The only sector with this name; None if there is none or several."""
    found = QueryLexicon.load().sectors.get(fold(name), [])
    return found[0] if len(found) == 1 else None
