"""Writes what links an entry to rows of other tables, as `claims.settle` asks: only the differences."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F

from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Status


def members(families: Collection[int]) -> set[int]:
    """The entries whose claims on being part of `families` wait no more, or again; what is kept of them is made anew."""
    if not families:
        return set()
    naming = Claim.objects.filter(parent__in=families, status__in=[Status.ACCEPTED, Status.DISPUTED])
    members = set(naming.order_by().values_list("entry", flat=True))
    Entry.objects.filter(pk__in=members).update(is_listed=F("is_listed"))
    return members


def write_sources(entries: Collection[int]) -> None:
    wanted: dict[int, set[int]] = {pk: set() for pk in entries}
    told = Claim.objects.accepted().told().filter(entry__in=entries).exclude(source=None)
    for entry, source in told.order_by().values_list("entry", "source"):
        wanted[entry].add(source)
    write_set(Entry.sources.through, "source_id", wanted)


def write_set(through: type[Any], column: str, wanted: dict[int, set[int]]) -> None:
    """Make the many-to-many rows of each entry equal to `wanted`."""
    rows = through.objects.filter(entry__in=wanted).values_list("entry_id", column, "pk")
    current = {(entry, other): pk for entry, other, pk in rows}
    target = {(pk, other) for pk, others in wanted.items() for other in others}
    through.objects.filter(pk__in=[current[gone] for gone in current.keys() - target]).delete()
    through.objects.bulk_create(
        [through(entry_id=pk, **{column: other}) for pk, other in sorted(target - current.keys())]
    )
