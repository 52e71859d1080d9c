"""The review queue: what readers report, then the claims that wait for a decision, each with what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from models_catalog.actions.foresight import Prospect, prospects
from models_catalog.actions.versions import versions_of_claims
from models_catalog.admin.exports import FORMS
from models_catalog.admin.pages import (
    has_just_acted,
    may,
    no_such_page,
    page,
    page_number,
    refuse_unknown,
    require,
)
from models_catalog.admin.queue import QueueFilter
from models_catalog.ingest.surroundings import Surroundings, surroundings
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Ruling
from models_catalog.queries.reports import first_waiting
from models_catalog.queries.waiting_names import call_by_waiting_names

CLAIMS_A_PAGE = 25


@dataclass(frozen=True)
class Row:
    """A claim that waits, with what accepting it would do, its words in their line, and where one goes on."""

    claim: Claim
    version: int
    prospect: Prospect
    line: Surroundings | None
    goes_on: str
    """The part of the page that has the focus once it is decided on."""


def queue_page(request: HttpRequest, filters: QueueFilter) -> HttpResponse:
    """Claims in reading order, a page at a time; reports stand above the first page."""
    require(request, "view_claim")
    refuse_unknown(request.GET, {*filters.fields, "p", "all"})
    number = page_number(request.GET)
    pages = Paginator(filters.claims().values_list("pk", "entry_id"), CLAIMS_A_PAGE)
    if number > pages.num_pages and not has_just_acted(request):
        raise no_such_page(number)
    shown = pages.get_page(number)
    reports = filters.reports()
    context = {
        "title": _("Review queue"),
        "shown": shown,
        "rows": _rows(shown),
        "all_ticked": "all" in request.GET,
        "rulings": Ruling.choices,
        "waiting": reports.count(),
        "reports": first_waiting(reports) if shown.number == 1 else [],
        "may_curate": may(request, "change_claim", "change_report"),
        "filters": filters,
        "query": _filtered_by(request),
        "export_forms": FORMS,
        "here": request.get_full_path(),
        "opts": Claim._meta,
    }
    return page(request, "admin/claims/queue.html", context, status=400 if filters.errors else 200)


def _filtered_by(request: HttpRequest) -> str:
    """The filters as the address has them, without the page that one is on."""
    chosen = request.GET.copy()
    for name in ("p", "all"):
        chosen.pop(name, None)
    return chosen.urlencode()


def _rows(shown: Page[Any]) -> list[Row]:
    """The claims of a page: their versions are read first, so that none is newer than what is shown with it."""
    end = shown.start_index() - 1 + CLAIMS_A_PAGE
    places = list(shown.object_list)
    following = [pk for pk, _entry in shown.paginator.object_list[end : end + 1]] if shown.has_next() else []
    versions = versions_of_claims({entry for _pk, entry in places})
    found = Claim.objects.proposed().with_related().select_related("entry").in_bulk([pk for pk, _e in places])
    claims = [found[pk] for pk, _entry in places if pk in found]
    effects, lines = prospects(claims), surroundings(claims)
    after = _what_follows([claim.pk for claim in claims], following)
    call_by_waiting_names(claim.entry for claim in claims)
    return [
        Row(
            claim,
            versions[claim.entry_id],
            effects[claim.pk],
            lines.get(claim.pk),
            after[claim.pk],
        )
        for claim in claims
        if claim.entry_id in versions
    ]


def _what_follows(claims: Sequence[int], following: Sequence[int]) -> dict[int, str]:
    """Of each claim the next one's anchor: of the last that of the one before it, or of the list once it is empty."""
    order = [*claims, *following]
    after = dict(pairwise(order))
    if not following and len(claims) > 1:
        after[claims[-1]] = claims[-2]
    return {pk: f"claim-{after[pk]}" if pk in after else "claims" for pk in claims}
