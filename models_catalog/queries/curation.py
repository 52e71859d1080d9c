"""What curators look at first: what waits, what is missing, what was done last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from models_catalog.models import Claim, ClaimEvent, Entry
from models_catalog.models.vocabulary import Field
from models_catalog.queries.reports import reports_waiting
from models_catalog.queries.waiting_names import call_by_waiting_names

LAST_CHANGES = 12


@dataclass(frozen=True)
class Coverage:
    """Of how many listed entries a field is known."""

    field: Field
    known: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.known / self.total) if self.total else 0


@dataclass(frozen=True)
class Dashboard:
    waiting: int
    reports: int
    listed: int
    single_source: int
    coverage: list[Coverage]
    changes: list[Any]


def dashboard() -> Dashboard:
    """The figures of the admin's front page, in seven queries."""
    listed = Entry.objects.listed()
    total = listed.count()
    accepted = Claim.objects.accepted().filter(entry__is_listed=True).order_by()
    known = dict(accepted.values_list("field").annotate(n=Count("entry", distinct=True)))
    lonely = listed.annotate(n=Count("sources")).filter(n__lt=2).count()
    last = ClaimEvent.objects.select_related("pgh_context", "entry").order_by("-pgh_id")
    changes = list(last[:LAST_CHANGES])
    call_by_waiting_names(change.entry for change in changes)
    return Dashboard(
        waiting=Claim.objects.proposed().count(),
        reports=reports_waiting(),
        listed=total,
        single_source=lonely,
        coverage=[Coverage(field, known.get(field.value, 0), total) for field in Field],
        changes=changes,
    )
