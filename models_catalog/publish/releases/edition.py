"""The edition of the registry that a package holds, and its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FORMAT = 2
"""Version of the README's and descriptor's format. Releases are kept as bytes, so a change affects later ones only."""


@dataclass(frozen=True)
class Edition:
    """A numbered release of a day, or (number 0) the current state."""

    number: int
    day: date

    @property
    def name(self) -> str:
        return f"baimo-{self.number}-{self.day}" if self.number else "baimo"
