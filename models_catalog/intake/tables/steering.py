"""What a curator said about an import that its file leaves open: the unit of sizes, words, and new makers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext, override

from models_catalog.intake.tables.plan import Code, PlannedRow
from models_catalog.intake.tables.words import narrow
from models_catalog.models import Developer, ImportBatch, Sector
from models_catalog.models.vocabulary import Category, DeveloperKind, Field, Kind, Modality, Openness
from models_catalog.text.names import fold

NOTHING: Final = "-"
"""Answer: the words say nothing that is to be taken."""
_VOCABULARIES: Final[Mapping[Field, type[TextChoices]]] = {
    Field.OPENNESS: Openness, Field.MODALITY: Modality, Field.KIND: Kind,
}  # fmt: skip
ASKED: Final = (Field.SECTOR, *_VOCABULARIES)
"""The fields whose words a curator can give a meaning."""


@dataclass(frozen=True)
class Given:
    """The value that a curator gave words, and the reason in both languages."""

    field: Field
    value: dict[str, Any]
    reasons: tuple[str, str]


@dataclass(frozen=True)
class Steering:
    """The curator's answers, as `ImportBatch.options` keeps them."""

    kind: DeveloperKind = DeveloperKind.AI_COMPANY
    """Kind of new makers whose names tell none."""
    unit: int | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field → words → slug or word of the vocabulary, or `NOTHING`."""
    makers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Folded name → `name`, `kind`, and what it is: `developer` (a slug), `as` (another new maker), or `is_new`."""

    @classmethod
    def of(cls, batch: ImportBatch) -> Steering:
        said = batch.options
        kind = DeveloperKind(said.get("developer_kind", DeveloperKind.AI_COMPANY))
        return cls(kind, int(said.get("unit") or 0) or None, said.get("words", {}), said.get("makers", {}))

    def answer(self, of: Field, words: str) -> str:
        """Return what the curator said of unknown words; "" if nothing."""
        return self.words.get(of.value, {}).get(narrow(words), "")

    def given(self, of: Field, words: str, sectors: Mapping[str, Sector]) -> Given | None:
        """Return the value that the curator gave the words; None if there is none."""
        answer = self.answer(of, words)
        if of == Field.SECTOR and answer in Category.values:
            return Given(Field.CATEGORY, {"token": answer}, _reasons(words, Category(answer)))
        if of == Field.SECTOR and (sector := sectors.get(fold(answer))):
            return Given(of, {"sector": sector}, _reasons(words, sector))
        vocabulary = _VOCABULARIES.get(of)
        if vocabulary and answer in vocabulary.values:
            return Given(of, {"token": answer}, _reasons(words, vocabulary(answer)))
        return None

    def maker(self, name: str) -> Mapping[str, str]:
        """Return what the curator said of a new maker."""
        return self.makers.get(fold(name), {})

    def called(self, name: str) -> str:
        """Return the name of the new maker that `name` is another spelling of, else `name`."""
        for _step in self.makers:  # no more steps than answers, should these go in a circle
            if not (other := self.maker(name).get("as", "")):
                break
            name = other
        return name

    def spellings(self, developers: Mapping[str, Developer]) -> Iterator[tuple[str, Developer]]:
        """Yield the names that the curator took for developers of the registry, given by slug and folded name."""
        by_slug = {row.slug: row for row in developers.values()}
        for key in self.makers:
            name = self.called(key)
            row = by_slug.get(self.maker(name).get("developer", "")) or developers.get(fold(name))
            if row and key not in developers:
                yield key, row


def _reasons(words: str, meant: TextChoices | Sector) -> tuple[str, str]:
    zh, en = (_reason(language, words, meant) for language in ("zh-hans", "en"))
    return zh, en


def _reason(language: str, words: str, meant: TextChoices | Sector) -> str:
    with override(language):
        said = gettext("While importing, the curator read “%(words)s” as: %(meant)s")
        return said % {"words": words[:40], "meant": meant.label}


@dataclass
class NewMaker:
    """A maker that the registry lacks, with its proposed kind, the rows that name it, and developers near it."""

    name: str
    kind: DeveloperKind
    line: int
    rows: int = 0
    near: tuple[str, ...] = ()


def new_makers(rows: Iterable[PlannedRow]) -> list[NewMaker]:
    """Return the makers that the plan would create, those near others first, then by number of rows."""
    found: dict[str, NewMaker] = {}
    for row in rows:
        for name, kind in row.new_developers.items():
            maker = found.setdefault(fold(name), NewMaker(name, kind, row.line))
            maker.rows += 1
            maker.near = maker.near or tuple(row.near_developers.get(name, ()))
    return sorted(found.values(), key=lambda one: (not one.near, -one.rows, one.line))


_CODES: Final = {Code.of(one): one for one in ASKED}


def unknown_words(rows: Iterable[PlannedRow]) -> list[dict[str, Any]]:
    """Return field, words and number of rows of the words that a curator can give a meaning, most frequent first."""
    found: dict[tuple[Field, str], dict[str, Any]] = {}
    for note in (note for row in rows for note in row.notes if note.code in _CODES):
        key = _CODES[note.code], narrow(note.cell)
        asked = found.setdefault(key, {"field": key[0].value, "words": note.cell, "rows": 0})
        asked["rows"] += 1
    return sorted(found.values(), key=lambda one: -one["rows"])


def labels_of(of: Field) -> list[tuple[str, Any]]:
    """Return the answers for words of a field, but for the industries."""
    vocabulary = Category if of == Field.SECTOR else _VOCABULARIES[of]
    return list(vocabulary.choices)
