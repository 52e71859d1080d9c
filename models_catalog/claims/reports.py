"""Error reports: receiving them, showing them next to the disputed claims, and handling them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction
from django.db.models import Count, F, Min, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from models_catalog.claims.recording import recorded
from models_catalog.limits.senders import take_one
from models_catalog.models import Claim, Entry, Report
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import Field, Status

_DONE = {
    ReportStatus.HANDLED: "handle",
    ReportStatus.DISMISSED: "dismiss",
    ReportStatus.PROPOSED: "reopen",
}
"""New status → name of the action in the history."""


class SettledAlready(ValueError):
    """Another curator handled the report first; nothing was written."""


@transaction.atomic
def report_value(*, entry: Entry, field: Field, statement: str, source_url: str, address: str) -> Report:
    """Queue a report sent from the IP address `address`. Raises `SentTooMany`, `QueueFull`."""
    take_one(address)
    with recorded("report value"):
        return Report.objects.create(entry=entry, field=field, statement=statement, source_url=source_url)


@transaction.atomic
def settle_report(*, report: Report, by: str, status: ReportStatus, reason: str = "") -> Report:
    """Mark a report as handled or dismissed, with user and reason; `PROPOSED` reopens it.

    Raises `SettledAlready` if it is no longer open.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    waits = status == ReportStatus.PROPOSED
    if not (waits or report.is_waiting):
        raise SettledAlready
    report.status, report.reason = status, reason
    report.handled_by, report.handled_at = ("", None) if waits else (by, timezone.now())
    with recorded(_DONE[status], who=by, **({"reason": reason} if reason else {})):
        report.save(update_fields=["status", "reason", "handled_by", "handled_at"])
    return report


@transaction.atomic
def follow_report(*, report: Report, by: str, act: Callable[[], object]) -> Report:
    """Run `act`, the change that the report asks for, and mark the report as handled, in one transaction. The history
    of the change names the report.

    Raises `SettledAlready`, and whatever `act` raises.
    """
    report = settle_report(report=report, by=by, status=ReportStatus.HANDLED)
    with recorded("report", who=by, report=report.pk):
        act()
    return report


SHOWN_TOGETHER = 3
"""The most reports shown on one field of one entry, so that many on one do not hide the others."""

SHOWN = 25

NONE: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True)
class Reported:
    """A report, the claims of its field, and the number of further open reports on that field."""

    report: Report
    claims: list[Claim]
    more: int = 0


def reports_waiting() -> int:
    """The number of open reports."""
    return Report.objects.waiting().count()


def beside_claims(reports: Iterable[Report], more: Mapping[int, int] = NONE) -> list[Reported]:
    """Each report with the claims that it disputes; one query for all."""
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
    """The oldest open `reports`, grouped by field and entry, at most three per group."""
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
