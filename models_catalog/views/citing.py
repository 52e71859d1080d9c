"""What each citable page is called, and its citation as a file."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.charts.registry import CHARTS
from models_catalog.citations import FORMS, Citation, newest_release
from models_catalog.compare_forms import CompareForm
from models_catalog.comparison.choice import MOST
from models_catalog.exports import content_disposition
from models_catalog.models import Entry, Release
from models_catalog.queries.as_of import day_shown
from models_catalog.views.as_of import as_it_stood, minding_as_of


@require_safe
@as_it_stood(filtered=False)
def cite_entry(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _file(of_entry(request, get_object_or_404(Entry.objects.listed(), slug=slug)), form)


@minding_as_of
@require_safe
def cite_chart(request: HttpRequest, name: str, form: str) -> HttpResponse:
    if name not in CHARTS:
        raise Http404
    return _file(of_chart(request, name), form)


@require_safe
def cite_compare(request: HttpRequest, form: str) -> HttpResponse:
    asked = CompareForm(request.GET)
    slugs = asked.choice.slugs[:MOST] if asked.is_valid() else ()
    entries = {entry.slug: entry for entry in Entry.objects.listed().filter(slug__in=slugs)}
    chosen = [entries[slug] for slug in slugs if slug in entries]
    if not chosen or len(chosen) < len(asked.choice.slugs):
        text = _("Name the entries to compare, as in ?model=…&model=…")
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    return _file(of_comparison(request, chosen), form)


@require_safe
def cite_release(request: HttpRequest, number: int, form: str) -> HttpResponse:
    return _file(
        of_release(request, get_object_or_404(Release.objects.defer("package"), number=number)), form
    )


def of_entry(request: HttpRequest, entry: Entry) -> Citation:
    english = f"{entry.name_en} ({entry.name_zh})" if entry.name_en else entry.name_zh
    day = day_shown()
    address = reverse("entry", args=[entry.slug]) + (f"?as_of={day}" if day else "")
    return _cited(request, f"baimo-{entry.slug}", entry.name_zh, english, address)


def of_chart(request: HttpRequest, name: str) -> Citation:
    titles = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            titles.append(str(CHARTS[name].label))
    address = reverse("chart", args=[name])
    return _cited(request, f"baimo-chart-{name}", titles[0], titles[1], _with_query(request, address))


def of_comparison(request: HttpRequest, entries: list[Entry]) -> Citation:
    chinese = "、".join(entry.name_zh for entry in entries)
    english = ", ".join(entry.name_en or entry.name_zh for entry in entries)
    key = f"baimo-compare-{'-'.join(entry.slug for entry in entries)}"[:80]
    query = "&".join(f"model={entry.slug}" for entry in entries)
    return _cited(
        request, key, f"{chinese}的比较", f"Comparison of {english}", f"{reverse('compare')}?{query}"
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
    )


def of_registry(request: HttpRequest) -> Citation:
    return _cited(request, "baimo", "", "", reverse("home"))


def _cited(request: HttpRequest, key: str, chinese: str, english: str, address: str) -> Citation:
    number, day = newest_release()
    seen: date = timezone.localdate()
    return Citation(key, chinese, english, _permanent(request, address), number, day or seen, seen)


def _permanent(request: HttpRequest, address: str) -> str:
    """The full address, without what fixes a language."""
    for prefix in ("/zh/", "/en/"):
        if address.startswith(prefix):
            address = address[len(prefix) - 1 :]
    return request.build_absolute_uri(address)


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _file(cited: Citation, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    _label, media_type, write = FORMS[form]
    response = HttpResponse(write(cited), content_type=f"{media_type}; charset=utf-8")
    if media_type != "text/plain":
        response["Content-Disposition"] = content_disposition(cited.key, form)
    return response
