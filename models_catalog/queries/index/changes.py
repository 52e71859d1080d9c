"""The state of the catalog that a database shows, by the rows of `catalog_change` (migration 0018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connections


@dataclass(frozen=True)
class Change:
    """What one statement changed: the entries, () for none but their references, None for too many to name."""

    weight: Decimal
    entries: tuple[int, ...] | None
    is_merged: bool


Changes = Mapping[int, Change]


@dataclass(frozen=True)
class Since:
    """What became of the catalog between two states. `entries` is None where that cannot be told."""

    entries: frozenset[int] | None
    references: bool


def version(alias: str) -> Decimal:
    """The name of the state that a database shows now."""
    return Decimal(_rows(alias, "SELECT coalesce(sum(weight), 0) FROM catalog_change")[0][0])


def changes(alias: str) -> Changes:
    rows = _rows(alias, "SELECT id, weight, entries, is_merged FROM catalog_change")
    return {
        number: Change(weight, None if entries is None else tuple(entries), is_merged)
        for number, weight, entries, is_merged in rows
    }


def version_of(seen: Changes) -> Decimal:
    return sum((change.weight for change in seen.values()), Decimal())


def between(before: Changes, now: Changes) -> Since:
    """What happened from one state to a later one. Rows that were merged weigh together what they weighed apart."""
    fresh = [change for number, change in now.items() if number not in before]
    gone = sum((change.weight for number, change in before.items() if number not in now), Decimal())
    merged = sum((change.weight for change in fresh if change.is_merged), Decimal())
    named = [change.entries for change in fresh if not change.is_merged]
    if gone != merged or None in named:
        return Since(None, references=True)
    return Since(
        frozenset(pk for entries in named for pk in entries or ()),
        references=any(not entries for entries in named),
    )


def _rows(alias: str, statement: str) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
