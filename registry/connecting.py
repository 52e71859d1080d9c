"""DATABASES entries from PostgreSQL URLs, with timeouts that also hold behind a pooler or proxy."""

from dataclasses import dataclass
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

WORK_MEM = "32MB"
"""PostgreSQL `work_mem`. With less, the bitmap scan of the search index becomes lossy and rechecks every row."""

DIRECT = "catalog.direct"
"""A setting that is on if PostgreSQL received our connection options: a pooler does not pass them on."""


@dataclass(frozen=True)
class Limits:
    """Timeouts (0 means none) and lifetime of each connection."""

    statement_ms: int
    lock_ms: int
    kept_seconds: int

    def database(self, url: str) -> dict[str, Any]:
        """A DATABASES entry for a PostgreSQL URL. ImproperlyConfigured for any other URL."""
        return self.bounded(_parsed(url))

    def bounded(self, parsed: dict[str, Any]) -> dict[str, Any]:
        """The same entry with timeouts, persistent connections, and a health check per request."""
        limits = (
            f"-c statement_timeout={self.statement_ms} -c lock_timeout={self.lock_ms} -c work_mem={WORK_MEM}"
        )
        return self._kept(parsed, {"options": f"{limits} -c {DIRECT}=on"})

    def pooled(self, url: str) -> dict[str, Any]:
        """An entry for a pooler in transaction mode: no connection options and no server-side cursors.

        The timeouts then have to be set on the database role (`why_unfit`).
        """
        return self._kept(_parsed(url), {}) | {"DISABLE_SERVER_SIDE_CURSORS": True}

    def _kept(self, parsed: dict[str, Any], more: dict[str, str]) -> dict[str, Any]:
        options = {"connect_timeout": 2, **more, **parsed.get("OPTIONS", {})}
        within = self.statement_ms / 1_000 + 0.5 if self.statement_ms else None
        kept = {"CONN_MAX_AGE": self.kept_seconds, "CONN_HEALTH_CHECKS": True}
        return {**parsed, **kept, "OPTIONS": options, "ANSWER_WITHIN": within}

    def why_unfit(self, alias: str = DEFAULT_DB_ALIAS) -> str:
        """Why the timeouts do not hold on the site's connections; "" if they do, or the database is unreachable."""
        try:
            direct, statement, lock, role, name = _settings_of(alias)
        except DatabaseError:
            return ""
        if not connections[alias].settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return "" if direct else _HIDDEN
        if (statement, lock) == (self.statement_ms, self.lock_ms):
            return ""
        of = f'ALTER ROLE "{role}" IN DATABASE "{name}" SET'
        told = {"statement_timeout": self.statement_ms, "lock_timeout": self.lock_ms, "work_mem": WORK_MEM}
        return _UNBOUNDED + " ".join(f"{of} {limit} = '{value}';" for limit, value in told.items())


_HIDDEN = (
    "A pooler stands before the database and keeps our limits of time from it: put its address into "
    "DATABASE_POOLER_URL, and PostgreSQL's own into DATABASE_URL."
)
_UNBOUNDED = "Through the pooler no limit of time holds. Run this, then RECONNECT in the pooler: "


def _settings_of(alias: str) -> tuple[str | None, int, int, str, str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), (SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'),"
            " (SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'), current_user, current_database()",
            [DIRECT],
        )
        found: tuple[str | None, int, int, str, str] = cursor.fetchone()
    return found


def _parsed(url: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL, DATABASE_POOLER_URL or REPLICA_URLS holds something that is no URL."
        ) from error
    if parsed["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://: the site runs on nothing else."
        )
    return {**parsed, "ENGINE": "registry.patient"}
