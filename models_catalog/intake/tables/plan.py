"""The planned result of a table import, row by row, with notes for people and programs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_catalog.fields.describe import as_written, said_words
from models_catalog.intake.tables.rows import MAX_CELL
from models_catalog.models import Entry, Source
from models_catalog.models.vocabulary import Basis, DeveloperKind, Field
from models_catalog.text.names import fold


class Code(StrEnum):
    """The reason for a note."""

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
    DEVELOPER = "developer-not-read"
    UNDISCLOSED = "declared-undisclosed"
    ERROR = "error-value"
    TOO_LONG = "row-too-long"
    SEVERAL = "several-models"
    COVERED = "covered"
    DOUBTFUL = "doubtful"
    COLUMN = "column-not-read"
    NEW_DEVELOPER = "new-developer"
    MENDED = "mended"
    REJECTED = "rejected-before"
    AGREES = "agrees"

    @classmethod
    def of(cls, field: Field) -> Code:
        """Return the code for a cell that gives no number for this field."""
        return cls[field.name]


_TAKEN = {Code.UNDISCLOSED, Code.COVERED, Code.NEW_DEVELOPER, Code.AGREES}
"""Notes about values that are taken, or that add nothing."""


@dataclass(frozen=True)
class Note:
    """A note about a cell; `value` is what the cell was read as."""

    code: Code
    text: str
    cell: str = ""
    value: str = ""
    is_taken: bool = False
    """Whether the value is taken in spite of the note."""

    @property
    def leaves_out(self) -> bool:
        """Whether some of the cell's content is left out."""
        return self.code not in _TAKEN and not self.is_taken


NEW = "new"
"""Decision: the row describes a new entry."""
LEAVE = "leave"
"""Decision: leave the row out."""
SAME_AS_LINE = "line-"
"""Decision prefix: the row describes the same model as the row whose key follows."""
SPLIT = "split"
"""Decision: the row's cell names several models, each of which becomes a row."""
FEWEST, MOST = 20, 500
"""Bounds of the chunk size (a tenth of all rows), after which progress is reported."""

Row = TypeVar("Row")
Report = Callable[[int], None]
"""Progress callback: rows done so far."""


class Fate(StrEnum):
    """The outcome of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class PlannedClaim:
    """A claim that a row makes, with the words and their place in the file.

    `evidence` is set for a row of a table of claims: all columns of its evidence, in an article or added by a curator.
    """

    field: Field
    value: dict[str, Any]
    words: str
    line: int
    start: int
    evidence: dict[str, Any] | None = None
    is_cut: bool = False
    """Whether the quotation is shorter than the cell's words."""
    agrees: bool = False
    """Whether the registry already has the value: the file becomes one more source of it."""
    is_mended: bool = False
    """Whether a curator corrected the cell: the file does not say the value."""
    reasons: tuple[str, str] | None = None
    """In Chinese and English, why the words mean the value, if a curator said so; it is then inferred."""

    @property
    def said(self) -> str:
        """The value in the reader's language, followed by the file's words if they differ."""
        words = f"{self.words}…" if self.is_cut else self.words
        return as_written(said_words(self.field, {**(self.evidence or {}), **self.value}), words)

    @property
    def meant(self) -> Any:
        """The value for comparison; for names and new developers, the folded words."""
        words = self.value.get("new_developer") or self.value.get("text")
        return fold(words) if words else self.value

    def is_among(self, others: Iterable[PlannedClaim]) -> bool:
        return any(self.field == other.field and self.meant == other.meant for other in others)

    @property
    def shown(self) -> str:
        return f"{self.field.label}{_(': ')}{self.said}"

    def columns(self, file: Source | None) -> dict[str, Any]:
        """Return the claim's columns except entry and value; `file` is the source that represents the file."""
        if self.evidence is not None:
            return self.evidence
        zh, en = self.reasons or ("", "")
        return {
            "source": file, "line": self.line, "start": self.start, "end": self.start + len(self.words),
            "quotation": self.words, "stated": self.words, "reason_zh": zh, "reason_en": en,
            "basis": Basis.INFERRED if self.reasons else Basis.STATED,
        }  # fmt: skip


def key_of(line: int, part: int) -> str:
    return f"{line}.{part}" if part else str(line)


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
    makers: list[str] = field(default_factory=list)
    """The makers that `developer` names, in order."""
    new_developers: dict[str, DeveloperKind] = field(default_factory=dict)
    """Makers not yet in the registry → their kind."""
    near_developers: dict[str, list[str]] = field(default_factory=dict)
    """New makers → labels of developers with similar names, which may be the same."""
    claims: list[PlannedClaim] = field(default_factory=list)
    """The claims it adds; for an existing entry, those that it does not have yet."""
    read: list[PlannedClaim] = field(default_factory=list)
    """Everything that its cells state, including what the registry already has."""
    changes: list[str] = field(default_factory=list)
    """The differences from the existing claim, as `column: old → new`."""
    effects: list[str] = field(default_factory=list)
    """The effect of its claims on the columns of an existing model, as `column: old → new` (see `preview`)."""
    notes: list[Note] = field(default_factory=list)
    alike: list[Entry] = field(default_factory=list)
    """Entries with this name, or a similar one by the same maker: possibly the same model."""
    twins: list[PlannedRow] = field(default_factory=list, repr=False)
    """Earlier rows with a similar name by the same maker: possibly the same model."""
    part: int = 0
    """Its number among the models of its line, from 1, if a curator had the line taken apart."""
    several: list[str] = field(default_factory=list)
    """The names of several models that its name may consist of."""
    joins: str = ""
    """The key of the earlier row whose new entry this row also describes; "" if none."""
    is_answered: bool = False
    """Whether the curator, or name and maker, settled which of `alike` and `twins` it is, if any."""

    def note(self, code: Code, text: str, cell: str = "", value: str = "", *, is_taken: bool = False) -> None:
        self.notes.append(Note(code, text, cell, value, is_taken))

    @property
    def key(self) -> str:
        """Its line, followed by its part if it is one: the key of decisions about it."""
        return key_of(self.line, self.part)

    @property
    def order(self) -> int:
        """Its place in the file; a cell that is read has fewer than `MAX_CELL` parts."""
        return self.line * MAX_CELL + self.part

    @property
    def left_out(self) -> list[Note]:
        """Notes about content that the plan leaves out."""
        return [note for note in self.notes if note.leaves_out]

    @property
    def adds(self) -> list[PlannedClaim]:
        """The claims that are new to the entry."""
        return [claim for claim in self.claims if not claim.agrees]

    @property
    def agreement(self) -> str:
        """A sentence naming the fields for which the file becomes one more source; "" if there are none."""
        fields = dict.fromkeys(str(claim.field.label) for claim in self.claims if claim.agrees)
        return _("one more source of: %(fields)s") % {"fields": _(", ").join(fields)} if fields else ""

    @property
    def is_question(self) -> bool:
        """Whether the row may be the same model as another, or name several."""
        return bool(self.alike or self.twins or self.several or self.part)

    @property
    def is_open(self) -> bool:
        """Whether a curator still has to decide that."""
        return self.is_question and not self.is_answered


def told_too_long() -> str:
    """Return the reason for refusing a row with a cell that `is_long`."""
    return _("a cell has more than %(most)s characters: it is none that its column asks for") % {
        "most": f"{MAX_CELL:,}"
    }


def told_left() -> str:
    """Return the reason for leaving out a row that the curator left out."""
    return _("left out, as decided here")


def told(row: PlannedRow, entry: Entry | None = None) -> dict[str, Any]:
    """Return the row as plain data, for the preview and for applied imports; `entry` is the entry of a new row."""
    entry = row.entry or entry
    return {
        "line": row.line, "key": row.key, "name": row.name[:120], "developer": row.developer[:120], "fate": row.fate.value,
        "reason": row.reason, "entry": entry.pk if entry else None,
        "entry_name": row.entry.called if row.entry else row.name[:120] if entry else "",
        "claims": [claim.shown for claim in row.adds], "agrees": row.agreement, "changes": row.changes, "effects": row.effects,
        "new_developers": [f"{name} ({kind.label})" for name, kind in row.new_developers.items()],
        "near_developers": [
            _("%(new)s: new developer; near %(known)s") % {"new": new, "known": _(", ").join(known)}
            for new, known in row.near_developers.items()
        ],
        "notes": [note.text for note in row.left_out], "doubts": [note.text for note in row.notes if note.is_taken],
        "is_question": row.is_question, "is_open": row.is_open, "joins": row.joins,
    }  # fmt: skip


_WORDS = (
    "reason", "claims", "agrees", "changes", "effects", "new_developers", "near_developers", "notes", "doubts",
)  # fmt: skip
"""The keys of `told` whose values are translated text."""


def words_of(row: PlannedRow) -> dict[str, Any]:
    """Return the texts of the row, in the language it was planned in."""
    found = told(row)
    return {name: found[name] for name in _WORDS}


def in_language(row: dict[str, Any]) -> dict[str, Any]:
    """Return an applied row in the reader's language; older imports have only that of the user who applied them."""
    return {**row, **row.get("in", {}).get(get_language() or "", {})}


def fingerprint(rows: list[PlannedRow]) -> str:
    """Return a hash of the plan, to check that what is applied is what the preview showed."""
    parts = [
        f"{row.key}|{row.fate}|{row.slug}|{row.entry and row.entry.pk}|{row.changes}|{row.new_developers}|{row.is_open}|{row.joins}|"
        + "|".join(f"{claim.field}{claim.value}{claim.words}" for claim in row.claims)
        for row in rows
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    size = min(max(len(rows) // 10, FEWEST), MOST)
    return (rows[first : first + size] for first in range(0, len(rows), size))


def unheard(done: int) -> None:
    """Progress callback that does nothing."""
