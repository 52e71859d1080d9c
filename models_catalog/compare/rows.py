"""Rows of a comparison: fields in groups, and how the values of the entries relate in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, groupby

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from models_catalog.compare.cells import (
    CellState,
    ComparedCell,
    ComparedValue,
    events,
    many,
    several,
    single,
    values_of,
)
from models_catalog.compare.verdicts import ComparisonVerdict, between, shared_unit, verdict
from models_catalog.fields.declared import DECLARED, NUMBERED, Group
from models_catalog.fields.surfaces import covers
from models_catalog.models import Claim, Entry
from models_catalog.models.developer_facts import facts_of
from models_catalog.models.vocabulary import DeveloperKind, EventKind, Field, NameKind, Stage, Status
from models_catalog.text.sizes import Interval


@dataclass(frozen=True)
class ComparedRow:
    """One field across all entries. `verdict` is None for fields that are not compared, such as names."""

    field: str
    label: str | Promise
    group: Group
    cells: Sequence[ComparedCell]
    verdict: ComparisonVerdict | None = None

    @property
    def differs(self) -> bool:
        return self.verdict == ComparisonVerdict.DIFFERS

    @property
    def sizes(self) -> list[Interval]:
        """Every size in the row, disputed or not; empty unless the row is drawn on the scale of sizes."""
        if self.field not in _DRAWN:
            return []
        things = [value.thing for cell in self.cells for value in cell.values]
        return [thing for thing in things if isinstance(thing, Interval)]

    @property
    def unit(self) -> str:
        """The common unit of all sizes in the row; "" if there are none."""
        return shared_unit(self.sizes, get_language() or "") if self.sizes else ""

    @property
    def is_unstated(self) -> bool:
        """Whether no source states this field for any of the entries."""
        return all(cell.state == CellState.UNSTATED for cell in self.cells)

    @property
    def left_out(self) -> list[Entry]:
        """The entries without a value, which the verdict on the others ignores."""
        if self.verdict in (None, ComparisonVerdict.NOT_COMPARABLE):
            return []
        return [cell.entry for cell in self.cells if not cell.possible]


@dataclass(frozen=True)
class Subject:
    """An entry with the data for its cells: its public claims by field, and its listed members."""

    entry: Entry
    claims: dict[Field, list[Claim]]
    members: Sequence[Entry]

    def happened(self, kind: EventKind) -> list[Claim]:
        return [claim for claim in self.claims[Field.EVENT] if claim.event == kind]


@dataclass(frozen=True)
class Spec:
    """Definition of one row; `cell` makes an entry's cell of it."""

    field: str
    label: str | Promise
    group: Group
    cell: Callable[[Subject], ComparedCell]
    is_compared: bool = True
    is_optional: bool = False
    """Left out if no source states it for any of the entries."""


def _names(subject: Subject) -> ComparedCell:
    """The names but the corrupted ones, each with its form."""
    claims = [c for c in subject.claims[Field.NAME] if c.token != NameKind.CORRUPTED]
    values = values_of(claims)
    for value in values:
        value.note = value.claims[0].token_label
    return several(subject.entry, values)


def _one(field: Field, subject: Subject) -> ComparedCell:
    return single(subject.entry, subject.claims[field], field)


def _many(field: Field, subject: Subject) -> ComparedCell:
    return many(subject.entry, subject.claims[field], field)


def _event(kind: EventKind, subject: Subject) -> ComparedCell:
    return events(subject.entry, subject.happened(kind), is_release=kind == EventKind.RELEASED)


def _members(subject: Subject) -> ComparedCell:
    return several(subject.entry, [ComparedValue(member) for member in subject.members])


def _developer_kinds(subject: Subject) -> ComparedCell:
    """The types of the entry's developers, with facts about each developer, not the claims that name it."""
    kinds: dict[DeveloperKind, ComparedValue] = {}
    for claim in subject.claims[Field.DEVELOPER]:
        if claim.developer and claim.status == Status.ACCEPTED:
            fact = facts_of(claim.developer)[0]
            kind = DeveloperKind(claim.developer.kind)
            known = kinds.setdefault(kind, ComparedValue(kind)).facts
            known += [] if fact in known else [fact]
    return several(subject.entry, list(kinds.values()), Field.DEVELOPER)


def _stage(subject: Subject) -> ComparedCell:
    """The stage, with the events that prove it."""
    if not subject.entry.stage:
        return ComparedCell(subject.entry)
    stage = Stage(subject.entry.stage)
    reached = [
        claim
        for claim in subject.claims[Field.EVENT]
        if claim.event and claim.status == Status.ACCEPTED and EventKind(claim.event).stage == stage
    ]
    return several(subject.entry, [ComparedValue(stage, reached)])


def _sources(subject: Subject) -> ComparedCell:
    """The sources of its accepted claims that readers see: one may wait with the family that it names."""
    seen = {
        claim.source_id for of in subject.claims.values() for claim in of if claim.status == Status.ACCEPTED
    }
    found = (source for source in subject.entry.sources.all() if source.pk in seen)
    return several(subject.entry, [ComparedValue(source) for source in found])


def _own(
    field: Field,
    group: Group,
    make: Callable[[Field, Subject], ComparedCell],
    name: str = "",
    *,
    is_optional: bool = False,
) -> Spec:
    return Spec(name or field.value, field.label, group, partial(make, field), is_optional=is_optional)


_DRAWN = {one.field for one, number in NUMBERED if number.has_bar}


_OTHER_EVENTS = (
    EventKind.PLANNED,
    EventKind.ANNOUNCED,
    EventKind.BETA,
    EventKind.DEPLOYED,
    EventKind.OPEN_SOURCED,
    EventKind.APPROVED,
    EventKind.UPDATED,
)

SPECS: tuple[Spec, ...] = (
    *(_own(one.field, one.group, _one, is_optional=one.is_newer) for one, _number in NUMBERED),
    Spec("released", EventKind.RELEASED.label, Group.TIME, partial(_event, EventKind.RELEASED)),
    Spec("stage", _("Stage"), Group.TIME, _stage),
    *(
        Spec(kind.value, kind.label, Group.TIME, partial(_event, kind), is_optional=True)
        for kind in _OTHER_EVENTS
    ),
    Spec("names", _("Names"), Group.IDENTITY, _names, is_compared=False),
    _own(Field.KIND, Group.IDENTITY, _one),
    _own(Field.PARENT, Group.IDENTITY, _one),
    Spec("members", _("Its members"), Group.IDENTITY, _members, is_compared=False, is_optional=True),
    _own(Field.DEVELOPER, Group.WHO, _many, "developers"),
    Spec("developer_kinds", _("Kind of developer"), Group.WHO, _developer_kinds),
    _own(Field.CATEGORY, Group.WHAT, _one),
    _own(Field.MODALITY, Group.WHAT, _many),
    _own(Field.SECTOR, Group.WHAT, _many, "sectors"),
    _own(Field.OPENNESS, Group.OPENNESS, _one),
    Spec("links", _("Links"), Group.SOURCES, partial(_many, Field.LINK), is_compared=False, is_optional=True),
    Spec("sources", _("Sources"), Group.SOURCES, _sources, is_compared=False),
)
"""All rows, in the order of the page: first the size and the dates, for which most readers come."""


covers(
    "compare",
    [one.field for one in DECLARED if {one.field.value, one.column} & {spec.field for spec in SPECS}],
    but=(Field.NAME,),
)


def rows_of(subjects: Sequence[Subject]) -> list[ComparedRow]:
    """The rows for `subjects`, in the order of the page."""
    made = [(spec, _row(spec, [spec.cell(subject) for subject in subjects])) for spec in SPECS]
    return [row for spec, row in made if not (spec.is_optional and row.is_unstated)]


def _row(spec: Spec, cells: list[ComparedCell]) -> ComparedRow:
    _mark_shared(cells)
    _mark_perhaps_equal(cells)
    found = verdict([cell.possible for cell in cells]) if spec.is_compared else None
    return ComparedRow(spec.field, spec.label, spec.group, cells, found)


def _mark_shared(cells: Sequence[ComparedCell]) -> None:
    """Mark the values that all entries with a value share."""
    known = [{value.thing for value in cell.accepted} for cell in cells if cell.accepted]
    shared = set.intersection(*known) if len(known) > 1 else set()
    for cell in cells:
        for value in cell.values:
            value.is_shared = value.thing in shared


def _mark_perhaps_equal(cells: Sequence[ComparedCell]) -> None:
    """Note for each entry which others it may equal, since a row of several entries has only one verdict."""
    for one, other in combinations(cells, 2):
        if between(one.possible, other.possible) == ComparisonVerdict.MAY_BE_EQUAL:
            one.perhaps_equal.append(other.entry)
            other.perhaps_equal.append(one.entry)


def grouped(rows: Sequence[ComparedRow]) -> Iterator[tuple[Group, list[ComparedRow]]]:
    """The rows by group, in order."""
    for group, members in groupby(rows, key=lambda row: row.group):
        yield group, list(members)


@dataclass(frozen=True)
class Summary:
    """Number of rows by verdict; `hidden` are those that “only differences” hides."""

    counts: Sequence[tuple[ComparisonVerdict, int]]
    hidden: int

    @property
    def differing(self) -> int:
        return dict(self.counts).get(ComparisonVerdict.DIFFERS, 0)


def summary(rows: Sequence[ComparedRow]) -> Summary:
    """The verdicts of `rows`, counted, in the vocabulary's order, without zeros."""
    counts = [(word, sum(row.verdict == word for row in rows)) for word in ComparisonVerdict]
    return Summary([(word, n) for word, n in counts if n], sum(not row.differs for row in rows))
