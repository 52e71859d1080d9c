"""From the address of a PostgreSQL to an entry of DATABASES, with limits of time that hold whatever stands between."""

from dataclasses import dataclass
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

WORK_MEM = "32MB"
"""What a statement may sort and note in memory. A search that notes pages instead of rows has to read each row of theirs anew."""

DIRECT = "catalog.direct"
"""Is on for a connection that PostgreSQL itself heard us ask for: a pooler passes no options on."""


@dataclass(frozen=True)
class Limits:
    """What the site asks of each connection; times in thousandths of a second, 0 is no limit."""

    statement_ms: int
    lock_ms: int
    kept_seconds: int

    def database(self, url: str) -> dict[str, Any]:
        """An entry of DATABASES for a PostgreSQL. ImproperlyConfigured for anything else."""
        return self.bounded(_parsed(url))

    def bounded(self, parsed: dict[str, Any]) -> dict[str, Any]:
        """The same connection with time limits, kept by its thread, and tried before each request that uses it."""
        limits = (
            f"-c statement_timeout={self.statement_ms} -c lock_timeout={self.lock_ms} -c work_mem={WORK_MEM}"
        )
        return self._kept(parsed, {"options": f"{limits} -c {DIRECT}=on"})

    def pooled(self, url: str) -> dict[str, Any]:
        """The same through a pooler, where a connection may be another one with each transaction: nothing is left on it.

        The limits are then the role's own (`why_unfit`).
        """
        return self._kept(_parsed(url), {}) | {"DISABLE_SERVER_SIDE_CURSORS": True}

    def _kept(self, parsed: dict[str, Any], more: dict[str, str]) -> dict[str, Any]:
        options = {"connect_timeout": 2, **more, **parsed.get("OPTIONS", {})}
        within = self.statement_ms / 1_000 + 0.5 if self.statement_ms else None
        kept = {"CONN_MAX_AGE": self.kept_seconds, "CONN_HEALTH_CHECKS": True}
        return {**parsed, **kept, "OPTIONS": options, "ANSWER_WITHIN": within}

    def why_unfit(self, alias: str = DEFAULT_DB_ALIAS) -> str:
        """Why the limits do not hold on the connections that the site serves with; "" if they do, or nobody answers."""
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
