"""Readers' reports as curators meet them: each beside the claims that it disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import RowNumber

from models_catalog.models import Claim, Report
from models_catalog.models.vocabulary import Status

SHOWN_TOGETHER = 3
"""Of the reports on one field of one entry, so that many on one bury none of the others."""

SHOWN = 25

NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True)
class Reported:
    """A report, the claims of its field, and how many more reports wait on the same field behind it."""

    report: Report
    claims: list[Claim]
    more: int = 0


def reports_waiting() -> int:
    """How many reports of readers wait for a curator."""
    return Report.objects.waiting().count()


def beside_claims(reports: Iterable[Report], more: Mapping[int, int] = NONE) -> list[Reported]:
    """Each report with the claims that it disputes, in one query for all."""
    rows = list(reports)
    found = defaultdict(list)
    if rows:
        claims = Claim.objects.filter(
            entry__in={row.entry_id for row in rows}, field__in={row.field for row in rows}
        )
        shown = claims.exclude(status=Status.REJECTED).with_related().order_by("-preferred", "position", "pk")
        for claim in shown:
            found[claim.entry_id, claim.field].append(claim)
    return [Reported(row, found[row.entry_id, row.field], more.get(row.pk, 0)) for row in rows]


def first_waiting(reports: QuerySet[Report]) -> list[Reported]:
    """The first of the waiting `reports`, those on one field of one entry together and at most three of them."""
    same = [F("entry_id"), F("field")]
    rows = reports.select_related("entry").annotate(
        place=Window(RowNumber(), partition_by=same, order_by=["created_at", "pk"]),
        together=Window(Count("pk"), partition_by=same),
        since=Window(Min("created_at"), partition_by=same),
    )
    shown = list(
        rows.filter(place__lte=SHOWN_TOGETHER).order_by("since", "entry_id", "field", "place")[:SHOWN]
    )
    more = {
        row.pk: row.together - row.place
        for row in shown
        if row.place == SHOWN_TOGETHER and row.together > SHOWN_TOGETHER
    }
    return beside_claims(shown, more)
