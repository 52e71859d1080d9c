"""What the words of a query may be: makers and sectors, of which there are few, and the names of entries, asked of the index."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import connections

from models_catalog.models import Developer, SearchKey, Sector
from models_catalog.models.labels import Labelled
from models_catalog.text.cutting import Kind
from models_catalog.text.lists import makers_tails, sector_words
from models_catalog.text.names import spellings
from models_catalog.text.slips import slips

_WORD: Final = re.compile(r"[\s.,()&]+")
_SHORTEST: Final = 2

MOST_MAKERS_NEAR: Final = 2
"""Makers that are offered for a mistyped one."""


class Lexicon:
    """Makers and sectors by every folded spelling of their names."""

    def __init__(self, developers: Iterable[Developer], sectors: Iterable[Sector]) -> None:
        self.makers: dict[str, Developer] = {}
        self.sectors: dict[str, list[Sector]] = {}
        rows = list(developers)
        for short in (False, True):  # a whole name is nobody else's short one
            for row in rows:
                for key in _maker_keys(row, short):
                    self.makers.setdefault(key, row)
        for sector in sectors:
            names = {key for name in _names(sector) for key in spellings(name)}
            for key in names.union(sector_words().get(sector.slug, ())):
                self.sectors.setdefault(key, []).append(sector)

    @classmethod
    def load(cls, alias: str | None = None) -> Lexicon:
        """Of the makers and sectors that readers see."""
        return cls(Developer.objects.using(alias).reviewed(), Sector.objects.using(alias))

    def sector_ids(self, word: str) -> tuple[int, ...]:
        """Ids of the sectors that go by a folded word."""
        return tuple(sorted(sector.pk for sector in self.sectors.get(word, ())))

    def makers_near(self, text: str) -> list[Developer]:
        """The makers of which a name is one slip away from a folded text."""
        near = self.makers.keys() & (slips(text) | spellings(text)) - {text}
        return list(dict.fromkeys(self.makers[key] for key in sorted(near)))[:MOST_MAKERS_NEAR]

    def kinds(self, pieces: Collection[str], named: Mapping[str, str]) -> dict[str, Kind]:
        """What each of these folded texts is, of those that are known; `named` has those that are names of entries."""
        known = dict.fromkeys(self.sectors.keys() & pieces, Kind.SECTOR)
        known |= dict.fromkeys(named, Kind.NAME)
        return known | dict.fromkeys(self.makers.keys() & pieces, Kind.MAKER)


def _names(row: Labelled) -> list[str]:
    return [name for name in (row.name_zh, row.name_en) if name]


def _maker_keys(row: Developer, short: bool) -> set[str]:
    names = [name for name in (*_names(row), *row.aliases) if name]
    shown = {_without_tail(name) for name in names} if short else names
    return {key for name in shown for key in spellings(name) if len(key) >= _SHORTEST}


def _without_tail(name: str) -> str:
    """A maker's name without what ends such names: 恒生电子 → 恒生, Fudan University → Fudan."""
    words = [word for word in _WORD.split(name) if word]
    while len(words) > 1 and words[-1].casefold() in makers_tails():
        words.pop()
    core = " ".join(words)
    tails = [tail for tail in makers_tails() if core.endswith(tail) and not tail.isascii()]
    return next(
        (
            core.removesuffix(tail)
            for tail in sorted(tails, key=len, reverse=True)
            if len(core) - len(tail) >= 2
        ),
        core,
    )


_NAMED = """
SELECT typed.key, found.tier, found.text FROM unnest(%s::text[]) typed(key)
CROSS JOIN LATERAL (SELECT tier, text FROM models_catalog_searchkey WHERE key = typed.key LIMIT 1) found
"""
_BEGUN = """
SELECT typed.key, found.tier, found.text FROM unnest(%s::text[]) typed(key)
CROSS JOIN LATERAL (
    SELECT tier, text FROM models_catalog_searchkey
    WHERE key ~>=~ typed.key AND key ~<~ (typed.key || chr(1114111)) LIMIT 1
) found
"""
"""As far as the index by `key` reaches: one step into it a text, however many rows there are."""


def names_among(alias: str, texts: Collection[str]) -> dict[str, str]:
    """Of these folded texts those that are a name of an entry (no initials), and that name."""
    return {
        key: name
        for key, tier, name in _asked(alias, _NAMED, texts)
        if tier != SearchKey.Tier.DEVELOPER and key in spellings(name)
    }


def beginnings_among(alias: str, texts: Collection[str]) -> dict[str, str]:
    """Of these folded texts those with which a name of an entry begins, and that name."""
    return {
        key: name
        for key, tier, name in _asked(alias, _BEGUN, texts)
        if tier != SearchKey.Tier.DEVELOPER and any(one.startswith(key) for one in spellings(name))
    }


def _asked(alias: str, statement: str, texts: Collection[str]) -> list[tuple[Any, ...]]:
    if not texts:
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [sorted(texts)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
