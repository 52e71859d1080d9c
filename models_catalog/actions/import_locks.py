"""An import keeps others from the entries that it writes, once it knows them: from then until it ends."""

from collections.abc import Collection, Mapping

from django.db.models import Count, Max, Q

from models_catalog.models import ClaimEvent, Entry

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
