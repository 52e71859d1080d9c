"""Entries as light rows with all data of a list or export, and the small tables they refer to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, When

from models_catalog.models import Developer, Entry, Sector, Source
from models_catalog.models.addresses import address
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import Labelled, in_english
from models_catalog.models.vocabulary import Category, Kind, Openness, Stage

ByKey = dict[str, dict[str, Developer] | dict[str, Sector] | dict[str, Source]]


@dataclass(frozen=True)
class References:
    """Developers, sectors and sources by id, each in its own order; `public` has the ids that readers see, by facet.

    Exports of the curation site may name all of them; readers do not see rows that are only in claims to review.
    """

    developers: dict[int, Developer]
    sectors: dict[int, Sector]
    sources: dict[int, Source]
    public: dict[str, frozenset[int]]

    @classmethod
    def load(cls, alias: str | None = None) -> References:
        """All of them, from database `alias` or the one that the router chooses."""
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
        """The sources that readers see, in order."""
        return [*self.cited.values()]

    @cached_property
    def cited(self) -> dict[int, Source]:
        """The sources that rows name, in order: not one that is only in a claim which waits with the family that it names."""
        return {pk: row for pk, row in self.sources.items() if pk in self.public["source"]}

    @property
    def of_curators(self) -> References:
        """The same, of which rows name every source."""
        return replace(self, public={**self.public, "source": frozenset(self.sources)})

    @property
    def by_key(self) -> ByKey:
        """Facet → id as text → row that readers see, in order; developers by name in the reader's language."""
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


CHUNK = 2_000
"""Rows fetched at a time, which bounds the memory of an export."""


@dataclass(slots=True)
class EntryRow(Labelled):
    """One entry of a list, with the fields of `Entry`; `parent` is a slug."""

    pk: int
    slug: str
    name_zh: str
    name_en: str
    aliases: list[str]
    kind: str
    parent: str | None
    category: str
    modalities: list[str]
    parameters_stated: str
    parameters: Any
    context_length_stated: str
    context_length: Any
    released_stated: str
    released: Any
    stage: str
    openness: str
    links: list[str]
    undisclosed: list[str]
    not_applicable: list[str]
    bases: dict[str, str]
    developers: list[Developer] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label) if self.kind else ""

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label) if self.category else ""

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""

    @property
    def openness_label(self) -> str:
        return str(Openness(self.openness).label) if self.openness else ""

    def get_absolute_url(self) -> str:
        return address("entry", self.slug)


_OWN = [one.name for one in fields(EntryRow) if one.default_factory is MISSING]
"""The fields of `EntryRow` that come from the entry's own row; `bases` is the last."""

_COLUMNS = ["listed_parent" if name == "parent" else name for name in _OWN]
"""The same fields by the names that Django uses."""

_SQL = {"pk": "entry.id", "parent": "parent.slug"}

_PARENT = Case(When(parent__is_listed=True, then="parent__slug"))
"""A parent that readers do not see (a curator removed its name) has no address to link to."""


_BY_IDS = f"""
SELECT {", ".join(_SQL.get(name, f"entry.{name}") for name in _OWN)},
    coalesce(made.ids, '{{}}'), coalesce(meant.ids, '{{}}'), coalesce(cited.ids, '{{}}')
FROM models_catalog_entry entry
LEFT JOIN models_catalog_entry parent ON parent.id = entry.parent_id AND parent.is_listed
LEFT JOIN (SELECT entry_id, array_agg(developer_id ORDER BY position) AS ids
           FROM models_catalog_entrydeveloper WHERE entry_id = ANY(%(ids)s) GROUP BY entry_id) made ON made.entry_id = entry.id
LEFT JOIN (SELECT entry_id, array_agg(sector_id) AS ids
           FROM models_catalog_entry_sectors WHERE entry_id = ANY(%(ids)s) GROUP BY entry_id) meant ON meant.entry_id = entry.id
LEFT JOIN (SELECT entry_id, array_agg(source_id) AS ids
           FROM models_catalog_entry_sources WHERE entry_id = ANY(%(ids)s) GROUP BY entry_id) cited ON cited.entry_id = entry.id
WHERE entry.id = ANY(%(ids)s)
"""  # noqa: S608  # columns of our own
"""In the order of the fields of `EntryRow`. Plain SQL, because Django takes longer to compose it than PostgreSQL to run it.
Each table of links is read once and not once an entry: in the past, one is a view of the whole history.
"""


def page_rows(ids: Sequence[int], references: References) -> list[EntryRow]:
    """The rows of these entries, in this order, in one query; without one for none."""
    if not ids:
        return []
    with connections[Entry.objects.db].cursor() as cursor:
        cursor.execute(_BY_IDS, {"ids": list(ids)})
        rows = {columns[0]: _row(columns, references) for columns in cursor.fetchall()}
    return [rows[pk] for pk in ids if pk in rows]


def entry_rows(entries: EntryQuerySet) -> Iterator[EntryRow]:
    """All rows of `entries` in order, fetched in chunks with a server-side cursor.

    Links are aggregated by table and not by row as for a page: five times as fast for many entries.
    """
    references = References.load()
    try:
        named = entries.annotate(listed_parent=_PARENT).values_list(*_COLUMNS)
        chosen, params = named.query.sql_with_params()
    except EmptyResultSet:
        return
    with connections[entries.db].chunked_cursor() as cursor:
        cursor.execute(_GATHERED.format(names=", ".join(_COLUMNS), chosen=chosen), params)
        while rows := cursor.fetchmany(CHUNK):
            yield from (_row(columns, references) for columns in rows)


_GATHERED = """
WITH chosen ({names}, place) AS MATERIALIZED (SELECT *, row_number() OVER () FROM ({chosen}) ordered)
SELECT {names}, coalesce(made.ids, '{{}}'), coalesce(meant.ids, '{{}}'), coalesce(cited.ids, '{{}}')
FROM chosen
LEFT JOIN (SELECT entry_id, array_agg(developer_id ORDER BY position) AS ids
           FROM models_catalog_entrydeveloper GROUP BY entry_id) made ON made.entry_id = chosen.pk
LEFT JOIN (SELECT entry_id, array_agg(sector_id) AS ids
           FROM models_catalog_entry_sectors GROUP BY entry_id) meant ON meant.entry_id = chosen.pk
LEFT JOIN (SELECT entry_id, array_agg(source_id) AS ids
           FROM models_catalog_entry_sources GROUP BY entry_id) cited ON cited.entry_id = chosen.pk
ORDER BY place
"""


def _row(columns: tuple[Any, ...], known: References) -> EntryRow:
    *own, bases, developers, sectors, sources = columns
    row = EntryRow(*[*own, json.loads(bases)])
    # Rows added since the references were read appear on the next page.
    row.developers = [known.developers[pk] for pk in developers if pk in known.developers]
    row.sectors = sorted((known.sectors[pk] for pk in sectors if pk in known.sectors), key=_place)
    row.sources = sorted((known.cited[pk] for pk in sources if pk in known.cited), key=_place)
    return row


def _place(row: Sector | Source) -> tuple[int, str]:
    return row.position, row.slug
