"""Data of an entry's page, in a number of queries that does not grow with its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from models_catalog.fields.declared import DECLARED
from models_catalog.models import Claim, Developer, Entry, Source
from models_catalog.models.claim import by_field
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import SINGLE_VALUED, Answer, EventKind, Field, NameKind, Status

FACTS = tuple(one.field for one in DECLARED)
"""Fields in the order of the page; of events only the release. Names are shown separately."""


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
        return [fact_of(of, self._about(of)) for of in FACTS]

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
    def events(self) -> list[Claim]:
        """The timeline: dated events by date and then by stage, undated ones last."""
        order = list(EventKind)
        events = [claim for claim in self._by_field[Field.EVENT] if claim.event]
        dated = [claim for claim in events if claim.days]
        dated.sort(
            key=lambda claim: (claim.days.lower, claim.days.upper, order.index(EventKind(claim.event)))
        )
        undated = [claim for claim in events if not claim.days]
        return dated + sorted(undated, key=lambda claim: order.index(EventKind(claim.event)))

    @property
    def other_events(self) -> list[Claim]:
        """The events other than the release, whose evidence is shown with the other fields."""
        return [claim for claim in self.events if claim.event != EventKind.RELEASED]

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
        if parent := self.entry.parent:
            siblings = [self._node(e) for e in self.relatives if e.parent_id == parent.pk]
            node = Node(parent, False, siblings or [node])
            if parent.parent:
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


def find_entry(slug: str) -> Entry | None:
    """The listed entry with this slug; None if readers do not see it."""
    return Entry.objects.listed().select_related("parent__parent").filter(slug=slug).first()


def entry_page(entry: Entry) -> EntryPage:
    claims = Claim.objects.public().filter(entry=entry).with_related().order_by("field", "position", "pk")
    return EntryPage(entry, list(claims), list(_relatives(entry)))


def _relatives(entry: Entry) -> EntryQuerySet:
    """Its members and their members, and the other members of its parent."""
    over = [entry.pk, entry.parent_id] if entry.parent_id else [entry.pk]
    members, theirs = Entry.objects.filter(parent__in=over), Entry.objects.filter(parent__parent=entry)
    # A union, so that each half uses its index: a condition joined by OR reads every entry.
    found = members.values("pk").union(theirs.values("pk"))
    return Entry.objects.listed().filter(pk__in=found).order_by(name_order(), "slug")
