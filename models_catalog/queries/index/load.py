"""What the index keeps of each entry, read from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from django.db import connections

from models_catalog.queries.index.coded import Array

CHUNK = 20_000
COLUMNS = (
    *("category", "kind", "openness", "stage", "modality", "developer", "sector", "source"),
    *("parameters", "released"),
)
"""In the order of `_ENTRIES`, behind id and is_listed."""

Columns = tuple[tuple[Any, ...], ...]

_ENTRIES = """
SELECT entry.id, is_listed, category, kind, openness, stage, array_to_string(modalities, ','),
    coalesce(made.ids, ''), coalesce(meant.ids, ''), coalesce(cited.ids, ''),
    coalesce(parameters::text, ''), coalesce(released::text, '')
FROM models_catalog_entry entry
LEFT JOIN (SELECT entry_id, string_agg(developer_id::text, ',' ORDER BY position) AS ids
           FROM models_catalog_entrydeveloper {of_entry} GROUP BY 1) made ON made.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(sector_id::text, ',' ORDER BY sector_id) AS ids
           FROM models_catalog_entry_sectors {of_entry} GROUP BY 1) meant ON meant.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(source_id::text, ',' ORDER BY source_id) AS ids
           FROM models_catalog_entry_sources {of_entry} GROUP BY 1) cited ON cited.entry_id = entry.id
{of_id} ORDER BY entry.id
"""

_BY_NAME = """
SELECT string_agg(int8send(id), '' ORDER BY sort_key, slug),
    string_agg(CASE WHEN is_same THEN '\\x01'::bytea ELSE '\\x00' END, '' ORDER BY sort_key, slug)
FROM (SELECT id, sort_key, slug, sort_key IS NOT DISTINCT FROM lag(sort_key) OVER (ORDER BY sort_key, slug) AS is_same
      FROM models_catalog_entry WHERE is_listed) listed
"""

_NEIGHBOURS = """
SELECT entry.id, before.id, before.sort_key IS NOT DISTINCT FROM entry.sort_key,
    EXISTS (SELECT FROM models_catalog_entry after WHERE after.is_listed
            AND after.sort_key = entry.sort_key AND after.slug > entry.slug)
FROM models_catalog_entry entry
LEFT JOIN LATERAL (
    SELECT id, sort_key FROM models_catalog_entry other
    WHERE other.is_listed AND (other.sort_key, other.slug) < (entry.sort_key, entry.slug)
    ORDER BY other.sort_key DESC, other.slug DESC LIMIT 1
) before ON true
WHERE entry.id = ANY(%s) AND entry.is_listed ORDER BY entry.sort_key, entry.slug
"""


def all_entries(alias: str) -> Iterator[Columns]:
    """Every entry, listed or not, by id, in chunks: of each chunk one tuple a column. Within a transaction."""
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(_ENTRIES.format(of_entry="", of_id=""))
        while rows := cursor.fetchmany(CHUNK):
            yield tuple(zip(*rows, strict=True))


def some_entries(alias: str, ids: Collection[int]) -> Columns:
    """The same for these entries; () if there is none of them."""
    statement = _ENTRIES.format(of_entry="WHERE entry_id = ANY(%s)", of_id="WHERE entry.id = ANY(%s)")
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [list(ids)] * 4)
        return tuple(zip(*cursor.fetchall(), strict=True))


def by_name(alias: str) -> tuple[Array, Array]:
    """Ids of the listed entries by name, and of each whether its sort key is also that of the one before."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_BY_NAME)
        ids, same = cursor.fetchone() or (None, None)
    return np.frombuffer(ids or b"", dtype=">i8").astype(np.int64), np.frombuffer(same or b"", dtype=bool)


def places_by_name(alias: str, ids: Collection[int]) -> list[tuple[int, int | None, bool, bool]]:
    """Of those of these entries that are listed, by name: id, the one before it in the list, and whether the one before
    and the one behind it have the same sort key."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_NEIGHBOURS, [list(ids)])
        found: list[tuple[int, int | None, bool, bool]] = cursor.fetchall()
    return found
