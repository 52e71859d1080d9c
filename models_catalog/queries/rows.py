"""Entries as light rows with everything a list or an export shows, in four queries however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import OuterRef
from django.urls import reverse

from models_catalog.models import Developer, Entry, EntryDeveloper, Sector, Source
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import Labelled
from models_catalog.models.vocabulary import Category, Kind, Openness, Stage

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
        return reverse("entry", args=[self.slug])


_COLUMNS = [
    *("pk", "slug", "name_zh", "name_en", "aliases", "kind", "parent__slug", "category", "modalities"),
    *("parameters_stated", "parameters", "released_stated", "released", "stage", "openness"),
    *("undisclosed", "not_applicable"),
]
"""In the order of the fields of `EntryRow`."""


def page_rows(entries: EntryQuerySet, references: References) -> list[EntryRow]:
    """The rows of a page of `entries`, in their order.

    Which entries they are is settled first, so that nothing is gathered for those on earlier pages.
    """
    ids = list(entries.values_list("pk", flat=True))
    found = (_row(columns, references) for columns in _with_links(Entry.objects.filter(pk__in=ids)))
    rows = {row.pk: row for row in found}
    return [rows[pk] for pk in ids if pk in rows]


def entry_rows(entries: EntryQuerySet) -> Iterator[EntryRow]:
    """All rows of `entries` in their order, fetched in chunks by a cursor on the server.

    Links are gathered by table here and not by row as for a page: for many entries that is five times as quick.
    """
    references = References.load()
    try:
        chosen, params = entries.values_list(*_COLUMNS).query.sql_with_params()
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


def _with_links(entries: EntryQuerySet) -> Any:
    return entries.annotate(
        developer_ids=_ids(EntryDeveloper, "developer", "position"),
        sector_ids=_ids(Entry.sectors.through, "sector"),
        source_ids=_ids(Entry.sources.through, "source"),
    ).values_list(*_COLUMNS, "developer_ids", "sector_ids", "source_ids")


def _row(columns: tuple[Any, ...], known: References) -> EntryRow:
    *own, developers, sectors, sources = columns
    row = EntryRow(*own)
    row.developers = [known.developers[pk] for pk in developers]
    row.sectors = sorted((known.sectors[pk] for pk in sectors), key=_place)
    row.sources = sorted((known.sources[pk] for pk in sources), key=_place)
    return row


def _ids(through: Any, column: str, *order: str) -> ArraySubquery:
    links = through.objects.filter(entry=OuterRef("pk")).order_by(*order)
    return ArraySubquery(links.values(f"{column}_id"))


def _place(row: Sector | Source) -> tuple[int, str]:
    return row.position, row.slug
