"""Rows that derive from claims, and writes to the tables that entries refer to.

`settle` writes these rows when claims change. Undoing restores the removed rows with their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from models_catalog.claims.settle import settle
from models_catalog.models import Developer, Entry, EntryDeveloper, SearchKey, Sector
from models_catalog.models.vocabulary import DeveloperKind
from models_catalog.text.characters import folded
from models_catalog.text.names import fold, slugify_name, sort_keys

Rows = dict[str, list[dict[str, Any]]]
"""Table name → its rows as JSON-compatible dicts."""

LINKS: dict[str, Any] = {
    "developers": EntryDeveloper,
    "sectors": Entry.sectors.through,
    "sources": Entry.sources.through,
    "search_keys": SearchKey,
}


def links_of(entries: Iterable[int]) -> Rows:
    """All derived rows of `entries`."""
    ids = list(entries)
    return {name: list(table.objects.filter(entry__in=ids).values()) for name, table in LINKS.items()}


def gone_since(before: Rows, entries: Iterable[int]) -> Rows:
    """The rows of `before` that no longer exist."""
    now = {name: {row["id"] for row in rows} for name, rows in links_of(entries).items()}
    return {name: [row for row in rows if row["id"] not in now[name]] for name, rows in before.items()}


def put_back(gone: Rows) -> None:
    """Insert the rows again unless an equal row exists; `settle` removes those that no claim backs any more."""
    for name, rows in gone.items():
        table = LINKS[name]
        standing = table.objects.filter(entry__in={row["entry_id"] for row in rows})
        taken = {_what(row) for row in standing.values()}
        table.objects.bulk_create(table(**row) for row in rows if _what(row) not in taken)


def _what(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The content of a row, without id and position."""
    return tuple((name, value) for name, value in sorted(row.items()) if name in _SAYING)


_SAYING = {"entry_id", "developer_id", "sector_id", "source_id", "tier", "text", "key"}


def make_developers(named: Iterable[tuple[str, DeveloperKind]]) -> dict[str, Developer]:
    """Create a developer for each name, keyed by folded name; the first spelling wins, and slugs are made unique."""
    made: dict[str, Developer] = {}
    slugs = set(Developer.objects.values_list("slug", flat=True))
    for spelt, kind in named:
        name = folded(spelt)
        if fold(name) in made:
            continue
        stem = slugify_name(name)[:50] or "developer"
        slug = stem if stem not in slugs else next(
            one for number in range(2, len(slugs) + 3) if (one := f"{stem}-{number}") not in slugs
        )  # fmt: skip
        slugs.add(slug)
        made[fold(name)] = Developer(slug=slug, name_zh=name, kind=kind, **sort_keys(name, ""))
    Developer.objects.bulk_create(made.values())
    return made


@transaction.atomic
def save_developer(*, developer: Developer) -> Developer:
    """Save `developer` with its sort keys, and update the search keys of its entries."""
    for column, key in sort_keys(developer.name_zh, developer.name_en).items():
        setattr(developer, column, key)
    developer.save()
    settle(Entry.objects.filter(developers=developer))
    return developer


@transaction.atomic
def save_sector(*, sector: Sector) -> Sector:
    """Save `sector` and settle its entries, whose industries follow the order of the vocabulary."""
    sector.save()
    settle(Entry.objects.filter(sectors=sector))
    return sector
