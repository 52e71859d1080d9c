"""Database reads of the index: the data of each entry, and the changes since a state."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connections

from models_catalog.catalog.backing import backed
from models_catalog.catalog.facets import RANGES, TOKENS
from models_catalog.catalog.index.coded import Array


@dataclass(frozen=True)
class CatalogChange:
    """Changes made by one statement. `entries` is () if it changed only references, None if too many to list."""

    weight: Decimal
    entries: tuple[int, ...] | None
    is_merged: bool


Changes = Mapping[int, CatalogChange]


@dataclass(frozen=True)
class CatalogSince:
    """Changes between two states of the catalog. `entries` is None if they cannot be determined."""

    entries: frozenset[int] | None
    references: bool


def version(alias: str) -> Decimal:
    """Version of the database's current state: the sum of the weights of its changes."""
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
    """The changes from one state to a later one. A merged row weighs as much as the rows that it replaces."""
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
COLUMNS = (*(facet.name for facet in TOKENS), "developer", "sector", "source", "evidence", *RANGES)
"""In the order of `_ENTRIES`, after id and is_listed."""

NAME_ORDERS = ("sort_key", "sort_key_en")
"""Columns that order entries by name, as in `models.labels.name_order`."""

Columns = tuple[tuple[Any, ...], ...]

_ENTRIES = """
SELECT entry.id, is_listed, {words},
    coalesce(made.ids, ''), coalesce(meant.ids, ''), coalesce(cited.ids, ''), coalesce(array_to_string(backed.labels, ','), ''),
    {ranges}
FROM models_catalog_entry entry
LEFT JOIN (SELECT entry_id, string_agg(developer_id::text, ',' ORDER BY position) AS ids
           FROM models_catalog_entrydeveloper WHERE entry_id {chosen} GROUP BY 1) made ON made.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(sector_id::text, ',' ORDER BY sector_id) AS ids
           FROM models_catalog_entry_sectors WHERE entry_id {chosen} GROUP BY 1) meant ON meant.entry_id = entry.id
LEFT JOIN (SELECT entry_id, string_agg(source_id::text, ',' ORDER BY source_id) AS ids
           FROM models_catalog_entry_sources WHERE entry_id {chosen} GROUP BY 1) cited ON cited.entry_id = entry.id
LEFT JOIN ({backed}) backed ON backed.entry_id = entry.id
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
    return _ENTRIES.format(
        chosen=chosen, words=_WORDS, ranges=_RANGES, backed=backed(f"claim.entry_id {chosen}")
    )


def all_entries(alias: str) -> Iterator[Columns]:
    """Every entry, listed or not, by id, in chunks; each chunk has one tuple per column.

    Each statement is short, because connections cancel statements at the timeout for pages.
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
    """The same for these entries; () if none exists."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_entries(_SOME), {"ids": list(ids)})
        return tuple(zip(*cursor.fetchall(), strict=True))


def by_name(alias: str, by: str) -> tuple[Array, Array]:
    """Ids of the listed entries by one of NAME_ORDERS, and whether each has the key of the one before it."""
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
            for _pk, key, slug in rows:  # noqa: B007  # the last row is where the next chunk begins
                same.append(bool(same) and key == last)
                last = key


def places_by_name(alias: str, by: str, ids: Collection[int]) -> list[tuple[int, int | None, bool, bool]]:
    """Places of the listed ones among these entries, in one of NAME_ORDERS.

    Tuples of the id, the id before it in the list (None if it is the first), and whether the entries before and after
    it have the same key.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(_NEIGHBOURS.format(by=by), [list(ids)])
        found: list[tuple[int, int | None, bool, bool]] = cursor.fetchall()
    return found
