"""Environment of `manage.py`: commands that connect as the owner, and one sentence for what keeps a command from running."""

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
"""Commands that need rights which the site's role lacks, or lacks until `migrate` has granted them."""

UPGRADE = "`manage.py migrate` or `make run` brings it up to date."


def prepare(command: str) -> None:
    """Set the environment variables that the settings of this command are read from."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    if command in OF_THE_OWNER:
        os.environ.setdefault("DATABASE_AS_OWNER", "1")
    if command != "runserver":
        # No statement timeout for commands: only web requests are cut off. The lock timeout stays, so that a
        # migration gives up instead of queueing every reader behind itself.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
        os.environ.setdefault("DATABASE_LOCK_TIMEOUT_MS", "4000")
        os.environ["DATABASE_POOLER_URL"] = ""  # commands hold locks and settings beyond one transaction
    sys.excepthook = explain  # the prompt of `shell` calls it too


def explain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print one sentence for wrong settings or a database older than the code; otherwise print the traceback."""
    why = _unfit(error)
    if why:
        sys.stderr.write(f"{why}\n")
    else:
        sys.__excepthook__(kind, error, trace)


def _unfit(error: BaseException) -> str:
    """The reason if the error comes from wrong settings or a database that does not fit the code; else ""."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    if isinstance(error, ImproperlyConfigured) and not settings.configured:
        return str(error)
    from django.db import ProgrammingError  # these need settings
    from django.db.migrations.exceptions import NodeNotFoundError

    if not isinstance(error, ProgrammingError | NodeNotFoundError):
        return ""
    from registry.health import OLDER, why_not_ready

    why = why_not_ready()
    return f"{why} {UPGRADE}" if why.startswith(OLDER) else why
