"""Names in the registry, indexed to search an article for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from models_catalog.claims.settle import developer_names
from models_catalog.intake.articles.words import FOREIGN, SECTOR_WORDS
from models_catalog.models import Claim, Developer, Entry, Sector
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold


@dataclass(frozen=True)
class KnownEntry:
    """An entry under one of its names.

    is_certain: the name is taken to mean this entry, even if it may be an everyday word.
    trades: the words for its target industries.
    """

    pk: int
    label: str
    slug: str
    name: str
    form: NameKind
    makers: frozenset[int] = frozenset()
    is_certain: bool = False
    trades: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownDeveloper:
    pk: int
    label: str
    slug: str = ""


@dataclass(frozen=True)
class KnownSector:
    pk: int
    label: str
    slug: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Folded name → entries, developer or sector. Several entries may have the same name."""

    entries: dict[str, tuple[KnownEntry, ...]] = field(default_factory=dict)
    developers: dict[str, KnownDeveloper] = field(default_factory=dict)
    sectors: dict[str, KnownSector] = field(default_factory=dict)

    @cached_property
    def models(self) -> NameIndex[tuple[KnownEntry, ...]]:
        """Index of all names of entries, and of foreign models with no entry."""
        foreign: dict[str, tuple[KnownEntry, ...]] = {fold(name): () for name in FOREIGN}
        return NameIndex(foreign | self.entries)

    @cached_property
    def makers(self) -> NameIndex[KnownDeveloper]:
        return NameIndex(self.developers)

    @cached_property
    def industries(self) -> NameIndex[KnownSector]:
        return NameIndex(self.sectors)


def read_lexicon() -> Lexicon:
    """The lexicon of the registry as it is now, in four queries."""
    return Lexicon(_entries(), _developers(), _sectors())


def _entries() -> dict[str, tuple[KnownEntry, ...]]:
    makers: dict[int, set[int]] = defaultdict(set)
    trades: dict[int, set[str]] = defaultdict(set)
    standing = Claim.objects.filter(entry__merged_into=None).exclude(status=Status.REJECTED)
    # Proposed names and makers too, or reading an article twice would create its entries twice.
    facts = standing.filter(field__in=(Field.DEVELOPER, Field.SECTOR))
    for made, maker, sector in facts.values_list("entry_id", "developer_id", "sector__slug"):
        if maker:
            makers[made].add(maker)
        trades[made].update(SECTOR_WORDS.get(sector or "", ()))
    named: dict[str, dict[int, KnownEntry]] = defaultdict(dict)
    claims = standing.filter(field=Field.NAME).select_related("entry")
    for claim in claims.order_by("entry", "-preferred", "position"):
        entry: Entry = claim.entry
        known = KnownEntry(
            entry.pk, entry.name_zh or claim.text, entry.slug, claim.text, NameKind(claim.token), frozenset(makers[entry.pk]),
            trades=frozenset(trades[entry.pk]),
        )  # fmt: skip
        named[fold(claim.text)].setdefault(entry.pk, known)
    return {name: tuple(of.values()) for name, of in named.items() if name}


def _developers() -> dict[str, KnownDeveloper]:
    found: dict[str, KnownDeveloper] = {}
    for row in Developer.objects.all():
        for name in developer_names(row):
            found.setdefault(fold(name), KnownDeveloper(row.pk, row.label, row.slug))
    return found


def _sectors() -> dict[str, KnownSector]:
    found: dict[str, KnownSector] = {}
    for row in Sector.objects.all():
        known = KnownSector(row.pk, row.label, row.slug)
        for word in (row.name_zh, *SECTOR_WORDS.get(row.slug, ())):
            found.setdefault(fold(word), known)
    return found
