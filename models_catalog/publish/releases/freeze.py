"""Making a release: the package of the day, its hash, and the changes since the last release by row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils import timezone

from models_catalog.history.as_of import one_moment
from models_catalog.history.changes import last_decided
from models_catalog.history.version import version
from models_catalog.models import Release
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.package import members, packed
from models_catalog.publish.tables import TABLES


class TableChanges(TypedDict):
    """Keys of rows, with their parts joined by `/`. Changed rows map each column that differs to [before, now]."""

    added: list[str]
    removed: list[str]
    changed: dict[str, dict[str, list[str]]]


Changes = dict[str, TableChanges]
Rows = dict[str, dict[str, str]]


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> Changes:
    """Differences between the files of two packages, by table; tables without any are left out."""
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
    """Number of rows in each table of a package; older packages lack tables that were added later."""
    named = {table.name: (f"data/{table.name}.csv", table.key) for table in TABLES}
    return {name: len(_rows(files[path], key)) for name, (path, key) in named.items() if path in files}


def _rows(content: bytes, key: Sequence[str]) -> Rows:
    reader: Any = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return {"/".join(row[column] for column in key): row for row in reader}


def _columns(old: dict[str, str], new: dict[str, str]) -> dict[str, list[str]]:
    """Columns that differ; a column that only one row has counts if it is filled."""
    both = {name: [old.get(name) or "", new.get(name) or ""] for name in dict.fromkeys([*old, *new])}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


class NothingChanged(ValueError):
    """The registry is the same as in the last release."""


def make_release(*, day: date | None = None) -> Release:
    """Freeze the current registry as a new release, dated `day` (today by default).

    Raises `NothingChanged` if no row differs from the last release.
    """
    with one_moment(), transaction.atomic():
        return _made(day)


def _made(day: date | None) -> Release:
    with connection.cursor() as cursor:
        # One release at a time. The snapshot begins with the next query: rows that arrive later are in the next
        # release.
        cursor.execute("LOCK TABLE models_catalog_release IN SHARE ROW EXCLUSIVE MODE")
    last = Release.objects.order_by("-number").first()
    edition = Edition(number=last.number + 1 if last else 1, day=day or timezone.localdate())
    files = members(edition)
    changes: Changes = differences(unpacked(bytes(last.package)), files) if last else {}
    if last and not changes:
        raise NothingChanged(f"Nothing has changed since release {last.number} of {last.day}.")
    package = packed(files, edition.day)
    return Release.objects.create(
        number=edition.number,
        day=edition.day,
        sha256=sha256(package).hexdigest(),
        size=len(package),
        counts=counts_of(files),
        changes=changes,
        package=package,
        created_at=_moment(),
    )


def _moment() -> datetime:
    """The moment of the state that this transaction sees, by the clock of the change history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        begun: datetime = cursor.fetchone()[0]
    changed = version().changed
    return max(begun, changed + timedelta(microseconds=1)) if changed else begun


def day_of_the_data() -> date:
    """The day of the newest review; it gives a first release the same date wherever the same fixtures are loaded."""
    newest = last_decided()
    return timezone.localdate(newest) if newest else timezone.localdate()


def unpacked(package: bytes) -> dict[str, bytes]:
    """The files of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
