"""Exact counts for the catalog page: facet values, unknowns excluded by ranges, and the effect of removing a chip.

All counts come from one statement: each set of entries is filtered once, and every facet counts the rows of the set
that ignores its own selection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections

from models_catalog.catalog.facets import FACETS, RANGES, TOKENS, UNSTATED
from models_catalog.models.entry_queryset import EntryQuerySet

TOTAL: Final = "total"

Counts = dict[str, dict[str, int]]
"""Facet or range → value (token, row id or UNSTATED) → number of entries; `total` → "" → all."""

_NEEDED = ("pk", *(facet.column for facet in TOKENS), *RANGES)
_NAMED = f"(id, {', '.join(_NEEDED[1:])})"
_NOTHING = f"SELECT id, {', '.join(_NEEDED[1:])} FROM models_catalog_entry WHERE false"  # noqa: S608  # columns


def count_facets(everything: EntryQuerySet, without: Mapping[str, EntryQuerySet]) -> Counts:
    """Facet counts over `everything`, the entries that pass the filter.

    `without` maps each facet with a selection and each range that is set to the entries that pass the filter without
    it; the other facets count over `everything`.
    """
    sets = {"everything": everything, **{f"without_{name}": entries for name, entries in without.items()}}
    over = {name: f"without_{name}" if name in without else "everything" for name in (*FACETS, *RANGES)}
    parts = [f"SELECT '{TOTAL}', '', count(*) FROM everything"]  # noqa: S608  # a constant
    for name, facet in FACETS.items():
        counting = facet.counting.replace("matched", over[name])
        parts.append(f"SELECT '{name}', facet.* FROM ({counting}) facet")  # noqa: S608  # constants
    for name in RANGES:
        parts.append(f"SELECT '{name}', '', count(*) FROM {over[name]} WHERE {name} IS NULL")  # noqa: S608  # constants
    counts: Counts = {name: {} for name in (TOTAL, *FACETS, *RANGES)}
    for name, value, number in _run(sets, parts):
        counts[name][value or (UNSTATED if name != TOTAL else "")] = number
    return counts


def count_each(sets: Mapping[str, EntryQuerySet]) -> dict[str, int]:
    """The number of entries in each set, in one statement."""
    if not sets:
        return {}
    names = {f"set_{number}": name for number, name in enumerate(sets)}
    parts = [f"SELECT '{table}', '', count(*) FROM {table}" for table in names]  # noqa: S608  # numbers
    rows = _run({table: sets[name] for table, name in names.items()}, parts)
    return {names[table]: number for table, _value, number in rows}


def _run(sets: Mapping[str, EntryQuerySet], parts: list[str]) -> list[tuple[str, str, int]]:
    """Run one statement: each set as a common table expression, the parts joined by UNION ALL."""
    tables, params = [], []
    for name, entries in sets.items():
        sql, own = _compiled(entries)
        tables.append(f"{name} {_NAMED} AS MATERIALIZED ({sql})")
        params += own
    statement = f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}"
    any_set = next(iter(sets.values()))
    with connections[any_set.db].cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[str, str, int]] = cursor.fetchall()
    return rows


def _compiled(entries: EntryQuerySet) -> tuple[str, list[Any]]:
    try:
        sql, params = entries.order_by().values_list(*_NEEDED).query.sql_with_params()
    except EmptyResultSet:
        return _NOTHING, []
    return sql, list(params)
