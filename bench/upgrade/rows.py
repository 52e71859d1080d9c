"""Rows of a database, and their changes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

Rows = dict[str, dict[str, Any]]
"""Primary key → column → value."""
Tables = dict[str, Rows]

LEFT_OUT = {"catalog_change", "django_migrations"}
"""Tables that are not the registry's: versions of its state, and migrations."""

TABLES = """
SELECT relname, attname FROM pg_class
JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = indkey[0]
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""


def read(url: str) -> Tables:
    """Every row of every table of the registry."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(TABLES).fetchall()
        return {table: _rows(connection, table, key) for table, key in tables if table not in LEFT_OUT}


def _rows(connection: psycopg.Connection[Any], table: str, key: str) -> Rows:
    query = sql.SQL("SELECT {key}::text, to_jsonb(row) FROM {table} AS row")
    found = connection.execute(query.format(key=sql.Identifier(key), table=sql.Identifier(table)))
    return dict(found.fetchall())


@dataclass(frozen=True)
class Fate:
    """Changes of one table's rows, in the columns that it had before."""

    rows: int
    lost: int
    added: int
    changed: Counter[str]
    before: str
    after: str

    def __str__(self) -> str:
        changed = ", ".join(f"{column} of {count}" for column, count in self.changed.items())
        sums = f"{self.before} {'=' if self.before == self.after else '>'} {self.after}"
        return f"{self.rows:6} rows {self.lost:3} lost {self.added:5} new  {sums}  {changed}"


def fates(before: Tables, after: Tables) -> Iterator[tuple[str, Fate]]:
    """The changes of each table that existed before."""
    for table, rows in before.items():
        yield table, fate(rows, after.get(table, {}))


def fate(before: Rows, after: Rows) -> Fate:
    """Compare the rows and columns that existed before."""
    columns = next(iter(before.values()), {}).keys()
    kept = {key: {name: after[key].get(name) for name in columns} for key in before.keys() & after.keys()}
    changed = Counter(name for key, row in kept.items() for name in columns if row[name] != before[key][name])
    lost, added = len(before.keys() - after.keys()), len(after.keys() - before.keys())
    return Fate(len(before), lost, added, changed, checksum(before), checksum(kept))


def checksum(rows: Rows) -> str:
    """Checksum of rows, independent of their order."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]
