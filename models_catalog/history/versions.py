"""Optimistic locking of rows: the second of two concurrent editors sees what the first changed, and nothing is lost.

A row's version is the id of its latest history event. A form carries the version that it showed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Model, Q
from django_stubs_ext import StrOrPromise

from models_catalog.fields.describe import called
from models_catalog.history.rows import DONE, text_of
from models_catalog.models import HISTORIES, ClaimEvent, Entry
from models_catalog.models.history import UPDATE

_UNTOLD = {"reviewed_at", "created_at", "sort_key", "sort_key_en", "bases"}


@dataclass(frozen=True)
class ConcurrentChange:
    """One column that another user changed, or with an empty `column` a row that another user added or deleted."""

    subject: str
    """Title of a claim; "" for any other row."""
    column: str
    heading: StrOrPromise
    before: str
    after: str


class ChangedMeanwhile(Exception):
    """Another user saved first; `changes` lists the differences, up to `version`."""

    def __init__(self, changes: Sequence[ConcurrentChange], version: int) -> None:
        self.changes, self.version = changes, version
        super().__init__("; ".join(f"{told.subject} {told.heading}" for told in changes))


def version_of(row: Model) -> int:
    """The version of one row of a curated table."""
    events = HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk)
    return events.aggregate(latest=Max("pgh_id"))["latest"] or 0


def version_of_claims(entry: Entry) -> int:
    """The version of all claims of an entry together, on which a decision about one of them depends."""
    return versions_of_claims([entry.pk]).get(entry.pk, 0)


def versions_of_claims(entries: Collection[int]) -> dict[int, int]:
    """Entry id → version of its claims, in one query; entries that never had a claim are left out."""
    events = ClaimEvent.objects.filter(entry_id__in=entries).order_by()
    return dict(events.values_list("entry_id").annotate(latest=Max("pgh_id")))


def refuse_stale(row: Model, version: int) -> None:
    """Raise `ChangedMeanwhile` if `row`, locked by the caller, has changed since `version`."""
    now = version_of(row)
    if now != version:
        raise ChangedMeanwhile(_told(HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk), version), now)


def refuse_stale_claims(entry: Entry, version: int) -> None:
    """The same for the claims of `entry`, which the caller has locked."""
    refuse_stale_ledgers([entry], {entry.pk: version})


def refuse_stale_ledgers(entries: Sequence[Entry], seen: Mapping[int, int]) -> None:
    """The same for the claims of several entries, all locked by the caller. The exception lists the changes of all."""
    now = versions_of_claims([entry.pk for entry in entries])
    stale = [entry for entry in entries if now.get(entry.pk, 0) != seen.get(entry.pk, 0)]
    if not stale:
        return
    changes: list[ConcurrentChange] = []
    for entry in stale:
        events = ClaimEvent.objects.filter(entry_id=entry.pk)
        changes += _told(events, seen.get(entry.pk, 0), f"{entry.label} · " if len(entries) > 1 else "")
    raise ChangedMeanwhile(changes, max(now.values(), default=0))


def _told(events: Any, version: int, of: str = "") -> list[ConcurrentChange]:
    """Changes since `version`; a claim's title is preceded by its entry (`of`)."""
    changes = []
    before: dict[int, Any] = {}
    for event in events.order_by("pgh_id"):
        old = before.get(event.pgh_obj_id)
        if event.pgh_id > version:
            changes += _differences(old, event, of)
        before[event.pgh_obj_id] = event
    return changes


def _differences(old: Any, new: Any, of: str) -> list[ConcurrentChange]:
    subject = of + called(new) if isinstance(new, ClaimEvent) else ""
    if old is None or new.pgh_label != UPDATE:
        return [ConcurrentChange(subject, "", DONE.get(new.pgh_label, new.pgh_label), "", "")]
    fields = [field for field in new.pgh_tracked_model._meta.local_fields if field.name not in _UNTOLD]
    return [
        ConcurrentChange(subject, field.name, field.verbose_name, *(_text(field, row) for row in (old, new)))
        for field in fields
        if getattr(old, field.attname) != getattr(new, field.attname)
    ]


def _text(field: Any, event: Any) -> str:
    """The value of a column of an event; a row that was deleted is shown by its id."""
    value = getattr(event, field.attname)
    if field.is_relation and value is not None:
        row = field.related_model._default_manager.filter(pk=value).first()
        return text_of(field, row) or f"#{value}"
    return text_of(field, value)


Seen = Mapping[int, tuple[int, int]]
"""Entry → the newest line in the history of its claims, and how many there are: one may come late under an older number."""


def ledgers_seen(entries: Collection[int] | None = None) -> Seen:
    """How far the histories of the claims of all entries, or of these, have come."""
    events = ClaimEvent.objects.order_by()
    if entries is not None:
        events = events.filter(entry_id__in=entries)
    counted = events.values_list("entry_id").annotate(newest=Max("pgh_id"), lines=Count("pgh_id"))
    return {entry: (newest, lines) for entry, newest, lines in counted}


def are_stale(entries: Collection[int], before: Seen) -> bool:
    """Lock these entries; whether one is gone or merged, or its claims are not as they were `before`."""
    standing = [entry for entry in lock_entries(Q(pk__in=entries)) if entry.merged_into_id is None]
    now = ledgers_seen(entries)
    return len(standing) != len(entries) or any(now.get(pk) != before.get(pk) for pk in entries)


def lock_entries(which: Q) -> list[Entry]:
    """These entries, locked until the transaction ends, in the order in which everybody locks entries."""
    ids = Entry.objects.filter(which).order_by().values("pk")
    locked = Entry.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return list(locked.only("pk", "merged_into"))
