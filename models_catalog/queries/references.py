"""The small tables that entries point at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from models_catalog.models import Developer, Sector, Source
from models_catalog.models.labels import in_english

ByKey = dict[str, dict[str, Developer] | dict[str, Sector] | dict[str, Source]]


@dataclass(frozen=True)
class References:
    """Developers, sectors and sources by id, each in its own order."""

    developers: dict[int, Developer]
    sectors: dict[int, Sector]
    sources: dict[int, Source]

    @classmethod
    def load(cls, alias: str | None = None) -> References:
        """All of them, from this database or from the one that the router chooses."""
        return cls(
            {row.pk: row for row in Developer.objects.using(alias).order_by("sort_key", "slug")},
            {row.pk: row for row in Sector.objects.using(alias).order_by("position", "slug")},
            {row.pk: row for row in Source.objects.using(alias).order_by("position", "slug")},
        )

    @property
    def by_key(self) -> ByKey:
        """Facet → id as text → row, in the rows' own order; developers in that of the names that the reader sees."""
        return self._in_english if in_english() else self._in_chinese

    @cached_property
    def _in_chinese(self) -> ByKey:
        return self._by_key(self.developers.values())

    @cached_property
    def _in_english(self) -> ByKey:
        return self._by_key(sorted(self.developers.values(), key=lambda row: (row.sort_key_en, row.slug)))

    def _by_key(self, developers: Iterable[Developer]) -> ByKey:
        return {
            "developer": {str(row.pk): row for row in developers},
            "sector": {str(pk): row for pk, row in self.sectors.items()},
            "source": {str(pk): row for pk, row in self.sources.items()},
        }

    @cached_property
    def by_slug(self) -> dict[str, dict[str, int]]:
        """Facet → slug → id."""
        return {
            "developer": {row.slug: pk for pk, row in self.developers.items()},
            "sector": {row.slug: pk for pk, row in self.sectors.items()},
            "source": {row.slug: pk for pk, row in self.sources.items()},
        }
