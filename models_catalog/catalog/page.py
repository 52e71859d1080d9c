"""Data of one page of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.counts import Counts
from models_catalog.catalog.facets import FACETS, NOT, UNSTATED, split
from models_catalog.catalog.rows import EntryRow, References
from models_catalog.fields.declared import DECLARED
from models_catalog.models import Claim, Source
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    EventKind,
    Field,
    Status,
    strongest,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZE = 50
UNSTATED_LABEL = _("Not stated")
UNSTATED_LABELS = {"category": _("Not stated or not applicable")}
"""Labels for facets whose field does not apply to some kinds of entry."""
UNCUT = 10
"""Values of a facet that are shown at once; the others are one click away."""
OFFERED = 60
"""Values of a facet that a page offers. Two thousand developers are better found by name than in a list of boxes."""


@dataclass(frozen=True)
class Mark:
    """A source mark: the small number next to a value. `number` is the article's position, 0 without article."""

    number: int
    key: str
    source: str
    basis: Basis
    is_disputed: bool

    @property
    def text(self) -> str:
        """The article's number, with * for inferred and ? for disputed; ✎ without article."""
        sign = "?" if self.is_disputed else "*" if self.basis == Basis.INFERRED else ""
        return f"{self.number}{sign}" if self.number else "✎"

    @property
    def title(self) -> str:
        parts = [self.source, "" if self.basis == Basis.STATED else str(self.basis.label)]
        return " · ".join(filter(None, [*parts, str(Status.DISPUTED.label) if self.is_disputed else ""]))


PRINTED = tuple(one.field for one in DECLARED if one.field != Field.PARENT)
"""The fields of a row's fingerprint; most models are part of nothing."""


@dataclass(frozen=True)
class ListedRow:
    """One row of the table: the entry, and the source marks of its cells."""

    entry: EntryRow
    marks: Mapping[str, Sequence[Mark]]

    @property
    def fingerprint(self) -> list[tuple[Field, str]]:
        """What is behind each field: `disputed`, a basis, `answered` (no value), or "" for not stated."""
        return [(of, self._behind(of)) for of in PRINTED]

    def _behind(self, of: Field) -> str:
        marks = self.marks.get("released" if of == Field.EVENT else of.value, ())
        if any(mark.is_disputed for mark in marks):
            return Status.DISPUTED.value
        if marks:
            return strongest(mark.basis for mark in marks).value
        return "answered" if of in (*self.entry.undisclosed, *self.entry.not_applicable) else ""

    @property
    def fingerprint_words(self) -> str:
        words = {**dict(Basis.choices), Status.DISPUTED.value: Status.DISPUTED.label, "": UNSTATED_LABEL}
        found = {
            state: [str(of.label) for of, other in self.fingerprint if other == state] for state in words
        }
        told = (
            f"{words[state]}{gettext(': ')}{gettext(', ').join(found[state])}"
            for state in words
            if state in found
        )
        return gettext("; ").join(told)


@dataclass(frozen=True)
class FacetChoice:
    value: str
    label: StrOrPromise
    count: int | None
    is_chosen: bool


OPEN = ("developer", "sector", "openness")
"""The facets that stand open before anything is chosen."""


@dataclass(frozen=True)
class FacetGroup:
    """A facet with its values: `shown` at once, `cut` and those without entries (`none`) behind disclosures; `left_out`
    counts those that are not offered.
    """

    name: str
    heading: StrOrPromise
    shown: list[FacetChoice]
    cut: list[FacetChoice] = field(default_factory=list)
    none: list[FacetChoice] = field(default_factory=list)
    left_out: int = 0
    errors: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        return self.name in OPEN or self.has_chosen or bool(self.errors)

    @property
    def has_chosen_cut(self) -> bool:
        return any(value.is_chosen for value in self.cut)

    @property
    def has_chosen(self) -> bool:
        return self.has_chosen_cut or any(value.is_chosen for value in self.shown)


@dataclass(frozen=True)
class PagePlace:
    """Position of a page among all rows."""

    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))

    @property
    def exists(self) -> bool:
        return self.number <= self.pages

    @property
    def first(self) -> int:
        """The number of its first row, from 1; 0 if there are no rows."""
        return min(self.total, (self.number - 1) * PAGE_SIZE + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * PAGE_SIZE)

    @property
    def near(self) -> list[int | None]:
        """The page numbers to link: both ends and those around this page; None marks a gap."""
        wanted = sorted(
            {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        )
        numbers: list[int | None] = []
        for number in wanted:
            if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def listed_rows(rows: Sequence[EntryRow], references: References) -> list[ListedRow]:
    """These entries with their marks."""
    marks = marks_of([row.pk for row in rows], references.sources) if rows else {}
    return [ListedRow(row, marks.get(row.pk, {})) for row in rows]


def marks_of(ids: Sequence[int], sources: Mapping[int, Source]) -> dict[int, dict[str, list[Mark]]]:
    """Entry → column → source marks of the claims behind it, without duplicates, disputed ones last."""
    claims = (
        Claim.objects.public()
        .filter(entry__in=ids, answer=Answer.VALUE, is_earlier=False)
        .exclude(field=Field.NAME)
    )
    columns = ("entry_id", "field", "event", "key", "source_id", "basis", "status")
    marks: dict[int, dict[str, list[Mark]]] = {}
    for entry, of, event, key, source, basis, status in claims.order_by(
        "status", "-preferred", "source__position", "pk"
    ).values_list(*columns):
        column = _column_of(of, event)
        if column:
            cited = sources.get(source)
            mark = Mark(
                cited.position if cited else 0,
                key,
                cited.label if cited else "",
                Basis(basis),
                status == Status.DISPUTED,
            )
            _add(marks.setdefault(entry, {}).setdefault(column, []), mark)
    return marks


def marks_behind(claims: Iterable[Claim]) -> list[Mark]:
    """The marks of claims that stand behind one value, in their order."""
    marks: list[Mark] = []
    for claim in claims:
        number, label = (claim.source.position, claim.source.label) if claim.source else (0, "")
        is_disputed = claim.status == Status.DISPUTED
        _add(marks, Mark(number, claim.key, label, Basis(claim.basis), is_disputed))
    return marks


def _column_of(of: str, event: str) -> str:
    return of if of != Field.EVENT else "released" if event == EventKind.RELEASED else ""


def _add(marks: list[Mark], mark: Mark) -> None:
    """Each source once on each side, on the best basis that it gives: claims come in the order of their weight."""
    for place, one in enumerate(marks):
        if (one.number, one.is_disputed) == (mark.number, mark.is_disputed):
            if strongest((one.basis, mark.basis)) != one.basis:
                marks[place] = replace(one, basis=mark.basis)
            return
    marks.append(mark)


def facet_groups(
    chosen: Mapping[str, Sequence[str]],
    counts: Counts | None,
    references: References,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> list[FacetGroup]:
    """Every facet with its values and counts.

    For an invalid filter `counts` is None, and unknown values that were typed are listed with the others.
    """
    numbers, wrong = counts or {}, errors or {}
    return [
        _group(name, chosen.get(name, ()), numbers.get(name), references, wrong.get(name, ()))
        for name in FACETS
    ]


def _group(
    name: str, chosen: Sequence[str], counts: Mapping[str, int] | None, references: References, errors: Sequence[str]
) -> FacetGroup:  # fmt: skip
    def excluded(token: str, label: StrOrPromise) -> str:
        return gettext("any value") if token == UNSTATED else gettext("not %(value)s") % {"value": label}

    def value(token: str, label: StrOrPromise, key: str) -> FacetChoice:
        """The value, or in its place the exclusion that was chosen."""
        if token not in chosen and NOT + token in chosen:
            # The count is of those left out.
            return FacetChoice(NOT + token, excluded(token, label), None, is_chosen=True)
        return FacetChoice(token, label, None if counts is None else counts.get(key, 0), token in chosen)

    vocabulary, left_out = _vocabulary(name, references, counts or {}, chosen)
    values = [value(token, label, key) for token, label, key in vocabulary]
    head, cut = (values, []) if len(values) <= UNCUT + 2 else (values[:UNCUT], values[UNCUT:])
    unstated = value(UNSTATED, UNSTATED_LABELS.get(name, UNSTATED_LABEL), UNSTATED)
    known = {one.value for one in (*values, unstated)}
    both = {NOT + one.value: excluded(one.value, one.label) for one in (*values, unstated)}
    typed = [FacetChoice(one, both.get(one, one), None, is_chosen=True) for one in chosen if one not in known]
    offered = [*typed[:UNCUT], *head, unstated]
    none = [one for one in offered if one.count == 0 and not one.is_chosen]
    shown = [one for one in offered if one not in none]
    return FacetGroup(name, FACETS[name].heading, shown, cut, none, left_out, errors)


Vocabulary = list[tuple[str, "StrOrPromise", str]]
"""The values of a facet in order: token, label, key in `Counts`."""


def _vocabulary(
    name: str, references: References, counts: Mapping[str, int], chosen: Sequence[str]
) -> tuple[Vocabulary, int]:
    """The values to offer, and how many are left out. Developers and sectors with many entries come first."""
    if words := FACETS[name].words:
        return _tokens(words, get_language() or ""), 0
    rows = references.by_key[name]
    keys = list(rows)
    if name != "source":
        keys.sort(key=lambda key: -counts.get(key, 0))
    picked = {str(references.by_slug[name].get(slug)) for some in split(chosen) for slug in some}
    offered = keys[:OFFERED] + [key for key in keys[OFFERED:] if key in picked]
    return [(rows[key].slug, rows[key].label, key) for key in offered], len(keys) - len(offered)


@cache
def _tokens(words: type[TextChoices], _language: str) -> Vocabulary:
    return [(token, str(label), token) for token, label in words.choices]
