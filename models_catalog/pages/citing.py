"""Citations of pages as files: the title of each citable page, and the state in which it is cited.

A release is named only if the cited data has not changed since. The address always shows what is cited: the release, or
the page as of the moment of the release or of citing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.index.current import shown_state
from models_catalog.compare.forms import MOST, CompareForm
from models_catalog.compare.subjects import find
from models_catalog.history.as_of import LENS, day_shown, written
from models_catalog.history.changes import changed_after
from models_catalog.history.version import version
from models_catalog.models import Claim, Entry, Release, Source
from models_catalog.models.labels import in_english
from models_catalog.pages.http.as_of import PARAMETER, as_it_stood
from models_catalog.pages.http.moved import claim_moved_from, following_merges, moved_to
from models_catalog.pages.http.problems import take_nothing
from models_catalog.pages.http.sharing import versioned
from models_catalog.pages.linked_data import iso_of
from models_catalog.publish.citations import FORMS, Citation, CitedWords
from models_catalog.publish.writers import content_disposition

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class CitedState:
    """The cited state: a release's number (0: none), its day, and the day or moment for the address."""

    release: int
    day: date
    as_of: date

    @property
    def query(self) -> str:
        """The query parameter that shows the state: `release`, or else a day or a moment to the second."""
        state = f"release={self.release}" if self.release else f"{PARAMETER}={written(self.as_of)}"
        return "&".join(filter(None, (state, lens_query())))


def lens_query() -> str:
    """The query parameters of the sources that count, as shown now; "" if all do."""
    lens = LENS.get()
    known_by = [("known_by", lens.known_by.isoformat())] if lens.known_by else []
    return urlencode([*(("without", slug) for slug in lens.without), *known_by])


def state_query() -> str:
    """The query parameters of the state shown; "" for the whole present."""
    shown = day_shown()
    return "&".join(filter(None, (f"{PARAMETER}={written(shown)}" if shown else "", lens_query())))


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
@as_it_stood(filtered=False)
@following_merges("cite_entry")
def cite_entry(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return file_of(of_entry(request, get_object_or_404(Entry.objects.listed(), slug=slug)), form)


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
@as_it_stood(filtered=False)
def cite_claim(request: HttpRequest, slug: str, key: str, form: str) -> HttpResponse:
    claims = Claim.objects.public().filter(entry__slug=slug, entry__is_listed=True, key=key)
    claim = claims.select_related("entry", "source").first()
    if claim is None:
        if kept := claim_moved_from(slug, key):
            return moved_to(request, reverse("cite_claim", args=[kept.entry.slug, kept.key, form]))
        raise Http404
    return file_of(of_claim(request, claim), form)


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
@as_it_stood(filtered=True)
def cite_compare(request: HttpRequest, form: str) -> HttpResponse:
    asked = CompareForm(request.GET)
    slugs = asked.choice.slugs[:MOST] if asked.is_valid() else ()
    found = find(slugs)
    if found.merged:
        query = asked.choice.replacing(found.merged).query_within(request.GET)
        return moved_to(request, reverse("cite_compare", args=[form]), query)
    chosen = list(found.listed)
    if not chosen or len(chosen) < len(asked.choice.slugs):
        text = _("Name the entries to compare, as in ?model=…&model=…")
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    return file_of(of_comparison(request, chosen), form)


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
def cite_release(request: HttpRequest, number: int, form: str) -> HttpResponse:
    return file_of(
        of_release(request, get_object_or_404(Release.objects.defer("package"), number=number)), form
    )


@partial(versioned, daily=True)  # it contains the day of access
@require_safe
def cite_registry(request: HttpRequest, form: str) -> HttpResponse:
    take_nothing(request)
    return file_of(of_registry(request), form)


def of_entry(request: HttpRequest, entry: Entry) -> Citation:
    differs = entry.name_en and entry.name_en != entry.name_zh
    english = f"{entry.name_en} ({entry.name_zh})" if differs else entry.name_zh
    page = reverse("entry", args=[entry.slug])
    return cited_as(request, f"baimo-{entry.slug}", (entry.name_zh, english), page, [entry.pk])


def of_claim(request: HttpRequest, claim: Claim) -> Citation:
    """A claim: cites the article first, if there is one, and then the entry that shows it."""
    entry = of_entry(request, claim.entry)
    quoted = _quoted(claim, claim.source) if claim.source else None
    return replace(entry, key=f"{entry.key}-{claim.key}", url=f"{entry.url}#{claim.key}", quoted=quoted)


def _quoted(claim: Claim, source: Source) -> CitedWords:
    publisher_en = source.publisher_en or source.publisher_zh
    return CitedWords(
        author_zh=source.author_zh or source.publisher_zh or source.name_zh,
        author_en=source.author_en or source.author_zh or publisher_en or source.name_en or source.name_zh,
        title_zh=source.name_zh,
        title_en=source.name_en or source.name_zh,
        published=iso_of(source.published),
        words=claim.quotation,
        line=claim.line or 0,
        publisher_zh=source.publisher_zh if source.author_zh else "",
        publisher_en=publisher_en if source.author_zh else "",
    )


def of_comparison(request: HttpRequest, entries: list[Entry]) -> Citation:
    chinese = _and([entry.name_zh for entry in entries], "、", "和")
    english = _and([entry.name_en or entry.name_zh for entry in entries], ", ", " and ")
    query = QueryDict(mutable=True)
    query.setlist("model", [entry.slug for entry in entries])
    if request.GET.get("only"):
        query["only"] = "differences"
    key = f"baimo-compare-{'-'.join(entry.slug for entry in entries)}"[:60] + mark_of(query.urlencode())
    titles = (f"{chinese}的比较", f"Comparison of {english}")
    return cited_as(
        request, key, titles, with_query(reverse("compare"), query), [entry.pk for entry in entries]
    )


def of_release(request: HttpRequest, release: Release) -> Citation:
    return Citation(
        key=f"baimo-{release.number}",
        title_zh="",
        title_en="",
        url=_permanent(request, release.get_absolute_url()),
        release=release.number,
        day=release.day,
        seen=timezone.localdate(),
        in_chinese=not in_english(),
    )


def of_registry(request: HttpRequest) -> Citation:
    """The newest release, or the current catalog if anything has changed since."""
    newest = Release.objects.defer("package").first()
    if newest and not changed_after(newest.created_at):
        return of_release(request, newest)
    return cited_as(request, "baimo", ("", ""), reverse("models"))


def state_of(entries: Collection[int] | None = None) -> CitedState:
    """The newest release if these entries (None: all data) have not changed since, otherwise the last change.

    If a past state is shown, that state.
    """
    shown = day_shown()
    releases = Release.objects.defer("package")
    release = releases.filter(created_at=shown).first() if isinstance(shown, datetime) else None
    if shown is None:
        newest = _of_state(releases.first, "newest")
        about = None if entries is None else tuple(entries)
        is_cited = newest and not _of_state(lambda: changed_after(newest.created_at, entries), "about", about)
        release = newest if is_cited else None
    if release:
        return CitedState(release.number, release.day, release.created_at)
    as_of = shown or _of_state(_last_change, "last")
    if isinstance(as_of, datetime) and as_of.microsecond:
        as_of = as_of.replace(microsecond=0) + timedelta(seconds=1)
    return CitedState(0, timezone.localdate(as_of) if isinstance(as_of, datetime) else as_of, as_of)


def _of_state(work: Callable[[], Kept], *key: Any) -> Kept:
    """The result of `work()`, kept while the registry stays in the state that the page shows."""
    state = shown_state()
    return state.remembered(("cited", *key), work, most=500) if state else work()


def _last_change() -> datetime:
    """The moment of the last change, so that the same state is always cited the same way."""
    return (version().changed or timezone.now()).astimezone(UTC)


def cited_as(
    request: HttpRequest, key: str, titles: tuple[str, str], page: str, entries: Collection[int] | None = None
) -> Citation:
    state, lens = state_of(entries), lens_query()
    address = f"{page}{'&' if '?' in page else '?'}{state.query}"
    # Each state has a key of its own, so that a bibliography can cite two.
    mark = f"r{state.release}" if state.release else re.sub("[^0-9TZ]", "", written(state.as_of))
    if lens:
        key, titles = f"{key}{mark_of(lens)}", (_of_some(titles[0], "zh-hans"), _of_some(titles[1], "en"))
    return Citation(
        key=f"{key}-{mark}",
        title_zh=titles[0],
        title_en=titles[1],
        url=_permanent(request, address),
        release=state.release,
        day=state.day,
        seen=timezone.localdate(),
        in_chinese=not in_english(),
    )


def _of_some(title: str, language: str) -> str:
    """A title that says that not all sources count."""
    with translation.override(language):
        some = _("some of the sources")
        return _("%(title)s (%(chosen)s)") % {"title": title, "chosen": some} if title else some


def _permanent(request: HttpRequest, address: str) -> str:
    """The full address, without a language prefix."""
    for prefix in ("/zh/", "/en/"):
        if address.startswith(prefix):
            address = address[len(prefix) - 1 :]
    return request.build_absolute_uri(address)


def with_query(address: str, query: QueryDict) -> str:
    return f"{address}?{query.urlencode()}" if query else address


def mark_of(query: str) -> str:
    """A short hash that tells queries apart in a bibliography."""
    return f"-{sha256(query.encode()).hexdigest()[:6]}"


def _and(names: list[str], comma: str, last: str) -> str:
    return last.join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def file_of(cited: Citation, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    _label, media_type, write = FORMS[form]
    response = HttpResponse(write(cited), content_type=f"{media_type}; charset=utf-8")
    if media_type != "text/plain":
        response["Content-Disposition"] = content_disposition(cited.key, form)
    return response
