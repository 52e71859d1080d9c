"""What changed in the registry, and when: as readers could see it, from the history that the database keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any, Literal

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from models_catalog.models import EVENT_MODELS, Claim, ClaimEvent, Entry, EntryEvent
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
Cursor = tuple[int, int]
"""How far the histories of entries and of claims have been read: the number of the last row of each."""
START: Cursor = (0, 0)


@dataclass(frozen=True)
class Change:
    """One change of an entry (`key` empty) or of a claim; `number` is its row in the history of its table."""

    at: datetime
    number: int
    action: Action
    entry: str
    name_zh: str
    name_en: str
    key: str = ""
    field: str = ""


def last_changed() -> datetime | None:
    """When a claim was last made or decided on; None in an empty registry."""
    newest: datetime | None = Claim.objects.aggregate(at=Max(Greatest("created_at", "reviewed_at")))["at"]
    return newest


def changed_after(moment: datetime, entries: Collection[int] | None = None) -> bool:
    """Whether anything that readers see has changed after a moment: of these entries, or anywhere."""
    decided = ClaimEvent.objects.exclude(status=Status.PROPOSED)
    if entries is not None:
        histories = [EntryEvent.objects.filter(pgh_obj_id__in=entries), decided.filter(entry_id__in=entries)]
    else:
        others = (model.objects.all() for table, model in EVENT_MODELS.items() if table is not Claim)
        histories = [decided, *others]
    first, *rest = (one.filter(pgh_created_at__gt=moment).order_by().values("pgh_id") for one in histories)
    return bool(first.union(*rest, all=True).exists())


def changes_since(cursor: Cursor, limit: int) -> Iterator[tuple[Change, Cursor]]:
    """The first `limit` changes after a cursor, oldest first, each with the cursor that stands after it."""
    entries, claims = cursor
    found = merge(_of_entries(limit, after=entries), _of_claims(limit, after=claims), key=lambda one: one.at)
    for change in islice(found, limit):
        entries, claims = (entries, change.number) if change.key else (change.number, claims)
        yield change, (entries, claims)


def newest_changes(limit: int) -> list[Change]:
    """The last `limit` changes, newest first."""
    both = merge(_of_claims(limit), _of_entries(limit), key=lambda one: one.at, reverse=True)
    return list(islice(both, limit))


def _of_entries(limit: int, after: int | None = None) -> list[Change]:
    """Of entries that readers see or saw, what differs for readers."""
    before = {f"before_{column}": _before(EntryEvent, column) for column in ("is_listed", *TOLD)}
    differs = Q(pgh_label=DELETE) | Q(before_is_listed=None) | ~Q(is_listed=F("before_is_listed"))
    for column in TOLD:
        held, holds = {f"before_{column}__isnull": True}, {f"{column}__isnull": True}
        same = Q(**{column: F(f"before_{column}")}) | Q(**held, **holds)
        differs |= ~same
    seen = Q(is_listed=True) | Q(before_is_listed=True)
    return [
        Change(
            at=event.pgh_created_at,
            number=event.pgh_id,
            action=_action(event, is_public=event.is_listed, was_public=bool(event.before_is_listed)),
            entry=event.slug,
            name_zh=event.name_zh or event.before_name_zh or "",
            name_en=event.name_en or event.before_name_en or "",
        )
        for event in _window(EntryEvent.objects.annotate(**before).filter(seen, differs), after)[:limit]
    ]


def _of_claims(limit: int, after: int | None = None) -> list[Change]:
    """Of claims that are or were accepted or disputed."""
    events = ClaimEvent.objects.annotate(before_status=_before(ClaimEvent, "status")).filter(
        Q(status__in=PUBLIC) | Q(before_status__in=PUBLIC)
    )
    rows = list(_window(events, after)[:limit])
    entries = Entry.objects.in_bulk({event.entry_id for event in rows})
    return [
        Change(
            at=event.pgh_created_at,
            number=event.pgh_id,
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


def _before(events: Any, column: str) -> Subquery:
    """What the row held before, as its history has it; NULL for its first."""
    earlier = events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return Subquery(earlier.order_by("-pgh_id").values(column)[:1])


def _window(events: Any, after: int | None) -> Any:
    """Those after a row of the history in its order; for None all, the newest first."""
    settled = events.filter(pgh_created_at__lt=timezone.now() - SETTLING)
    return (
        settled.order_by("-pgh_id") if after is None else settled.filter(pgh_id__gt=after).order_by("pgh_id")
    )


def _action(event: Any, *, is_public: bool, was_public: bool) -> Action:
    if event.pgh_label == DELETE or not is_public:
        return "removed"
    return "changed" if was_public else "added"
