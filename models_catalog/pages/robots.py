"""Files that crawlers and browsers request by themselves: robots.txt, favicon, sitemaps."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_catalog.models import Developer, Entry, Sector, Source
from models_catalog.pages.frame import PREFIXES, TAGS, Frame, without_language
from models_catalog.pages.http.public import public_page

PAGES = (
    "home", "models", "developers", "sectors", "sources", "disputes", "left_out", "market", "charts", "about", "dictionary",
    "changes",
)  # fmt: skip
PER_FILE = 5_000
"""Entries in one sitemap file; each is listed in every language, and a file may hold 50,000 addresses."""


@require_safe
@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: crawlers keep to the sitemap's addresses, since filtered lists are endless."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        f"Sitemap: {Frame(request).absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect for browsers that look here without reading the page's link."""
    return HttpResponseRedirect(static("favicon.svg"))


@require_safe
@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap files."""
    frame = Frame(request)
    names = ["pages", *(f"models-{page}" for page in _entries().page_range)]
    addresses = [frame.absolute(f"/sitemap-{name}.xml") for name in names]
    return _xml(request, "sitemaps/index.xml", {"addresses": addresses})


@require_safe
@public_page()
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    paths = [reverse(name) for name in PAGES]
    shown = {
        "developer": Developer.objects.reviewed(),
        "sector": Sector.objects.all(),
        "source": Source.objects.cited(),
    }
    for kind, rows in shown.items():
        paths += [reverse(kind, args=[slug]) for slug in rows.values_list("slug", flat=True)]
    return _addresses(request, paths)


@require_safe
@public_page()
def sitemap_entries(request: HttpRequest, number: int) -> HttpResponse:
    try:
        slugs = _entries().page(number).object_list
    except EmptyPage as error:
        raise Http404 from error
    return _addresses(request, [reverse("entry", args=[slug]) for slug in slugs])


def _entries() -> Paginator[str]:
    slugs = Entry.objects.listed().order_by("slug").values_list("slug", flat=True)
    return Paginator(slugs, PER_FILE)


def _addresses(request: HttpRequest, paths: list[str]) -> HttpResponse:
    frame = Frame(request)
    rows = [
        [(TAGS[code], frame.absolute(f"/{prefix}{path}")) for code, prefix in PREFIXES.items()]
        for path in map(without_language, paths)
    ]
    return _xml(request, "sitemaps/addresses.xml", {"rows": rows})


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
