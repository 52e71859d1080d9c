"""Two curators at one row: the second is told what the first changed, and nothing is lost.

A row's version is the number of the latest line in its history. A form carries the version that it showed.
"""

from typing import Any

from django.db.models import Max, Model

from models_catalog.models import HISTORIES, ClaimEvent, Entry

_UNTOLD = {"reviewed_at", "created_at", "sort_key"}


class ChangedMeanwhile(Exception):
    """Somebody else saved first; `changes` says what, a line each, up to `version`."""

    def __init__(self, changes: list[str], version: int) -> None:
        self.changes, self.version = changes, version
        super().__init__("; ".join(changes))


def version_of(row: Model) -> int:
    """The version of one row of a curated table."""
    events = HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk)
    return events.aggregate(latest=Max("pgh_id"))["latest"] or 0


def version_of_claims(entry: Entry) -> int:
    """The version of all claims of an entry together: what a decision about one of them looks at."""
    return ClaimEvent.objects.filter(entry_id=entry.pk).aggregate(latest=Max("pgh_id"))["latest"] or 0


def refuse_stale(row: Model, version: int) -> None:
    """Raise `ChangedMeanwhile` if `row`, locked by the caller, is not as it was at `version`."""
    now = version_of(row)
    if now != version:
        raise ChangedMeanwhile(_told(HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk), version), now)


def refuse_stale_claims(entry: Entry, version: int) -> None:
    """The same for the claims of `entry`, which the caller has locked."""
    now = version_of_claims(entry)
    if now != version:
        raise ChangedMeanwhile(_told(ClaimEvent.objects.filter(entry_id=entry.pk), version), now)


def _told(events: Any, version: int) -> list[str]:
    """Each change since `version` as `column: old → new`, preceded by the claim's key where there is one."""
    lines = []
    before: dict[int, Any] = {}
    for event in events.order_by("pgh_id"):
        old = before.get(event.pgh_obj_id)
        if event.pgh_id > version:
            lines += _differences(old, event)
        before[event.pgh_obj_id] = event
    return lines


def _differences(old: Any, new: Any) -> list[str]:
    name = f"{new.key}: " if isinstance(new, ClaimEvent) else ""
    if old is None or new.pgh_label != "update":
        return [f"{name}{new.pgh_label}"]
    columns = [
        field.attname for field in new.pgh_tracked_model._meta.local_fields if field.name not in _UNTOLD
    ]
    return [
        f"{name}{column}: {getattr(old, column)} → {getattr(new, column)}"
        for column in columns
        if getattr(old, column) != getattr(new, column)
    ]
