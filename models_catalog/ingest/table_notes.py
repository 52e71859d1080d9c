"""Notes on a row of a table: a code for programs, words for people, and the cell that is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models_catalog.models.vocabulary import Field


class Code(StrEnum):
    """The reason of a note."""

    PARAMETERS = "size-not-read"
    DATE = "date-not-read"
    OPENNESS = "openness-not-read"
    SECTOR = "sector-not-read"
    MODALITY = "modality-not-read"
    KIND = "kind-not-read"
    LINK = "link-not-read"
    PARENT = "parent-not-read"
    CONTEXT_LENGTH = "context-length-not-read"
    NAME = "name-not-read"
    UNDISCLOSED = "declared-undisclosed"
    ERROR = "error-value"
    TOO_LONG = "row-too-long"
    SEVERAL = "several-models"
    COVERED = "covered"
    DOUBTFUL = "doubtful"
    COLUMN = "column-not-read"
    NEW_DEVELOPER = "new-developer"
    REJECTED = "rejected-before"

    @classmethod
    def of(cls, field: Field) -> Code:
        """That a cell gives no number for this field."""
        return cls[field.name]


_TAKEN = {Code.UNDISCLOSED, Code.COVERED, Code.NEW_DEVELOPER}
"""Notes of what is taken, or adds nothing."""


@dataclass(frozen=True)
class Note:
    """What is said of a cell; `value` is what was made of it."""

    code: Code
    text: str
    cell: str = ""
    value: str = ""

    @property
    def leaves_out(self) -> bool:
        """Whether something that the cell says is left out."""
        return self.code not in _TAKEN
