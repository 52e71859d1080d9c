"""System checks of each PostgreSQL server, run before migrations."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from registry.grants import may_forge

OLDEST = 15


@register(Tags.database)
def database_is_fit(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Errors for a server that is too old, or a database whose character type is not Unicode."""
    return [error for alias in databases or [] for error in _errors(alias)]


@register(Tags.database)
def history_is_safe(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning if the role that serves could write history itself, as in a database with a single role."""
    if (
        settings.TESTING
        or settings.DATABASE_AS_OWNER
        or "default" not in (databases or [])
        or not may_forge("default")
    ):
        return []
    return [
        Warning(
            "The role that the site serves with owns the history, and could forge it.",
            hint="Make two roles with deploy/roles.sql, set DATABASE_OWNER_URL for the commands, and migrate "
            "(docs/operations.md, “Two roles”).",
            id="registry.W001",
        )
    ]


def _errors(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return [Error("The site runs on PostgreSQL and nothing else.", id="registry.E001")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, datctype, pg_encoding_to_char(encoding) "
            "FROM pg_database WHERE datname = current_database()"
        )
        major, ctype, encoding = cursor.fetchone()
    return list(complaints(major, ctype, encoding))


def complaints(major: int, ctype: str, encoding: str) -> list[CheckMessage]:
    """Errors for a database of this major version, LC_CTYPE and encoding."""
    found: list[CheckMessage] = []
    if major < OLDEST:
        found.append(
            Error(f"PostgreSQL {major} is too old: {OLDEST} or later is needed.", id="registry.E002")
        )
    if ctype in {"C", "POSIX"} or encoding != "UTF8":
        found.append(
            Error(
                f"The database has LC_CTYPE {ctype} and encoding {encoding}, in which a search in Chinese finds nothing.",
                hint="Make another: CREATE DATABASE baimo TEMPLATE template0 ENCODING 'UTF8' "
                "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';",
                id="registry.E003",
            )
        )
    return found
