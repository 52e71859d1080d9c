"""Commands of `manage.py`: which of them own the database, and one sentence where it was not made for this code."""

import os
import sys
from types import TracebackType

OF_THE_OWNER = {
    "makemigrations",
    "migrate",
    "pgtrigger",
    "release",
    "remove_stale_contenttypes",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
}
"""Commands that read or write what the role of the site may not, or not before `migrate` gave it its rights."""

UPGRADE = "`manage.py migrate` or `make run` brings it up to date."


def prepare(command: str) -> None:
    """Set the environment that this command's settings are read from."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    if command in OF_THE_OWNER:
        os.environ.setdefault("DATABASE_AS_OWNER", "1")
    if command != "runserver":
        # A command may take its time; only a web request is cut off. Waiting for a lock stays bounded, so that a
        # migration gives up instead of queueing every reader behind itself.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
        os.environ.setdefault("DATABASE_LOCK_TIMEOUT_MS", "4000")
        os.environ["DATABASE_POOLER_URL"] = ""  # it holds locks and limits for longer than a transaction
    sys.excepthook = explain  # which the prompt of `shell` asks too


def explain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say which command to run first, where the database is older than the code; else show the traceback."""
    why = _unfit(error)
    if why:
        sys.stderr.write(f"{why}\n")
    else:
        sys.__excepthook__(kind, error, trace)


def _unfit(error: BaseException) -> str:
    """Why the database cannot be what the statement took it for; "" if that is not what the error is about."""
    from django.db import ProgrammingError
    from django.db.migrations.exceptions import NodeNotFoundError

    if not isinstance(error, ProgrammingError | NodeNotFoundError):
        return ""
    from registry.health import OLDER, why_not_ready

    why = why_not_ready()
    return f"{why} {UPGRADE}" if why.startswith(OLDER) else why
