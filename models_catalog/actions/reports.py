"""What readers report, and what curators do with it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from models_catalog.actions.recording import recorded
from models_catalog.actions.report_limits import take_one
from models_catalog.models import Entry, Report
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import Field

_DONE = {
    ReportStatus.HANDLED: "handle",
    ReportStatus.DISMISSED: "dismiss",
    ReportStatus.PROPOSED: "reopen",
}
"""What the history says was done."""


class SettledAlready(ValueError):
    """Another curator was first: nothing was done."""


@transaction.atomic
def report_value(*, entry: Entry, field: Field, statement: str, source_url: str, address: str) -> Report:
    """Put a report that came from `address` into the curators' queue. Raises `SentTooMany`, `QueueFull`."""
    take_one(address)
    with recorded("report value"):
        return Report.objects.create(entry=entry, field=field, statement=statement, source_url=source_url)


@transaction.atomic
def settle_report(*, report: Report, by: str, status: ReportStatus, reason: str = "") -> Report:
    """Say that a report was handled or dismissed, by whom and why; back to `PROPOSED` it waits again.

    Raises `SettledAlready` if it does not wait any more.
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
    """Do what the report asks for and mark it as handled: both or neither. The history of what was done names it.

    Raises `SettledAlready`, and whatever `act` raises.
    """
    report = settle_report(report=report, by=by, status=ReportStatus.HANDLED)
    with recorded("report", who=by, report=report.pk):
        act()
    return report
