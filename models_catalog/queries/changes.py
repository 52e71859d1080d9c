"""What changed in the registry, and when: as readers could see it, from the history that the database keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import F, Max, Q, Window
from django.db.models.functions import Greatest, Lag
from django.utils import timezone

from models_catalog.models import Claim, ClaimEvent, Entry, EntryEvent
from models_catalog.models.history import DELETE
from models_catalog.models.vocabulary import Status

SETTLING = timedelta(seconds=10)
"""So long a change waits before it is told, so that one committed late is not passed over by a cursor."""

PUBLIC = (Status.ACCEPTED, Status.DISPUTED)
TOLD = (
    "name_zh", "name_en", "aliases", "kind", "parent_id", "category", "modalities", "parameters", "released",
    "stage", "openness", "merged_into_id",
)  # fmt: skip
"""Columns of an entry whose change is a change for readers."""

Action = Literal["added", "changed", "removed"]
Place = tuple[datetime, int, int]
"""Where a change stands in the order of all: when, of which table, which row of its history."""


@dataclass(frozen=True)
class Change:
    """One change of an entry (`key` empty) or of a claim."""

    place: Place
    action: Action
    entry: str
    name_zh: str
    name_en: str
    key: str = ""
    field: str = ""

    @property
    def at(self) -> datetime:
        return self.place[0]


def last_changed() -> datetime | None:
    """When a claim was last made or decided on; None in an empty registry."""
    newest: datetime | None = Claim.objects.aggregate(at=Max(Greatest("created_at", "reviewed_at")))["at"]
    return newest


def changes_since(place: Place | None, limit: int) -> list[Change]:
    """The first `limit` changes after a place, oldest first; from the beginning for None."""
    return _changes(limit, after=place)


def newest_changes(limit: int) -> list[Change]:
    """The last `limit` changes, newest first."""
    return _changes(limit, newest=True)


def _changes(limit: int, *, after: Place | None = None, newest: bool = False) -> list[Change]:
    found = [*_of_entries(limit, after, newest), *_of_claims(limit, after, newest)]
    found.sort(key=lambda change: change.place, reverse=newest)
    return found[:limit]


def _of_entries(limit: int, after: Place | None, newest: bool) -> list[Change]:
    before = {f"before_{column}": _before(column) for column in ("is_listed", *TOLD)}
    differs = Q()
    for column in TOLD:
        differs |= ~Q(**{column: F(f"before_{column}")})
        differs |= Q(**{f"{column}__isnull": True, f"before_{column}__isnull": False})
        differs |= Q(**{f"{column}__isnull": False, f"before_{column}__isnull": True})
    seen = Q(is_listed=True) | Q(before_is_listed=True)
    events = EntryEvent.objects.annotate(**before).filter(seen)
    events = events.filter(
        Q(pgh_label=DELETE) | ~Q(is_listed=F("before_is_listed")) | Q(before_is_listed=None) | differs
    )
    return [
        Change(
            place=(event.pgh_created_at, 0, event.pgh_id),
            action=_action(event, is_public=event.is_listed, was_public=bool(event.before_is_listed)),
            entry=event.slug,
            name_zh=event.name_zh or event.before_name_zh or "",
            name_en=event.name_en or event.before_name_en or "",
        )
        for event in _window(events, 0, after, newest)[:limit]
    ]


def _of_claims(limit: int, after: Place | None, newest: bool) -> list[Change]:
    events = ClaimEvent.objects.annotate(before_status=_before("status")).filter(
        Q(status__in=PUBLIC) | Q(before_status__in=PUBLIC)
    )
    rows = list(_window(events, 1, after, newest)[:limit])
    entries = Entry.objects.in_bulk({event.entry_id for event in rows})
    return [
        Change(
            place=(event.pgh_created_at, 1, event.pgh_id),
            action=_action(event, is_public=event.status in PUBLIC, was_public=event.before_status in PUBLIC),
            entry=entry.slug,
            name_zh=entry.name_zh,
            name_en=entry.name_en,
            key=event.key,
            field=event.field,
        )
        for event in rows
        if (entry := entries.get(event.entry_id))
    ]


def _before(column: str) -> Window:
    """What the row held before, as its history has it."""
    return Window(Lag(column), partition_by=[F("pgh_obj_id")], order_by=F("pgh_id").asc())


def _window(events: Any, table: int, after: Place | None, newest: bool) -> Any:
    order = ("pgh_created_at", "pgh_id")
    events = events.filter(pgh_created_at__lt=timezone.now() - SETTLING)
    if after:
        at, its_table, number = after
        later = Q(pgh_created_at__gt=at)
        if table > its_table:
            later |= Q(pgh_created_at=at)
        elif table == its_table:
            later |= Q(pgh_created_at=at, pgh_id__gt=number)
        events = events.filter(later)
    return events.order_by(*(f"-{column}" for column in order) if newest else order)


def _action(event: Any, *, is_public: bool, was_public: bool) -> Action:
    if event.pgh_label == DELETE or not is_public:
        return "removed"
    return "changed" if was_public else "added"
