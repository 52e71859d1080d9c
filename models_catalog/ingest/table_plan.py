"""What importing a table would do, row by row: the shape of a plan, whatever a row of the table is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from models_catalog.models import Entry, Source
from models_catalog.models.vocabulary import Field

NEW = "new"
"""What a curator decides about a row that speaks of no entry yet."""
FEWEST, MOST = 20, 500
"""Rows that are worked on before it is said how far it went: a tenth of all, within these bounds."""

Row = TypeVar("Row")
Report = Callable[[int], None]
"""Is told how many rows are done."""


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class PlannedClaim:
    """A claim that a row makes, with the words in their place in the file.

    `evidence` has the columns of a claim that stands elsewhere: in an article, or on curators' knowledge.
    """

    field: Field
    value: dict[str, Any]
    words: str
    line: int
    start: int
    evidence: dict[str, Any] | None = None

    @property
    def shown(self) -> str:
        return f"{self.field.label}: {self.words}"

    def columns(self, file: Source | None) -> dict[str, Any]:
        """Columns of the claim but for its entry and its value, `file` being the source that the file is."""
        if self.evidence is not None:
            return self.evidence
        return {
            "source": file, "line": self.line, "start": self.start, "end": self.start + len(self.words),
            "quotation": self.words, "stated": self.words,
        }  # fmt: skip


@dataclass
class PlannedRow:
    """One row of the file and what importing it does."""

    line: int
    name: str
    developer: str
    fate: Fate = Fate.NEW
    reason: str = ""
    entry: Entry | None = None
    slug: str = ""
    new_developer: str = ""
    claims: list[PlannedClaim] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    """How a claim differs from the one that is there, as `column: old → new`."""
    notes: list[str] = field(default_factory=list)
    alike: list[Entry] = field(default_factory=list)
    """Entries with one of this row's names, which may be the same model."""


def fingerprint(rows: list[PlannedRow]) -> str:
    """The plan in one word, so that what is applied is what was shown."""
    parts = [
        f"{row.line}|{row.fate}|{row.slug}|{row.entry and row.entry.pk}|{row.changes}|"
        + "|".join(f"{claim.field}{claim.value}{claim.words}" for claim in row.claims)
        for row in rows
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    size = min(max(len(rows) // 10, FEWEST), MOST)
    return (rows[first : first + size] for first in range(0, len(rows), size))


def unheard(done: int) -> None:
    """Report to nobody."""
