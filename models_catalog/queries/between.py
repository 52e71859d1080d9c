"""What differs between two states of the registry: entries that came, went or changed, and the claims behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models_catalog.models import ClaimEvent, EntryEvent
from models_catalog.models.history import DELETE
from models_catalog.models.labels import Labelled
from models_catalog.queries.changes import PUBLIC, TOLD, Action

MOST = 2_000
"""Rows of each history that are compared; more are no list that anybody reads."""

SAID = (
    "answer", "text", "token", "event", "days", "number", "developer_id", "sector_id", "parent_id", "basis", "status", "preferred",
)  # fmt: skip
"""Columns of a claim whose change is a change for readers."""


@dataclass
class Difference(Labelled):
    """One entry that is another in the later state. `claims` counts its claims by what became of them."""

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
    """Entries as readers saw them before `first` against before `last`, by name. Raises `TooMany`."""
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
"""Fields of claims, and what became of each claim."""


def _claims(first: datetime, last: datetime) -> dict[int, Changed]:
    """By entry, the claims that readers see otherwise."""
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
    """Each of the rows as its history has it before a moment; without those that were gone or not there yet."""
    newest = events.objects.filter(pgh_obj_id__in=rows, pgh_created_at__lt=moment)
    newest = newest.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: event for event in newest if event.pgh_label != DELETE}
