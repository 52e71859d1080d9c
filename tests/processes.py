"""Programs that a test starts: what they see of the environment, and what they say."""

import os
import sys
from pathlib import Path

from django.conf import settings

KEPT = ("PATH", "HOME", "TMPDIR", "LANG")


def clean(**variables: str | Path) -> dict[str, str]:
    """An environment of these variables and where programs are; nothing of the caller's, also not of a .env."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONUTF8": "1",
        "ENV_FILE": "/dev/null",
        **{name: str(value) for name, value in variables.items()},
    }


def python(*arguments: str | Path) -> list[str]:
    """A command of Python whose output comes line by line, also through a pipe."""
    return [sys.executable, "-u", *map(str, arguments)]


def manage(*arguments: str | Path) -> list[str]:
    """A command of manage.py."""
    return python(settings.BASE_DIR / "manage.py", *arguments)
