"""What readers report, and what curators do with it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from models_catalog.models import Entry, Report
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import Field

MAX_WAITING = 20
"""Reports that may wait on one entry: more would bury the queue."""


class TooManyWaiting(ValueError):
    """Curators have enough to look at on this entry."""


@transaction.atomic
def report_value(*, entry: Entry, field: Field, statement: str, source_url: str) -> Report:
    """Put a report into the curators' queue. Raises `TooManyWaiting`."""
    Entry.objects.select_for_update().get(pk=entry.pk)
    if Report.objects.filter(entry=entry, status=ReportStatus.PROPOSED).count() >= MAX_WAITING:
        raise TooManyWaiting
    return Report.objects.create(entry=entry, field=field, statement=statement, source_url=source_url)


@transaction.atomic
def settle_report(*, report: Report, by: str, status: ReportStatus) -> Report:
    """Say that a report was handled or dismissed, and by whom; back to `PROPOSED` it waits again."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    waits = status == ReportStatus.PROPOSED
    report.status = status
    report.handled_by, report.handled_at = ("", None) if waits else (by, timezone.now())
    report.save(update_fields=["status", "handled_by", "handled_at"])
    return report
