"""One entry's part of one row: its values, what it may be, and the claims behind each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.compare.verdicts import Possible, Whole, precision
from models_catalog.fields.describe import thing_of, words_of
from models_catalog.models import Claim, Developer, Entry, Sector, Source
from models_catalog.models.developer_facts import DeveloperFact
from models_catalog.models.vocabulary import Answer, Field, Status
from models_catalog.text.dates import Days
from models_catalog.text.sizes import Interval

Linked = Developer | Entry | Sector | Source
"""Things with a page of their own."""


class CellState(TextChoices):
    """Whether there is a value; absence is one of three things, never one dash."""

    VALUE = "value", _("Value")
    UNDISCLOSED = "undisclosed", _("Declared undisclosed")
    NOT_APPLICABLE = "not-applicable", _("Not applicable")
    UNSTATED = "unstated", _("Not stated")


@dataclass
class ComparedValue:
    """One thing that is said of an entry: a size, days, a row, a word of a vocabulary or a name.

    `thing` is None for an event without a date.
    """

    thing: Hashable
    claims: list[Claim] = field(default_factory=list)
    facts: list[DeveloperFact] = field(default_factory=list)
    """Of a kind of developer: what is known of each that is of it."""
    note: str = ""
    is_disputed: bool = False
    is_shared: bool = False

    @property
    def of(self) -> str:
        """The field that its claims are of; "" where it rests on none."""
        return self.claims[0].field if self.claims else ""

    @property
    def words(self) -> str:
        """The value for a reader, in the reader's language."""
        return words_of(self.of, self.thing)

    @property
    def address(self) -> str:
        """Where the thing has a page of its own; "" where it has none."""
        if isinstance(self.thing, Entry) and not self.thing.is_listed:
            return ""
        return self.thing.get_absolute_url() if isinstance(self.thing, Linked) else ""

    @property
    def precision(self) -> str:
        """How exact a size is, in words; "" for anything else."""
        return str(precision(self.thing).label) if isinstance(self.thing, Interval) else ""

    @property
    def is_earlier(self) -> bool:
        """Whether it was so before, and is no more."""
        return bool(self.claims) and self.claims[0].is_earlier

    @property
    def stated(self) -> str:
        """The words of the article, from the first claim that has any."""
        return next((claim.stated for claim in self.claims if claim.stated), "")


@dataclass
class ComparedCell:
    """What is said of one entry in one row; `possible` is what the verdict goes by."""

    entry: Entry
    values: list[ComparedValue] = field(default_factory=list)
    possible: Possible = ()
    state: CellState = CellState.UNSTATED
    perhaps_equal: list[Entry] = field(default_factory=list)
    """The other entries of which the value may be the same."""

    @property
    def claims(self) -> list[Claim]:
        """The evidence of all values, each claim once."""
        return list(dict.fromkeys(claim for value in self.values for claim in value.claims))

    @property
    def facts(self) -> list[DeveloperFact]:
        """What the kinds of its developers rest on."""
        return [fact for value in self.values for fact in value.facts]

    @property
    def accepted(self) -> list[ComparedValue]:
        return [value for value in self.values if not value.is_disputed and not value.is_earlier]


def as_interval(days: Days) -> Interval:
    """Days as an interval of day numbers, so that they compare as sizes do."""
    return Interval(days.first.toordinal(), days.last.toordinal())


def values_of(claims: Iterable[Claim]) -> list[ComparedValue]:
    """Claims gathered by what they say: the preferred first, then accepted ones, then those in dispute."""
    order = sorted(
        (claim for claim in claims if claim.answer == Answer.VALUE),
        key=lambda claim: (not claim.preferred, claim.status == Status.DISPUTED, claim.position, claim.pk),
    )
    values: dict[Hashable, ComparedValue] = {}
    for claim in order:
        thing = thing_of(claim)
        value = values.setdefault(thing, ComparedValue(thing, is_disputed=claim.status == Status.DISPUTED))
        value.claims.append(claim)
    return list(values.values())


def single(entry: Entry, claims: Iterable[Claim], about: Field) -> ComparedCell:
    """A field with one value: what the preferred claim says, or what is said against it."""
    values = values_of(claims)
    if not values or values[0].is_disputed:
        return ComparedCell(entry, values, (), _absence(entry, about))
    _note_others(values)
    weighed = [value for value in values if value is values[0] or value.is_disputed]
    return ComparedCell(entry, values, [_weighed(value.thing) for value in weighed], CellState.VALUE)


def many(entry: Entry, claims: Iterable[Claim], about: Field) -> ComparedCell:
    """A field with many values: all that stand, and perhaps those in dispute."""
    return several(entry, values_of(claims), about)


def several(entry: Entry, values: Sequence[ComparedValue], about: Field | None = None) -> ComparedCell:
    """The same of values that are gathered already."""
    standing = frozenset(value.thing for value in values if not value.is_disputed)
    if not standing:
        return ComparedCell(entry, list(values), (), _absence(entry, about) if about else CellState.UNSTATED)
    everything = frozenset(value.thing for value in values)
    possible = [standing] if standing == everything else [standing, everything]
    return ComparedCell(entry, list(values), possible, CellState.VALUE)


def events(entry: Entry, claims: Iterable[Claim], *, is_release: bool) -> ComparedCell:
    """One kind of event: the preferred day, or else each that is stated may be the one, or one in dispute.

    Without a day it cannot be compared.
    """
    values = values_of(claims)
    if not values or values[0].is_disputed:
        return ComparedCell(
            entry, values, (), _absence(entry, Field.EVENT) if is_release else CellState.UNSTATED
        )
    standing = [value.thing for value in values if not value.is_disputed and isinstance(value.thing, Days)]
    disputed = [value.thing for value in values if value.is_disputed and isinstance(value.thing, Days)]
    if values[0].claims[0].preferred:
        _note_others(values)
        standing = standing[:1]
    possible = [as_interval(days) for days in [*_narrowest(standing), *disputed]]
    return ComparedCell(entry, values, possible, CellState.VALUE)


def _narrowest(stated: Sequence[Days]) -> list[Days]:
    """Without those that hold another: of March and 16 March, both accepted, the day is what is known."""
    return [days for days in stated if not any(_holds(days, other) for other in stated if other != days)]


def _holds(days: Days, other: Days) -> bool:
    return days.first <= other.first and other.last <= days.last


def _note_others(values: Sequence[ComparedValue]) -> None:
    for value in values[1:]:
        if not value.is_disputed:
            value.note = gettext("earlier") if value.is_earlier else gettext("also stated")


def _weighed(thing: Hashable) -> Interval | Whole:
    return thing if isinstance(thing, Interval) else frozenset([thing])


def _absence(entry: Entry, about: Field) -> CellState:
    if about in entry.undisclosed:
        return CellState.UNDISCLOSED
    return CellState.NOT_APPLICABLE if about in entry.not_applicable else CellState.UNSTATED
