"""What importing a table would do, row by row, with notes for people and programs."""

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
from models_catalog.models.vocabulary import DeveloperKind, Field
from models_catalog.text.names import fold


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
    AGREES = "agrees"

    @classmethod
    def of(cls, field: Field) -> Code:
        """That a cell gives no number for this field."""
        return cls[field.name]


_TAKEN = {Code.UNDISCLOSED, Code.COVERED, Code.NEW_DEVELOPER, Code.AGREES}
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


NEW = "new"
"""What a curator decides about a row that speaks of no entry yet."""
LEAVE = "leave"
"""What a curator decides about a row that is to stay out."""
SAME_AS_LINE = "line-"
"""What a curator decides about a row that speaks of the model of an earlier row, before the number of its line."""
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
    is_cut: bool = False
    """Whether the cell says more than the quotation may hold."""
    agrees: bool = False
    """Whether the registry says so already: the file becomes one more source of it."""

    @property
    def said(self) -> str:
        """The value in the reader's language, and the words of the file where these are others."""
        words = f"{self.words}…" if self.is_cut else self.words
        return as_written(said_words(self.field, {**(self.evidence or {}), **self.value}), words)

    @property
    def meant(self) -> Any:
        """The value; of a name, and of a developer that is new, its folded words."""
        words = self.value.get("new_developer") or self.value.get("text")
        return fold(words) if words else self.value

    def is_among(self, others: Iterable[PlannedClaim]) -> bool:
        return any(self.field == other.field and self.meant == other.meant for other in others)

    @property
    def shown(self) -> str:
        return f"{self.field.label}{_(': ')}{self.said}"

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
    makers: list[str] = field(default_factory=list)
    """Who `developer` names, in order."""
    new_developers: dict[str, DeveloperKind] = field(default_factory=dict)
    """Makers that nobody knows yet, and of which kind they would be."""
    near_developers: dict[str, list[str]] = field(default_factory=dict)
    """Those of them that may be another developer, written otherwise: the labels of such ones."""
    claims: list[PlannedClaim] = field(default_factory=list)
    """What it brings: of an entry that is there, what no claim says yet."""
    read: list[PlannedClaim] = field(default_factory=list)
    """All that its cells say, whether the registry has it already or not."""
    changes: list[str] = field(default_factory=list)
    """How a claim differs from the one that is there, as `column: old → new`."""
    effects: list[str] = field(default_factory=list)
    """What its claims do to the columns of a model that is there, as `column: old → new` (`import_effects`)."""
    notes: list[Note] = field(default_factory=list)
    alike: list[Entry] = field(default_factory=list)
    """Entries with this row's name, or with a like one by the same maker, which may be the same model."""
    twins: list[PlannedRow] = field(default_factory=list, repr=False)
    """Earlier rows with a like name by the same maker, which may be the same model too."""
    several: list[str] = field(default_factory=list)
    """The models that its name seems to be, if it is the names of several."""
    joins: int = 0
    """The line of the row of whose new entry this row speaks, too."""
    is_answered: bool = False
    """Whether the curator said, or name and maker told, which of `alike` and `twins` it is, or that it is none."""

    def note(self, code: Code, text: str, cell: str = "", value: str = "") -> None:
        self.notes.append(Note(code, text, cell, value))

    @property
    def left_out(self) -> list[Note]:
        """Notes of what the cells say and the plan leaves out."""
        return [note for note in self.notes if note.leaves_out]

    @property
    def adds(self) -> list[PlannedClaim]:
        """The claims that say what no claim says yet."""
        return [claim for claim in self.claims if not claim.agrees]

    @property
    def agreement(self) -> str:
        """Of which of the model's fields the file becomes one more source."""
        fields = dict.fromkeys(str(claim.field.label) for claim in self.claims if claim.agrees)
        return _("one more source of: %(fields)s") % {"fields": _(", ").join(fields)} if fields else ""

    @property
    def is_question(self) -> bool:
        """Whether it may be the same model as another, or several."""
        return bool(self.alike or self.twins or self.several)

    @property
    def is_open(self) -> bool:
        """Whether a curator has to say yet whether it is."""
        return self.is_question and not self.is_answered


def told_too_long() -> str:
    """Why a row is refused of which a cell `is_long`."""
    return _("a cell has more than %(most)s characters: it is none that its column asks for") % {
        "most": f"{MAX_CELL:,}"
    }


def told(row: PlannedRow, entry: Entry | None = None) -> dict[str, Any]:
    """The row in plain words, as it is shown and as an applied import keeps it; `entry` is the one it came to."""
    entry = row.entry or entry
    return {
        "line": row.line, "name": row.name[:120], "developer": row.developer[:120], "fate": row.fate.value,
        "reason": row.reason, "entry": entry.pk if entry else None,
        "entry_name": row.entry.called if row.entry else row.name[:120] if entry else "",
        "claims": [claim.shown for claim in row.adds], "agrees": row.agreement, "changes": row.changes, "effects": row.effects,
        "new_developers": [f"{name} ({kind.label})" for name, kind in row.new_developers.items()],
        "near_developers": [
            _("%(new)s: new developer; near %(known)s") % {"new": new, "known": _(", ").join(known)}
            for new, known in row.near_developers.items()
        ],
        "notes": [note.text for note in row.left_out], "is_question": row.is_question, "is_open": row.is_open, "joins": row.joins,
    }  # fmt: skip


_WORDS = ("reason", "claims", "agrees", "changes", "effects", "new_developers", "near_developers", "notes")
"""What of `told` is words of a language."""


def words_of(row: PlannedRow) -> dict[str, Any]:
    """The words of the row, in the language in which it was planned."""
    found = told(row)
    return {name: found[name] for name in _WORDS}


def in_language(row: dict[str, Any]) -> dict[str, Any]:
    """The row of an applied import in the reader's language; one applied before that was kept, in that of who applied it."""
    return {**row, **row.get("in", {}).get(get_language() or "", {})}


def fingerprint(rows: list[PlannedRow]) -> str:
    """The plan in one word, so that what is applied is what was shown."""
    parts = [
        f"{row.line}|{row.fate}|{row.slug}|{row.entry and row.entry.pk}|{row.changes}|{row.new_developers}|{row.is_open}|{row.joins}|"
        + "|".join(f"{claim.field}{claim.value}{claim.words}" for claim in row.claims)
        for row in rows
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    size = min(max(len(rows) // 10, FEWEST), MOST)
    return (rows[first : first + size] for first in range(0, len(rows), size))


def unheard(done: int) -> None:
    """Report to nobody."""
