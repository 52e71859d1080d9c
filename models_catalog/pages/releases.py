"""The data pages: downloads, the data package, its releases."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zipfile import ZipFile

from django.db.models.functions import Substr
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from models_catalog.history.version import version
from models_catalog.models import Release
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.problems import take_nothing
from models_catalog.pages.http.public import public_page
from models_catalog.pages.http.sharing import (
    ByteRange,
    crossing,
    ranged,
    shared,
    validated,
    versioned,
    with_terms,
)
from models_catalog.pages.linked_data import release_data
from models_catalog.publish.releases import verify
from models_catalog.publish.releases.kept import current_descriptor, current_package
from models_catalog.publish.tables import TABLES
from models_catalog.publish.writers import content_disposition

FOREVER = "public, max-age=31536000, immutable"
ZIP = "application/zip"


@require_safe
@public_page()
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "tables": [(table, table.all().count()) for table in TABLES],
        "here": f"{request.scheme}://{request.get_host()}",
        "newest": Release.objects.defer("package").first(),
    }
    return render(request, "releases/data.html", context)


@versioned
@require_safe
def package(request: HttpRequest) -> HttpResponseBase:
    """The current registry as a data package."""
    take_nothing(request)
    response = FileResponse(current_package(version()), content_type=ZIP)
    response["Content-Disposition"] = content_disposition(f"baimo-{timezone.localdate()}", "zip")
    return response


@versioned
@require_safe
def descriptor(request: HttpRequest) -> HttpResponse:
    """The `datapackage.json` of the current package."""
    take_nothing(request)
    return HttpResponse(current_descriptor(version()), content_type="application/json")


@versioned
@require_safe
def resource(request: HttpRequest, name: str) -> HttpResponse:
    """A table of the package, at the path that the descriptor names."""
    take_nothing(request)
    with current_package(version()) as file, ZipFile(file) as archive:
        path = f"data/{name}.csv"
        if path not in archive.namelist():
            raise Http404
        response = HttpResponse(archive.read(path), content_type="text/csv; charset=utf-8")
    return with_terms(request, response, reverse("descriptor"))


@require_safe
@public_page()
def releases(request: HttpRequest) -> HttpResponse:
    rows = list(Release.objects.defer("package"))
    return render(request, "releases/list.html", {"releases": rows})


@require_safe
@public_page()
def release(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Release.objects.defer("package"), number=number)
    tables = [(table, found.counts.get(table.name, 0), found.changes.get(table.name)) for table in TABLES]
    context = {"release": found, "tables": tables, "linked_data": release_data(found, Frame(request))}
    return render(request, "releases/detail.html", context)


@crossing
@require_safe
def release_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """The original bytes of a release, or a range, which PostgreSQL cuts out so that only what is sent is read."""
    take_nothing(request)
    found = get_object_or_404(Release.objects.defer("package"), number=number)
    if name != found.name:
        raise Http404

    etag = f'"{found.sha256}"'

    def read(part: ByteRange) -> bytes:
        cut = Substr("package", part.first + 1, part.size)
        return bytes(Release.objects.values_list(cut, flat=True).get(pk=found.pk))

    def build() -> HttpResponse:
        response = ranged(request, found.size, (etag, http_date(found.created_at.timestamp())), read)
        if response.status_code != 416:
            response["Content-Type"] = ZIP
            response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
        return response

    return validated(request, build, etag, found.created_at, FOREVER)


@partial(shared, dated=False)
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The script that verifies a package."""
    return HttpResponse(Path(verify.__file__).read_bytes(), content_type="text/plain; charset=utf-8")


@partial(shared, dated=False)
@require_safe
def release_sums(request: HttpRequest, number: int) -> HttpResponse:
    """The release's checksum in the format of `sha256sum -c`."""
    found = get_object_or_404(Release.objects.defer("package"), number=number)
    return HttpResponse(f"{found.sha256}  {found.file_name}\n", content_type="text/plain; charset=utf-8")
