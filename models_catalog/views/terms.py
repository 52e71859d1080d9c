"""What travels with a file that has no room for it: its licence, what describes it, how to cite it (RFC 8288)."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from models_catalog.dataset.csvw import LICENCE

Response = TypeVar("Response", bound=HttpResponseBase)


def with_terms(
    request: HttpRequest, response: Response, described_by: str = "", cited_by: str = ""
) -> Response:
    """The response with a `Link` header. `described_by` is the address of its columns, `cited_by` of its citation;
    left out they are the data dictionary and the citation of the whole registry."""
    here = request.build_absolute_uri
    columns = f'<{here(described_by or reverse("about"))}>; rel="describedby"'
    cited = here(cited_by or reverse("cite_registry", args=["bib"]))
    bibtex = f'<{cited}>; rel="describedby"; type="application/x-bibtex"'
    response.headers["Link"] = f'<{LICENCE}>; rel="license", {columns}, {bibtex}'
    return response
