"""The small tables that entries point at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models_catalog.models import Developer, Sector, Source
from models_catalog.models.labels import in_english

ByKey = dict[str, dict[str, Developer] | dict[str, Sector] | dict[str, Source]]


@dataclass(frozen=True)
class References:
    """Developers, sectors and sources by id, each in its own order; of which readers see `public`, by facet.

    An export of the admin names all of them; readers are offered those that do not only wait for a curator.
    """

    developers: dict[int, Developer]
    sectors: dict[int, Sector]
    sources: dict[int, Source]
    public: dict[str, frozenset[int]]

    @classmethod
    def load(cls, alias: str | None = None) -> References:
        """All of them, from this database or from the one that the router chooses."""
        developers: Any = Developer.objects.using(alias).with_public().order_by("sort_key", "slug")
        sectors = Sector.objects.using(alias).order_by("position", "slug")
        sources: Any = Source.objects.using(alias).with_public().order_by("position", "slug")
        by_id = {row.pk: row for row in sectors}
        public = {
            "developer": frozenset(row.pk for row in developers if row.is_public),
            "sector": frozenset(by_id),
            "source": frozenset(row.pk for row in sources if row.is_public),
        }
        return cls({row.pk: row for row in developers}, by_id, {row.pk: row for row in sources}, public)

    @property
    def public_sources(self) -> list[Source]:
        """The sources that readers see, in their order."""
        return [row for pk, row in self.sources.items() if pk in self.public["source"]]

    @property
    def by_key(self) -> ByKey:
        """Facet → id as text → row that readers see, in the rows' own order; developers in that of the names that the
        reader sees."""
        return self._in_english if in_english() else self._in_chinese

    @cached_property
    def _in_chinese(self) -> ByKey:
        return self._by_key(self.developers.values())

    @cached_property
    def _in_english(self) -> ByKey:
        return self._by_key(sorted(self.developers.values(), key=lambda row: (row.sort_key_en, row.slug)))

    def _by_key(self, developers: Iterable[Developer]) -> ByKey:
        return {
            "developer": {str(row.pk): row for row in developers if row.pk in self.public["developer"]},
            "sector": {str(pk): row for pk, row in self.sectors.items() if pk in self.public["sector"]},
            "source": {str(row.pk): row for row in self.public_sources},
        }

    @cached_property
    def by_slug(self) -> dict[str, dict[str, int]]:
        """Facet → slug → id."""
        return {
            "developer": {row.slug: pk for pk, row in self.developers.items()},
            "sector": {row.slug: pk for pk, row in self.sectors.items()},
            "source": {row.slug: pk for pk, row in self.sources.items()},
        }
