"""Rows that follow from claims: developers, sectors, sources and search keys of an entry.

`settle` writes them anew where claims change. Undoing puts back the very rows that were removed, with their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models_catalog.models import Entry, EntryDeveloper, SearchKey

Rows = dict[str, list[dict[str, Any]]]
"""Table → its rows, as JSON can hold them."""

LINKS: dict[str, Any] = {
    "developers": EntryDeveloper,
    "sectors": Entry.sectors.through,
    "sources": Entry.sources.through,
    "search_keys": SearchKey,
}


def links_of(entries: Iterable[int]) -> Rows:
    """Every such row of `entries`."""
    ids = list(entries)
    return {name: list(table.objects.filter(entry__in=ids).values()) for name, table in LINKS.items()}


def gone_since(before: Rows, entries: Iterable[int]) -> Rows:
    """Those of `before` that are no more."""
    now = {name: {row["id"] for row in rows} for name, rows in links_of(entries).items()}
    return {name: [row for row in rows if row["id"] not in now[name]] for name, rows in before.items()}


def put_back(gone: Rows) -> None:
    """Insert the rows again, but where the same stands there by now; what no claim backs any more `settle` removes."""
    for name, rows in gone.items():
        table = LINKS[name]
        standing = table.objects.filter(entry__in={row["entry_id"] for row in rows})
        taken = {_what(row) for row in standing.values()}
        table.objects.bulk_create(table(**row) for row in rows if _what(row) not in taken)


def _what(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """What the row says, without its number and its place."""
    return tuple((name, value) for name, value in sorted(row.items()) if name in _SAYING)


_SAYING = {"entry_id", "developer_id", "sector_id", "source_id", "tier", "text", "key"}
