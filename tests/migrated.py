"""A migrated database is kept as a template, so that a run of tests, and each of its processes, copies it instead of migrating anew."""

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

PREFIX = "migrated_"
TURN = 0x74656D70
"""The advisory lock of whoever makes the template."""
MADE_FROM = (
    "models_catalog/migrations/*.py",
    "models_catalog/migrations/sql/*.sql",
    "models_catalog/models/**/*.py",
    "registry/settings.py",
    "requirements*.lock",
)


def digest(checkout: Path) -> str:
    """Of all that decides what a migrated database holds."""
    files = sorted(path for pattern in MADE_FROM for path in checkout.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


class Migrated:
    """The template for this state of the code; the first process that wants it makes it, and the others wait."""

    def __init__(self) -> None:
        self.name = PREFIX + digest(settings.BASE_DIR)
        self.held = ExitStack()

    def begin(self) -> None:
        """Before the test database is made: have it copied, if there is what to copy."""
        self.cursor = self.held.enter_context(connection._nodb_cursor())
        self.cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        self.missing = self.name not in self._kept()
        if not self.missing:
            self._copied()["TEMPLATE"] = self.name
            self.held.close()

    def end(self) -> None:
        """After it was made: keep a copy, and drop those of other states."""
        if not self.missing:
            return
        connection.close()  # what is copied may have no reader
        for name in self._kept():
            self.cursor.execute(f'DROP DATABASE "{name}"')
        self.cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
        self.held.close()

    def _kept(self) -> list[str]:
        self.cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [str(name) for (name,) in self.cursor.fetchall()]

    def _copied(self) -> dict[str, Any]:
        found: dict[str, Any] = connection.settings_dict["TEST"]
        return found
