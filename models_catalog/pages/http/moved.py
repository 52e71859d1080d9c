"""Redirects from the addresses of merged entries and developers, and from addresses with a name instead of a slug.

Each leads to the same page or file of the right entry, in one step. The status is 301, since the old address means
nothing else while the merge lasts; 308 for other methods than GET and HEAD, which keeps method and body. With
`no-cache` browsers keep the redirect but revalidate it: if the merge is undone, the old address shows its own entry
again, also to those who were redirected before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.addresses import Told404
from models_catalog.catalog.facets import NOT
from models_catalog.catalog.forms import MAX_FACET_VALUES
from models_catalog.catalog.named import developer_named, entries_like, entries_named, sector_named
from models_catalog.claims.merge_developers import merged_developer, present_slugs
from models_catalog.models import Claim, Developer, Entry, Merge, Sector

View = Callable[..., HttpResponseBase]


class NoSuchName(Told404):
    """No entry has the name that stands in the address; others are offered."""


def moved_to(request: HttpRequest, address: str, query: str | None = None) -> HttpResponse:
    """Redirect to `address` with `query`, by default the request's."""
    asked = request.META.get("QUERY_STRING", "") if query is None else query
    response = HttpResponseRedirect(f"{address}?{asked}" if asked else address)
    is_read = request.method in ("GET", "HEAD")
    response.status_code = HTTPStatus.MOVED_PERMANENTLY if is_read else HTTPStatus.PERMANENT_REDIRECT
    response.headers["Cache-Control"] = "no-cache"
    return response


class FormerDevelopersMiddleware:
    """Redirects from a page, file or list that refuses `developer=` for a merged one to that of the developer it became."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        asked = request.GET.getlist("developer")
        is_read = request.method in ("GET", "HEAD")
        if (
            response.status_code != HTTPStatus.BAD_REQUEST
            or not is_read
            or not 0 < len(asked) <= MAX_FACET_VALUES
        ):
            return response
        bare = {value: value.removeprefix(NOT) for value in asked}
        if not (became := present_slugs(bare.values())):
            return response
        query, now = request.GET.copy(), {value: became.get(slug, slug) for value, slug in bare.items()}
        present = [NOT + now[value] if value.startswith(NOT) else now[value] for value in asked]
        query.setlist("developer", list(dict.fromkeys(present)))
        return moved_to(request, request.path, query.urlencode())


def following_merges(name: str) -> Callable[[View], View]:
    """A view named `name` of one entry by slug, which redirects to the right entry instead of raising `Http404`.

    That is the entry into which the slug's was merged, or the only one with the slug as its name. Within `as_it_stood`
    both are looked up in the past state.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def leading(request: HttpRequest, slug: str, **more: Any) -> HttpResponseBase:
            try:
                return view(request, slug, **more)
            except Http404:
                kept = kept_slug(slug) or meant_slug(slug)
                if kept == slug:  # it is the entry's own address, and something else is missing
                    raise
            return moved_to(request, reverse(name, kwargs={"slug": kept, **more}))

        return leading

    return decorated


def named(name: str) -> Callable[..., HttpResponseBase]:
    """A view that redirects from an entry's name, which is not a slug, to the page or file named `name`."""

    @require_safe
    def leading(request: HttpRequest, slug: str, **more: Any) -> HttpResponseBase:
        return moved_to(request, reverse(name, kwargs={"slug": meant_slug(slug), **more}))

    return leading


@require_safe
def developer_by_name(request: HttpRequest, slug: str) -> HttpResponse:
    return _vocabulary_page(request, merged_developer(slug) or developer_named(slug))


@require_safe
def sector_by_name(request: HttpRequest, slug: str) -> HttpResponse:
    return _vocabulary_page(request, sector_named(slug))


def _vocabulary_page(request: HttpRequest, row: Developer | Sector | None) -> HttpResponse:
    if row is None:
        raise Http404
    return moved_to(request, row.get_absolute_url())


def meant_slug(name: str) -> str:
    """The slug of the only entry with this name; otherwise 404, with suggestions if there are any."""
    found = entries_named(name)
    if len(found) == 1:
        return found[0].slug
    links = [(entry.get_absolute_url(), entry.label) for entry in found or entries_like(name)]
    if not links:
        raise Http404
    raise NoSuchName(_("No entry has just this name. Perhaps one of these is meant:"), links=links)


def kept_slug(slug: str) -> str:
    """The slug of the listed entry into which this one was merged; "" if it was not merged."""
    merged = Entry.objects.filter(slug=slug, merged_into__is_listed=True)
    return merged.values_list("merged_into__slug", flat=True).first() or ""


def claim_moved_from(slug: str, key: str) -> Claim | None:
    """The public claim that had this key in an entry that has since been merged; None if there is none."""
    merged = Entry.objects.filter(slug=slug, merged_into__is_listed=True).first()
    if merged is None:
        return None
    was = {"entry_id": merged.pk, "key": key}
    for merge in Merge.objects.filter(merged=merged, undone_at=None):
        ids = [int(pk) for pk, place in merge.moved["claims"].items() if was.items() <= place.items()]
        return Claim.objects.public().select_related("entry").filter(pk__in=ids).first()
    return None
