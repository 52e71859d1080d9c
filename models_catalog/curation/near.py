"""One list of the developers whose names are so alike that they may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.claims.settle import developer_names
from models_catalog.curation.pages import no_such_page, page, page_number, refuse_unknown, require
from models_catalog.intake.tables.makers import MakersAlike
from models_catalog.models import Developer

PAIRS_A_PAGE = 50

Pair = tuple[Any, Any]
"""Two developers with their `claim_count`: the one with fewer claims, and the one that a merge would keep."""


@require_safe
def near_page(request: HttpRequest) -> HttpResponse:
    """Show the pairs, paginated, each with the merge of the two."""
    require(request, "view_developer")
    refuse_unknown(request.GET, {"p"})
    number = page_number(request.GET)
    found = alike(Developer.objects.annotate(claim_count=Count("claims")).order_by("sort_key", "slug"))
    pages = Paginator(found, PAIRS_A_PAGE)
    if number > pages.num_pages:
        raise no_such_page(number)
    context = {
        "title": _("Developers that may be the same"),
        "shown": pages.get_page(number),
        "opts": Developer._meta,
    }
    return page(request, "admin/developers/near.html", context)


def alike(developers: Iterable[Any]) -> list[Pair]:
    """The pairs of developers with a name near one of the other's; not of one and the organisation that it belongs to."""
    rows = list(developers)
    owners = {name: row for row in reversed(rows) for name in developer_names(row)}
    index = MakersAlike(owners)
    pairs: dict[frozenset[int], Pair] = {}
    for row in rows:
        for other in (owners[near] for name in developer_names(row) for near in index.near(name)):
            if row.pk != other.pk and row.pk != other.parent_id and other.pk != row.parent_id:
                fewer, more = sorted((row, other), key=lambda one: (one.claim_count, -one.pk))
                pairs.setdefault(frozenset((row.pk, other.pk)), (fewer, more))
    return list(pairs.values())
