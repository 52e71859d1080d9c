"""Making a release: the package of the day, its hash, and what changed since the last."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from models_catalog.models import Release
from models_catalog.queries.changes import last_decided
from models_catalog.queries.moment import one_moment
from models_catalog.queries.version import version
from models_catalog.releases.differences import Changes, counts_of, differences
from models_catalog.releases.edition import Edition
from models_catalog.releases.package import members, packed


class NothingChanged(ValueError):
    """The registry is as the last release has it."""


def make_release(*, day: date | None = None) -> Release:
    """Freeze the registry as it is. `day` dates it, today if not given.

    Raises `NothingChanged` where no row differs from the last release.
    """
    with one_moment(), transaction.atomic():
        return _made(day)


def _made(day: date | None) -> Release:
    with connection.cursor() as cursor:
        # One at a time. The moment is that of the first query after it: rows that come in later are in the next.
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
    """When the registry was as this transaction sees it, by the clock that dates its history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        begun: datetime = cursor.fetchone()[0]
    changed = version().changed
    return max(begun, changed + timedelta(microseconds=1)) if changed else begun


def day_of_the_data() -> date:
    """The day of the newest decision: dates a first release alike wherever the same fixtures are loaded."""
    newest = last_decided()
    return timezone.localdate(newest) if newest else timezone.localdate()


def unpacked(package: bytes) -> dict[str, bytes]:
    """The files of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
