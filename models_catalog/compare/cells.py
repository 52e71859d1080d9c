"""Cells of a comparison: one entry's values in one row, the candidates for the true value, and the claims."""

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
"""Objects with a page of their own."""


class CellState(TextChoices):
    """Whether there is a value. The three kinds of absence are always told apart."""

    VALUE = "value", _("Value")
    UNDISCLOSED = "undisclosed", _("Declared undisclosed")
    NOT_APPLICABLE = "not-applicable", _("Not applicable")
    UNSTATED = "unstated", _("Not stated")


@dataclass
class ComparedValue:
    """One value of an entry: a size, days, a row, a token of a vocabulary or a name.

    `thing` is None for an event without a date.
    """

    thing: Hashable
    claims: list[Claim] = field(default_factory=list)
    facts: list[DeveloperFact] = field(default_factory=list)
    """For a type of developer: the facts about each developer of that type."""
    note: str = ""
    is_disputed: bool = False
    is_shared: bool = False

    @property
    def of(self) -> str:
        """The field of its claims; "" without claims."""
        return self.claims[0].field if self.claims else ""

    @property
    def words(self) -> str:
        """The value as text in the reader's language."""
        return words_of(self.of, self.thing)

    @property
    def address(self) -> str:
        """Address of the thing's own page; "" if it has none."""
        if isinstance(self.thing, Entry) and not self.thing.is_listed:
            return ""
        return self.thing.get_absolute_url() if isinstance(self.thing, Linked) else ""

    @property
    def precision(self) -> str:
        """The precision of a size as text; "" for anything else."""
        return str(precision(self.thing).label) if isinstance(self.thing, Interval) else ""

    @property
    def is_earlier(self) -> bool:
        """Whether it is a former value."""
        return bool(self.claims) and self.claims[0].is_earlier

    @property
    def stated(self) -> str:
        """The words of the article, from the first claim with any."""
        return next((claim.stated for claim in self.claims if claim.stated), "")


@dataclass
class ComparedCell:
    """One entry's values in one row; `possible` are the candidates that the verdict compares."""

    entry: Entry
    values: list[ComparedValue] = field(default_factory=list)
    possible: Possible = ()
    state: CellState = CellState.UNSTATED
    perhaps_equal: list[Entry] = field(default_factory=list)
    """Other entries that may have the same value."""

    @property
    def claims(self) -> list[Claim]:
        """The claims of all values, each once."""
        return list(dict.fromkeys(claim for value in self.values for claim in value.claims))

    @property
    def facts(self) -> list[DeveloperFact]:
        """The facts behind the types of its developers."""
        return [fact for value in self.values for fact in value.facts]

    @property
    def accepted(self) -> list[ComparedValue]:
        return [value for value in self.values if not value.is_disputed and not value.is_earlier]


def as_interval(days: Days) -> Interval:
    """Days as an interval of ordinals, so that they compare like sizes."""
    return Interval(days.first.toordinal(), days.last.toordinal())


def values_of(claims: Iterable[Claim]) -> list[ComparedValue]:
    """Claims grouped by value: the preferred first, then accepted, then disputed ones."""
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
    """The cell of a single-valued field: the preferred value and those that dispute it."""
    values = values_of(claims)
    if not values or values[0].is_disputed:
        return ComparedCell(entry, values, (), _absence(entry, about))
    _note_others(values)
    weighed = [value for value in values if value is values[0] or value.is_disputed]
    return ComparedCell(entry, values, [_weighed(value.thing) for value in weighed], CellState.VALUE)


def many(entry: Entry, claims: Iterable[Claim], about: Field) -> ComparedCell:
    """The cell of a multi-valued field: all accepted values, with and without the disputed ones."""
    return several(entry, values_of(claims), about)


def several(entry: Entry, values: Sequence[ComparedValue], about: Field | None = None) -> ComparedCell:
    """The cell of a multi-valued field whose claims are already grouped."""
    standing = frozenset(value.thing for value in values if not value.is_disputed)
    if not standing:
        return ComparedCell(entry, list(values), (), _absence(entry, about) if about else CellState.UNSTATED)
    everything = frozenset(value.thing for value in values)
    possible = [standing] if standing == everything else [standing, everything]
    return ComparedCell(entry, list(values), possible, CellState.VALUE)


def events(entry: Entry, claims: Iterable[Claim], *, is_release: bool) -> ComparedCell:
    """The cell of one kind of event. Candidates are the preferred date, or else each accepted one, and disputed ones.

    Without a date it cannot be compared.
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
    """The days without those that contain another: of March and 16 March, both accepted, the day is what is known."""
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
