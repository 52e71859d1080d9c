"""Entries as light rows with everything a list or an export shows, in four queries however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from models_catalog.models import Developer, Entry, EntryDeveloper, Sector, Source
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import Labelled

CHUNK = 2_000
"""Rows fetched at a time: bounds the memory of an export."""


@dataclass(frozen=True)
class References:
    """The small tables that entries point at, by id."""

    developers: dict[int, Developer]
    sectors: dict[int, Sector]
    sources: dict[int, Source]

    @classmethod
    def load(cls) -> References:
        return cls(
            {row.pk: row for row in Developer.objects.order_by("sort_key", "slug")},
            {row.pk: row for row in Sector.objects.order_by("position", "slug")},
            {row.pk: row for row in Source.objects.order_by("position", "slug")},
        )


@dataclass(slots=True)
class EntryRow(Labelled):
    """One entry of a list. Field by field what `Entry` holds; `parent` is a slug."""

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
    released_stated: str
    released: Any
    stage: str
    openness: str
    undisclosed: list[str]
    not_applicable: list[str]
    developers: list[Developer] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


_COLUMNS = [
    *("pk", "slug", "name_zh", "name_en", "aliases", "kind", "parent__slug", "category", "modalities"),
    *("parameters_stated", "parameters", "released_stated", "released", "stage", "openness"),
    *("undisclosed", "not_applicable"),
]
"""In the order of the fields of `EntryRow`."""


def entry_rows(entries: EntryQuerySet, references: References | None = None) -> Iterator[EntryRow]:
    """The rows of `entries` in their order, fetched in chunks by a cursor on the server."""
    known = references or References.load()
    linked = entries.annotate(
        developer_ids=_ids(EntryDeveloper, "developer", "position"),
        sector_ids=_ids(Entry.sectors.through, "sector", "sector__position", "sector__slug"),
        source_ids=_ids(Entry.sources.through, "source", "source__position", "source__slug"),
    ).values_list(*_COLUMNS, "developer_ids", "sector_ids", "source_ids")
    for *columns, developers, sectors, sources in linked.iterator(chunk_size=CHUNK):
        row = EntryRow(*columns)
        row.developers = [known.developers[pk] for pk in developers]
        row.sectors = [known.sectors[pk] for pk in sectors]
        row.sources = [known.sources[pk] for pk in sources]
        yield row


def _ids(through: Any, column: str, *order: str) -> ArraySubquery:
    links = through.objects.filter(entry=OuterRef("pk")).order_by(*order)
    return ArraySubquery(links.values(f"{column}_id"))
