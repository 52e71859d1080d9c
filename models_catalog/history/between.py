"""Differences between two states of the registry, and summaries of imports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from pghistory.models import Context

from models_catalog.history import changes
from models_catalog.history.changes import PUBLIC, TOLD, Action
from models_catalog.models import EVENT_MODELS, ClaimEvent, Developer, EntryEvent, Source
from models_catalog.models.history import DELETE, INSERT
from models_catalog.models.labels import Labelled
from models_catalog.models.source import IMPORTED

MOST = 2_000
"""The most changed rows that are compared per history; a longer list is not readable."""

SAID = (
    "answer", "text", "token", "event", "days", "number", "developer_id", "sector_id", "parent_id", "basis", "status", "preferred",
)  # fmt: skip
"""Columns of a claim whose changes readers see."""


@dataclass
class Difference(Labelled):
    """One entry that differs in the later state. `claims` counts its claims by action."""

    slug: str
    name_zh: str
    name_en: str
    action: Action
    is_listed: bool
    claims: Counter[str] = field(default_factory=Counter)
    fields: list[str] = field(default_factory=list)


class TooMany(Exception):
    """More rows changed than can be compared."""


def differences(first: datetime, last: datetime) -> list[Difference]:
    """Entries that readers see differently before `first` and before `last`, by name. Raises `TooMany`."""
    claims = _claims(first, last)
    entries = _touched(EntryEvent, first, last) | set(claims)
    before, after = _at(EntryEvent, first, entries), _at(EntryEvent, last, entries)
    found = []
    for pk in entries:
        one = _difference(before.get(pk), after.get(pk), claims.get(pk, []))
        if one:
            found.append(one)
    return sorted(found, key=lambda one: (one.name_zh, one.slug))


Changed = list[tuple[str, Action]]
"""The field and the action of each changed claim."""


def _claims(first: datetime, last: datetime) -> dict[int, Changed]:
    """Entry id → its claims that differ for readers."""
    touched = _touched(ClaimEvent, first, last)
    before, after = _at(ClaimEvent, first, touched), _at(ClaimEvent, last, touched)
    found: dict[int, Changed] = defaultdict(list)
    for pk in touched:
        was, now = _public(before.get(pk)), _public(after.get(pk))
        action = _action(was, now, SAID)
        if action:
            row = now or was
            found[row.entry_id].append((row.field, action))
    return found


def _difference(was: Any, now: Any, claims: Changed) -> Difference | None:
    was, now = (row if row is not None and row.is_listed else None for row in (was, now))
    row = now or was
    action = _action(was, now, TOLD) or ("changed" if claims and now else None)
    if row is None or action is None:
        return None
    counts = Counter[str](done for _field, done in claims)
    fields = list(dict.fromkeys(name for name, _done in claims))
    return Difference(row.slug, row.name_zh, row.name_en, action, now is not None, counts, fields)


def _action(was: Any, now: Any, columns: Iterable[str]) -> Action | None:
    if was is None or now is None:
        return None if was is now else ("added" if was is None else "removed")
    return "changed" if any(getattr(was, one) != getattr(now, one) for one in columns) else None


def _public(row: Any) -> Any:
    return row if row is not None and row.status in PUBLIC else None


def _touched(events: Any, first: datetime, last: datetime) -> set[int]:
    rows = events.objects.filter(pgh_created_at__gte=first, pgh_created_at__lt=last)
    found = set(rows.order_by().values_list("pgh_obj_id", flat=True).distinct()[: MOST + 1])
    if len(found) > MOST:
        raise TooMany
    return found


def _at(events: Any, moment: datetime, rows: Collection[int]) -> dict[int, Any]:
    """Id → the last event before a moment, without rows that did not exist then."""
    newest = events.objects.filter(pgh_obj_id__in=rows, pgh_created_at__lt=moment)
    newest = newest.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: event for event in newest if event.pgh_label != DELETE}


Counts = Counter[UUID]
"""Numbers by pghistory context: one context is one step."""


@dataclass(frozen=True)
class ImportStep:
    """An import, a decision on all of it, the undoing of one, or the loss of unchecked places, with the numbers of public rows that it added, changed or removed."""

    at: datetime
    context: UUID
    what: str
    file: str
    entries: int
    developers: int
    claims: int
    source: str
    """Slug of the source that the import created; "" if it is not public or gone."""


def newest_steps(limit: int) -> list[ImportStep]:
    """The latest imports, decisions on whole imports, undoings and the loss of unchecked places, newest first, without those that changed nothing for readers."""
    before = timezone.now() - changes.SETTLING
    contexts = Context.objects.filter(changes.TOGETHER, created_at__lt=before)
    newest = list(contexts.order_by("-created_at")[:limit])
    ids = [one.pk for one in newest]
    entries, developers, claims = _entries(ids), _developers(ids), _claims_within(ids)
    slugs = {f"{IMPORTED}{one.metadata.get('batch')}" for one in newest}
    sources = {*Source.objects.cited().filter(slug__in=slugs).values_list("slug", flat=True)}
    return [
        ImportStep(
            at=one.created_at,
            context=one.pk,
            what=one.metadata["what"],
            file=one.metadata.get("file", ""),
            entries=entries[one.pk],
            developers=developers[one.pk],
            claims=claims[one.pk],
            source=slug if (slug := f"{IMPORTED}{one.metadata.get('batch')}") in sources else "",
        )
        for one in newest
        if entries[one.pk] or claims[one.pk]
    ]


def _entries(ids: Collection[UUID]) -> Counts:
    """Entries that became listed or unlisted."""
    earlier = EntryEvent.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    was = Coalesce(
        Subquery(earlier.order_by("-pgh_id").values("is_listed")[:1]), False, output_field=BooleanField()
    )
    events = EntryEvent.objects.filter(pgh_context__in=ids).annotate(was=was)
    return _counted(events.exclude(is_listed=F("was")))


def _claims_within(ids: Collection[UUID]) -> Counts:
    """Claims that came in or went; in other steps, those that were accepted, wait again or lost their place."""
    came_or_went = _public_claims(ids).filter(pgh_label__in=(INSERT, DELETE))
    decided = ClaimEvent.objects.filter(
        changes.OF_SHOWN,
        pgh_context__in=ids,
        pgh_context__metadata__what__in=changes.DECIDED_TOGETHER,
    )
    lost = _public_claims(ids).filter(pgh_context__metadata__what="forget places")
    return _counted(came_or_went) + _counted(decided) + _counted(lost)


def _developers(ids: Collection[UUID]) -> Counts:
    """Developers added or removed together with a public claim."""
    named = _public_claims(ids).filter(
        pgh_context=OuterRef("pgh_context"), developer_id=OuterRef("pgh_obj_id")
    )
    events = EVENT_MODELS[Developer].objects.filter(pgh_context__in=ids, pgh_label__in=(INSERT, DELETE))
    return _counted(events.filter(Exists(named)))


def _public_claims(ids: Collection[UUID]) -> Any:
    return ClaimEvent.objects.filter(changes.OF_SHOWN, pgh_context__in=ids, status__in=changes.PUBLIC)


def _counted(events: Any) -> Counts:
    rows = events.order_by().values_list("pgh_context").annotate(n=Count("pgh_obj_id", distinct=True))
    return Counter(dict(rows))
