"""The review queue: what readers report, then the claims that wait for a decision."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from models_catalog.actions.versions import version_of_claims
from models_catalog.admin.pages import may, page, require
from models_catalog.admin.queue import QueueFilter
from models_catalog.models import Claim
from models_catalog.queries.reports import first_waiting

CLAIMS_A_PAGE = 25


def queue_page(request: HttpRequest, filters: QueueFilter) -> HttpResponse:
    """Claims in reading order, a page at a time; reports stand above the first page."""
    require(request, "view_claim")
    number = request.GET.get("p", "1")
    pages = Paginator(filters.claims(), CLAIMS_A_PAGE)
    shown = pages.get_page(number if len(number) < 10 else "1")
    versions = {claim.entry_id: version_of_claims(claim.entry) for claim in shown}
    again = [  # as they are since, so that no version is newer than what is shown with it
        claim for claim in pages.get_page(shown.number) if claim.entry_id in versions
    ]
    reports = filters.reports()
    context = {
        "title": _("Review queue"),
        "shown": shown,
        "rows": [(claim, versions[claim.entry_id]) for claim in again],
        "waiting": reports.count(),
        "reports": first_waiting(reports) if shown.number == 1 else [],
        "may_curate": may(request, "change_claim", "change_report"),
        "filters": filters,
        "here": request.get_full_path(),
        "opts": Claim._meta,
    }
    return page(request, "admin/claims/queue.html", context)
