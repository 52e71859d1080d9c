"""Which state of the registry a package holds, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Edition:
    """A numbered release of a day, or (number 0) the current state."""

    number: int
    day: date

    @property
    def name(self) -> str:
        return f"baimo-{self.number}-{self.day}" if self.number else "baimo"

    @property
    def format(self) -> int:
        """How its README and descriptor are written.

        Every fresh site makes release 1 anew, and it must have the bytes that it has elsewhere: its format is the
        first for good (docs/decisions/0013). The second describes the columns of `vocabularies.csv`.
        """
        return 1 if self.number == 1 else 2
