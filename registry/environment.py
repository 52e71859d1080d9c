"""Typed access to environment variables: the only outside input of the settings."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
NOT_FROM_A_FILE = {"DEBUG"}
"""Variables that are ignored in a `.env` file, since production may have one; a command sets them for itself."""


def read_dotenv(path: Path) -> dict[str, str]:
    """The KEY=VALUE pairs of a file such as `.env`; empty if there is no such file."""
    if not path.is_file():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text("utf-8").splitlines() if _is_pair(line))
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def _is_pair(line: str) -> bool:
    return "=" in line and not line.lstrip().startswith("#")


class Environment:
    """Variables by name and type. The process's environment wins over the `.env` file."""

    def __init__(self, variables: Mapping[str, str] | None = None, dotenv: Path | None = None) -> None:
        given = os.environ if variables is None else variables
        filed = read_dotenv(dotenv) if dotenv else {}
        self.passed_over = sorted(NOT_FROM_A_FILE & filed.keys())
        self._variables = {name: text for name, text in filed.items() if name not in NOT_FROM_A_FILE} | dict(
            given
        )

    def text(self, name: str, default: str = "") -> str:
        """The variable, stripped; the default if it is unset or empty."""
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """A boolean. ImproperlyConfigured for anything but yes or no."""
        value = self.text(name).lower()
        if name not in self._variables or not value:
            return default
        if value not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
        return value in TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number from 0. ImproperlyConfigured for anything else."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        """The items of a comma-separated list, without empty ones."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]
