"""The entries before and after one in a filtered list."""

from dataclasses import dataclass

from django.db.models import QuerySet

from models_catalog.models import Entry

FURTHEST = 2_000
"""Rows of a list that are looked through; an entry further down has no neighbours to offer."""


@dataclass(frozen=True)
class Neighbours:
    """Where an entry stands in a list (`place` from 1) and what stands beside it."""

    place: int
    total: int
    previous: Entry | None
    next: Entry | None


def neighbours(entry: Entry, result: QuerySet[Entry]) -> Neighbours | None:
    """None if `entry` is not among the first rows of `result`."""
    ids = list(result.values_list("pk", flat=True)[: FURTHEST + 1])
    if entry.pk not in ids or len(ids) < 2:
        return None
    place = ids.index(entry.pk)
    beside = {offset: ids[place + offset] for offset in (-1, 1) if 0 <= place + offset < len(ids)}
    found = Entry.objects.in_bulk(list(beside.values()))
    total = len(ids) if len(ids) <= FURTHEST else result.count()
    return Neighbours(place + 1, total, *(found.get(beside.get(offset, 0)) for offset in (-1, 1)))
