"""Which state of the registry a package holds, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FORMAT = 2
"""How README and descriptor are written. Releases are carried as bytes, so that only later ones follow a change of it."""


@dataclass(frozen=True)
class Edition:
    """A numbered release of a day, or (number 0) the current state."""

    number: int
    day: date

    @property
    def name(self) -> str:
        return f"baimo-{self.number}-{self.day}" if self.number else "baimo"
