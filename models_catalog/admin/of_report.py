"""A reader's report beside the claim that a curator works on because of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from models_catalog.admin.pages import require
from models_catalog.models import Claim, Report
from models_catalog.models.report import MAX_REASON_CHARS
from models_catalog.models.vocabulary import Ruling, Verdict


def report_of(request: HttpRequest, claim: Claim) -> Report | None:
    """The report that the address or the form names as `report`; it must be about the claim's entry and field."""
    words = request.POST.get("report") or request.GET.get("report", "")
    if not words:
        return None
    require(request, "view_report", *(["change_report"] if request.method == "POST" else []))
    known = words.isascii() and words.isdigit() and len(words) < 19
    reports = Report.objects.filter(entry=claim.entry_id, field=claim.field).select_related("entry")
    return get_object_or_404(reports, pk=int(words) if known else 0)


def disputing(report: Report) -> dict[str, Any]:
    """What the form for deciding on a claim holds at first, if a report leads to it."""
    reason = f"{report.source_url} {report.statement}"
    return {
        "decision": Verdict.DISPUTE,
        "ruling": Ruling.CURATOR,
        "reason": " ".join(reason.split())[:MAX_REASON_CHARS],
    }
