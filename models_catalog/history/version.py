"""The state of the registry that a response shows: a name that changes with every published row, and its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections, router

from models_catalog.models import EVENT_MODELS, Entry

NEWEST = 100
"""Latest events per history that the name depends on: enough to include one committed after later ids."""


@dataclass(frozen=True)
class Version:
    """`name` differs between any two states of rows or code; `changed` is the time of the newest change of a row."""

    name: str
    changed: datetime | None


def version() -> Version:
    """The current state, in the database that the router gives this request.

    Call it before reading rows: then a response may be newer than its name, never older.
    """
    return version_at(router.db_for_read(Entry))


def version_at(alias: str) -> Version:
    """The current state of a database."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_sql())
        changed, numbers = cursor.fetchone()
    text = f"{code()} {changed} {numbers}"
    return Version(sha256(text.encode()).hexdigest()[:32], changed)


@cache
def _sql() -> str:
    """A query for one row: the time of the newest change; the sum of `catalog_change`, and of the newest ids of each
    history.

    The weights in `catalog_change` miss no commit, but do not cover figures and omissions, and have no dates.
    """
    tables = (model._meta.db_table for model in EVENT_MODELS.values())
    newest = " UNION ALL ".join(
        f"SELECT {place} AS place, sum(pgh_id) AS numbers, max(pgh_created_at) AS at FROM"  # noqa: S608  # our own tables
        f" (SELECT pgh_id, pgh_created_at FROM {table} ORDER BY pgh_id DESC LIMIT {NEWEST}) AS h{place}"
        for place, table in enumerate(tables)
    )
    weight = "SELECT -1 AS place, sum(weight) AS numbers, NULL::timestamptz AS at FROM catalog_change"
    return f"SELECT max(at), array_agg(numbers ORDER BY place) FROM ({weight} UNION ALL {newest}) AS states"  # noqa: S608  # as above


CODE = ("models_catalog", "registry", "templates", "static", "locale")
"""Folders whose files may affect a response: code, translations, templates, static files with hashed names."""


@cache
def code() -> str:
    """A hash of the deployed code and its locked libraries, since other code may render the same rows differently."""
    base: Path = settings.BASE_DIR
    found = (path for folder in CODE for path in base.joinpath(folder).rglob("*"))
    files = [path for path in found if path.is_file() and path.suffix not in (".pyc", ".po")]
    digest = sha256()
    for path in sorted([*files, *base.glob("requirements*.lock")]):
        digest.update(f"{path.relative_to(base)} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
