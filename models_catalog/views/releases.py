"""The registry as data: the ways to it, its package, its releases."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_catalog.dataset import TABLES
from models_catalog.exports import content_disposition
from models_catalog.models import Release
from models_catalog.releases.freeze import day_of_the_data
from models_catalog.releases.package import DESCRIPTOR, Edition, members, packed
from models_catalog.views.api.sharing import opened

FOREVER = "public, max-age=31536000, immutable"
ZIP = "application/zip"


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "tables": TABLES,
        "here": f"{request.scheme}://{request.get_host()}",
        "newest": Release.objects.defer("package").first(),
    }
    return render(request, "releases/data.html", context)


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    """The registry as it is now, as a data package."""
    edition = Edition(0, day_of_the_data())
    response = HttpResponse(packed(members(edition), edition.day), content_type=ZIP)
    response["Content-Disposition"] = content_disposition(f"baimo-{timezone.localdate()}", "zip")
    opened(response)
    return response


@require_safe
def descriptor(request: HttpRequest) -> HttpResponse:
    """The package's `datapackage.json` alone."""
    content = members(Edition(0, day_of_the_data()))[DESCRIPTOR]
    response = HttpResponse(content, content_type="application/json")
    opened(response)
    return response


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    rows = list(Release.objects.defer("package"))
    return render(request, "releases/list.html", {"releases": rows})


@require_safe
def release(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Release.objects.defer("package"), number=number)
    tables = [(table, found.counts.get(table.name, 0), found.changes.get(table.name)) for table in TABLES]
    return render(request, "releases/detail.html", {"release": found, "tables": tables})


@require_safe
def release_file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The bytes as frozen."""
    found = get_object_or_404(Release, number=number)
    if name != found.name:
        raise Http404
    response = HttpResponse(bytes(found.package), content_type=ZIP)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Cache-Control"] = FOREVER
    response["ETag"] = f'"{found.sha256}"'
    opened(response)
    return response


@require_safe
def release_sums(request: HttpRequest, number: int) -> HttpResponse:
    """Its checksum as `sha256sum -c` reads it."""
    found = get_object_or_404(Release.objects.defer("package"), number=number)
    response = HttpResponse(f"{found.sha256}  {found.file_name}\n", content_type="text/plain; charset=utf-8")
    opened(response)
    return response
