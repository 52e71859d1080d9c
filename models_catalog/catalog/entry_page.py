"""Data of an entry's page, in a number of queries that does not grow with its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from models_catalog.catalog.results import with_named
from models_catalog.catalog.voices import Voice, voices
from models_catalog.fields.declared import DECLARED
from models_catalog.models import Claim, Developer, Entry, Source
from models_catalog.models.claim import by_field
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    Answer,
    EventKind,
    Field,
    Kind,
    NameKind,
    Status,
)

FACTS = tuple(one.field for one in DECLARED)
"""Fields in the order of the page; of events only the release. Names are shown separately."""

REPEATED = (EventKind.DEPLOYED, EventKind.UPDATED)
"""Events that may happen again: a vague statement of one need not mean the one whose day is known."""


@dataclass(frozen=True)
class Value:
    """One value of a field with every claim that gives it, preferred claims first."""

    claims: list[Claim]

    @property
    def claim(self) -> Claim:
        return self.claims[0]


@dataclass(frozen=True)
class Fact:
    """One field of an entry: its accepted values and its disputed claims."""

    field: Field
    values: list[Value]
    disputed: list[Claim]

    @property
    def shown(self) -> list[Value]:
        """The values to show; for a single-valued field only the one that fills the column."""
        return self.values[:1] if self._is_single else self.values

    @property
    def others(self) -> list[Value]:
        """Other accepted values of a single-valued field, mostly less precise forms of the same."""
        return [value for value in self.values[1:] if not value.claim.is_earlier] if self._is_single else []

    @property
    def earlier(self) -> list[Value]:
        """Former values."""
        return [value for value in self.values[1:] if value.claim.is_earlier]

    @property
    def several(self) -> bool:
        """Whether the page must say which claim was preferred."""
        return bool(self.others or self.disputed)

    @property
    def _is_single(self) -> bool:
        return self.field in SINGLE_VALUED or self.field == Field.EVENT

    @property
    def claims(self) -> list[Claim]:
        """All claims, those of the values before the disputed ones."""
        return [claim for value in self.values for claim in value.claims] + self.disputed


@dataclass(frozen=True)
class Names:
    """The names of one kind."""

    kind: NameKind
    values: list[Value]

    @property
    def claims(self) -> list[Claim]:
        return [claim for value in self.values for claim in value.claims]


@dataclass(frozen=True)
class Node:
    """A node of the family tree."""

    entry: Entry
    is_current: bool
    members: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class EntryPage:
    entry: Entry
    claims: Sequence[Claim]
    relatives: Sequence[Entry]

    @cached_property
    def _by_field(self) -> dict[Field, list[Claim]]:
        return by_field(self.claims)

    @cached_property
    def facts(self) -> list[Fact]:
        facts = [fact_of(of, self._about(of)) for of in FACTS]
        return [fact for fact in facts if fact.claims or fact.field != Field.PARENT or not self._is_root]

    @property
    def _is_root(self) -> bool:
        """Whether it is what others are part of: nothing is missing where it is part of nothing."""
        heads_others = any(entry.parent_id == self.entry.pk for entry in self.relatives)
        return self.entry.kind == Kind.FAMILY or heads_others

    def _about(self, of: Field) -> list[Claim]:
        claims = self._by_field[of]
        return claims if of != Field.EVENT else [c for c in claims if c.event == EventKind.RELEASED]

    @cached_property
    def names(self) -> list[Names]:
        """The names by kind, in the order of the vocabulary."""
        values = values_of(self._by_field[Field.NAME])
        groups = [Names(kind, [v for v in values if v.claim.token == kind]) for kind in NameKind]
        return [group for group in groups if group.values]

    @property
    def other_name(self) -> str:
        """The name in the other language; "" if it is the same."""
        other = {self.entry.name_zh, self.entry.name_en} - {self.entry.label}
        return other.pop() if len(other) == 1 else ""

    @property
    def summary(self) -> list[str]:
        """Kind, category and stage of the entry as labels."""
        entry = self.entry
        parts = [
            entry.get_kind_display() if entry.kind else "",
            entry.get_category_display() if entry.category else "",
            entry.get_stage_display() if entry.stage else "",
        ]
        return [str(part) for part in parts if part]

    @cached_property
    def events(self) -> list[Value]:
        """The timeline: dated events by date and then by stage, undated ones last.

        A vaguer claim about an event is shown with the precise one: a release in March and on 16 March is one release.
        """
        order = list(EventKind)
        gathered = _gathered(claim for claim in self._by_field[Field.EVENT] if claim.event)

        def place(value: Value) -> tuple[Any, ...]:
            claim = value.claim
            days = (claim.days.lower, claim.days.upper) if claim.days else ()
            return not claim.days, days, order.index(EventKind(claim.event))

        return sorted(gathered, key=place)

    @property
    def other_events(self) -> list[Claim]:
        """The events other than the release, whose evidence is shown with the other fields."""
        events = [claim for value in self.events for claim in value.claims]
        return [claim for claim in events if claim.event != EventKind.RELEASED]

    @cached_property
    def voices(self) -> list[Voice]:
        """Who says what the articles state, most claims first."""
        return voices(self.claims, self.developers)

    @cached_property
    def developers(self) -> list[Developer]:
        """The developers of accepted claims, in the order of their claims."""
        fact = next(fact for fact in self.facts if fact.field == Field.DEVELOPER)
        return [value.claim.developer for value in fact.values if value.claim.developer]

    @cached_property
    def sources(self) -> list[tuple[Source, int]]:
        """The cited articles, each with the number of claims taken from it."""
        counts = Counter(claim.source_id for claim in self.claims)
        found = {claim.source.pk: claim.source for claim in self.claims if claim.source}
        return [(s, counts[s.pk]) for s in sorted(found.values(), key=lambda s: (s.position, s.slug))]

    @cached_property
    def curator_claims(self) -> int:
        return sum(claim.source is None for claim in self.claims)

    @cached_property
    def family(self) -> Node | None:
        """The family tree from the topmost known ancestor (at most two levels up); None without relatives."""
        node = self._node(self.entry)
        if (parent := self.entry.parent) and parent.is_listed:
            siblings = [self._node(e) for e in self.relatives if e.parent_id == parent.pk]
            node = Node(parent, False, siblings or [node])
            if parent.parent and parent.parent.is_listed:
                node = Node(parent.parent, False, [node])
        return node if node.members else None

    def _node(self, entry: Entry, above: frozenset[int] = frozenset()) -> Node:
        """The tree below `entry`; a cycle in the claims ends it."""
        above |= {entry.pk}
        below = [e for e in self.relatives if e.parent_id == entry.pk and e.pk not in above]
        members = [self._node(e, above) for e in below]
        return Node(entry, entry.pk == self.entry.pk, members)


def fact_of(of: Field, claims: Iterable[Claim]) -> Fact:
    claims = list(claims)
    return Fact(of, values_of(claims), [claim for claim in claims if claim.status == Status.DISPUTED])


def fact_behind(claim: Claim) -> Fact:
    """The field of an entry that `claim` speaks of, with every claim about it; of events and names those of its kind."""
    alike: dict[str, Any] = {"entry": claim.entry_id, "field": claim.field}
    if claim.field == Field.EVENT:
        alike["event"] = claim.event
    elif claim.field == Field.NAME:
        alike["token"] = claim.token
    rows = Claim.objects.public().filter(**alike).with_related().order_by("position", "pk")
    return fact_of(Field(claim.field), rows)


def values_of(claims: Iterable[Claim]) -> list[Value]:
    """Accepted claims grouped by value, the preferred value first, then by position."""
    accepted = [claim for claim in claims if claim.status == Status.ACCEPTED]
    accepted.sort(key=lambda claim: (not claim.preferred, claim.position, claim.pk))
    gathered: dict[Any, list[Claim]] = {}
    for claim in accepted:
        gathered.setdefault(_said(claim), []).append(claim)
    return [Value(found) for found in gathered.values()]


def _said(claim: Claim) -> tuple[Any, ...]:
    if claim.answer != Answer.VALUE:
        return (claim.answer,)
    return (
        claim.text, claim.token, claim.event, claim.days, claim.number, claim.is_earlier,
        claim.developer_id, claim.sector_id, claim.parent_id,
    )  # fmt: skip


def _gathered(events: Iterable[Claim]) -> list[Value]:
    """Events, each with the vaguer claims about it; disputed claims are kept separate."""

    def precision(claim: Claim) -> tuple[Any, ...]:
        span = (claim.days.upper - claim.days.lower) if claim.days else None
        return span is None, span, not claim.preferred, claim.position, claim.pk

    gathered: list[Value] = []
    for claim in sorted(events, key=precision):
        same = [value for value in gathered if _is_vaguer(claim, value.claim)]
        if same:
            max(same, key=lambda value: value.claim.preferred).claims.append(claim)
        else:
            gathered.append(Value([claim]))
    return gathered


def _is_vaguer(claim: Claim, known: Claim) -> Any:
    """Whether `claim` may mean the very event that `known` dates, and says no more of it."""
    if claim.event != known.event or Status.DISPUTED in (claim.status, known.status):
        return False
    if claim.days == known.days:
        return True
    if claim.event in REPEATED:
        return False
    return not claim.days or (claim.days.lower <= known.days.lower and known.days.upper <= claim.days.upper)


def find_entry(slug: str, is_alone: bool = False) -> Entry | None:
    """The listed entry with this slug; None if readers do not see it. One that is alone has no family to read."""
    entries = Entry.objects.listed().filter(slug=slug)
    return (entries if is_alone else entries.select_related("parent__parent")).first()


def entry_page(entry: Entry, is_alone: bool = False) -> EntryPage:
    claims = Claim.objects.public().filter(entry=entry).order_by("field", "position", "pk")
    found = with_named(claims, names_entries=not is_alone)
    return EntryPage(entry, found, [] if is_alone else list(_relatives(entry)))


def _relatives(entry: Entry) -> EntryQuerySet:
    """Its members and their members, and the other members of its parent."""
    over = [entry.pk, entry.parent_id] if entry.parent_id else [entry.pk]
    members, theirs = Entry.objects.filter(parent__in=over), Entry.objects.filter(parent__parent=entry)
    # A union, so that each half uses its index: a condition joined by OR reads every entry.
    found = members.values("pk").union(theirs.values("pk"))
    return Entry.objects.listed().filter(pk__in=found).order_by(name_order(), "slug")
