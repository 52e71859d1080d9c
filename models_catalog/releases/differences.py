"""What differs between two packages, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, TypedDict

from models_catalog.dataset import TABLES


class TableChanges(TypedDict):
    """Keys of rows, their parts joined by `/`; of changed rows with the columns that differ, each as [before, now]."""

    added: list[str]
    removed: list[str]
    changed: dict[str, dict[str, list[str]]]


Changes = dict[str, TableChanges]
Rows = dict[str, dict[str, str]]


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> Changes:
    """By table what differs between the files of two packages; tables without a difference are left out."""
    found: Changes = {}
    for table in TABLES:
        name = f"data/{table.name}.csv"
        old, new = (_rows(files.get(name, b""), table.key) for files in (before, after))
        changes = TableChanges(
            added=sorted(new.keys() - old.keys()),
            removed=sorted(old.keys() - new.keys()),
            changed={
                key: columns
                for key in sorted(old.keys() & new.keys())
                if (columns := _columns(old[key], new[key]))
            },
        )
        if any(changes.values()):
            found[table.name] = changes
    return found


def counts_of(files: dict[str, bytes]) -> dict[str, int]:
    """How many rows each table of a package has; an older one lacks tables that came later."""
    named = {table.name: (f"data/{table.name}.csv", table.key) for table in TABLES}
    return {name: len(_rows(files[path], key)) for name, (path, key) in named.items() if path in files}


def _rows(content: bytes, key: Sequence[str]) -> Rows:
    reader: Any = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return {"/".join(row[column] for column in key): row for row in reader}


def _columns(old: dict[str, str], new: dict[str, str]) -> dict[str, list[str]]:
    """Columns that differ; one that only one of them has counts where it is filled."""
    both = {name: [old.get(name) or "", new.get(name) or ""] for name in dict.fromkeys([*old, *new])}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}
