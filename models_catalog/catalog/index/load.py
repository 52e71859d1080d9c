"""What the index keeps of each entry, read from the database, and what changed there since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connections

from models_catalog.catalog.facets import RANGES, TOKENS
from models_catalog.catalog.index.coded import Array


@dataclass(frozen=True)
class CatalogChange:
    """What one statement changed: the entries, () for none but their references, None for too many to name."""

    weight: Decimal
    entries: tuple[int, ...] | None
    is_merged: bool


Changes = Mapping[int, CatalogChange]


@dataclass(frozen=True)
class CatalogSince:
    """What became of the catalog between two states. `entries` is None where that cannot be told."""

    entries: frozenset[int] | None
    references: bool


def version(alias: str) -> Decimal:
    """The name of the state that a database shows now."""
    return Decimal(_rows(alias, "SELECT coalesce(sum(weight), 0) FROM catalog_change")[0][0])


def changes(alias: str) -> Changes:
    rows = _rows(alias, "SELECT id, weight, entries, is_merged FROM catalog_change")
    return {
        number: CatalogChange(weight, None if entries is None else tuple(entries), is_merged)
        for number, weight, entries, is_merged in rows
    }


def version_of(seen: Changes) -> Decimal:
    return sum((change.weight for change in seen.values()), Decimal())


def between(before: Changes, now: Changes) -> CatalogSince:
    """What happened from one state to a later one. Rows that were merged weigh together what they weighed apart."""
    fresh = [change for number, change in now.items() if number not in before]
    gone = sum((change.weight for number, change in before.items() if number not in now), Decimal())
    merged = sum((change.weight for change in fresh if change.is_merged), Decimal())
    named = [change.entries for change in fresh if not change.is_merged]
    if gone != merged or None in named:
        return CatalogSince(None, references=True)
    return CatalogSince(
        frozenset(pk for entries in named for pk in entries or ()),
        references=any(not entries for entries in named),
    )


def _rows(alias: str, statement: str) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


CHUNK = 20_000
COLUMNS = (*(facet.name for facet in TOKENS), "developer", "sector", "source", *RANGES)
"""In the order of `_ENTRIES`, behind id and is_listed."""

NAME_ORDERS = ("sort_key", "sort_key_en")
"""The columns by which entries are listed by name, as `models.labels.name_order` has them."""

Columns = tuple[tuple[Any, ...], ...]

_ENTRIES = """
SELECT entry.id, is_listed, {words},
    coalesce(made.ids, ''), coalesce(meant.ids, ''), coalesce(cited.ids, ''),
    {ranges}
FROM models_catalog_entry entry
LEFT JOIN (SELECT entry_id, string_agg(developer_id::text, ',' ORDER BY position) AS ids
           FROM models_catalog_entrydeveloper WHERE entry_id {chosen} GROUP BY 1) made ON made.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(sector_id::text, ',' ORDER BY sector_id) AS ids
           FROM models_catalog_entry_sectors WHERE entry_id {chosen} GROUP BY 1) meant ON meant.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(source_id::text, ',' ORDER BY source_id) AS ids
           FROM models_catalog_entry_sources WHERE entry_id {chosen} GROUP BY 1) cited ON cited.entry_id = entry.id
WHERE entry.id {chosen} ORDER BY entry.id
"""
_WORDS = ", ".join(facet.as_text for facet in TOKENS)
_RANGES = ", ".join(f"coalesce({column}::text, '')" for column in RANGES)
_SOME = "= ANY(%(ids)s)"
_BETWEEN = "BETWEEN %(low)s AND %(high)s"
_LAST = "SELECT max(id) FROM (SELECT id FROM models_catalog_entry WHERE id > %s ORDER BY id LIMIT %s) next"

_BY_NAME = """
SELECT id, {by}, slug FROM models_catalog_entry
WHERE is_listed AND ({by}, slug) > (%s, %s) ORDER BY {by}, slug LIMIT %s
"""

_NEIGHBOURS = """
SELECT entry.id, before.id, before.{by} IS NOT DISTINCT FROM entry.{by},
    EXISTS (SELECT FROM models_catalog_entry after WHERE after.is_listed
            AND after.{by} = entry.{by} AND after.slug > entry.slug)
FROM models_catalog_entry entry
LEFT JOIN LATERAL (
    SELECT id, {by} FROM models_catalog_entry other
    WHERE other.is_listed AND (other.{by}, other.slug) < (entry.{by}, entry.slug)
    ORDER BY other.{by} DESC, other.slug DESC LIMIT 1
) before ON true
WHERE entry.id = ANY(%s) AND entry.is_listed ORDER BY entry.{by}, entry.slug
"""


def _entries(chosen: str) -> str:
    return _ENTRIES.format(chosen=chosen, words=_WORDS, ranges=_RANGES)


def all_entries(alias: str) -> Iterator[Columns]:
    """Every entry, listed or not, by id, in chunks: of each chunk one tuple a column.

    Statements are short ones: a connection gives up those that take as long as no page may wait.
    """
    low = 0
    with connections[alias].cursor() as cursor:
        while True:
            cursor.execute(_LAST, [low, CHUNK])
            high = cursor.fetchone()[0]
            if high is None:
                return
            cursor.execute(_entries(_BETWEEN), {"low": low + 1, "high": high})
            yield tuple(zip(*cursor.fetchall(), strict=True))
            low = high


def some_entries(alias: str, ids: Collection[int]) -> Columns:
    """The same for these entries; () if there is none of them."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_entries(_SOME), {"ids": list(ids)})
        return tuple(zip(*cursor.fetchall(), strict=True))


def by_name(alias: str, by: str) -> tuple[Array, Array]:
    """Ids of the listed entries by one of NAME_ORDERS, and of each whether its key is also that of the one before."""
    ids: list[Array] = [np.zeros(0, dtype=np.int64)]
    same: list[bool] = []
    last, slug = "", ""
    with connections[alias].cursor() as cursor:
        while True:
            cursor.execute(_BY_NAME.format(by=by), [last, slug, CHUNK])
            rows = cursor.fetchall()
            if not rows:
                return np.concatenate(ids), np.array(same, dtype=bool)
            ids.append(np.array([row[0] for row in rows], dtype=np.int64))
            for _pk, key, slug in rows:  # noqa: B007  # the last one is where the next part begins
                same.append(bool(same) and key == last)
                last = key


def places_by_name(alias: str, by: str, ids: Collection[int]) -> list[tuple[int, int | None, bool, bool]]:
    """Of those of these entries that are listed, by one of NAME_ORDERS: id, the one before it in the list, and whether
    the one before and the one behind it have the same key."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_NEIGHBOURS.format(by=by), [list(ids)])
        found: list[tuple[int, int | None, bool, bool]] = cursor.fetchall()
    return found
