"""Responses for other sites and shared caches: CORS, validators, ranges, links to licence and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from models_catalog.history.version import version
from models_catalog.publish.csvw import LICENCE

SECONDS = 60
"""Seconds for which a cache may answer without revalidation."""

SETTLED = timedelta(seconds=60)
"""Age at which a change is sent as Last-Modified. Changes are dated by the start of their transaction, so another may
be committed later with an earlier date, or within the same second (RFC 9110, 8.8.2.2).
"""

METHODS = "GET, HEAD, OPTIONS"
ASKED = "If-None-Match, If-Modified-Since, If-Range, Range, Accept"
SHOWN = "ETag, Last-Modified, Content-Disposition, Accept-Ranges, Content-Range, Link, Retry-After"

View = Callable[..., HttpResponseBase]


def shared(view: View, *, dated: bool = True) -> View:
    """A read-only view for scripts of any site, with validators.

    The ETag is a hash of the body, so it changes exactly when the response does. `dated` is whether the response shows
    the registry, and so was last modified when the registry was.
    """

    def hashed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        changed = (
            version().changed if dated else None
        )  # sent only once it is SETTLED, so the response is no older
        return validated(request, lambda: response, etag, changed)

    return crossing(view, hashed)


def versioned(view: View, *, daily: bool = False) -> View:
    """Like `shared`, for files: the ETag names the registry's state, address and language, and the day if `daily`.

    It is weak, since some formats contain the time of writing.
    """

    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        state = version()
        day = timezone.localdate() if daily else ""
        words = f"{state.name} {get_language()} {request.build_absolute_uri()} {day}"
        etag = f'W/"{sha256(words.encode()).hexdigest()[:32]}"'
        changed = None if daily else state.changed
        return validated(request, lambda: view(request, *args, **kwargs), etag, changed)

    return crossing(view, named)


def crossing(view: View, answer: View | None = None) -> View:
    """A view that scripts of any site may read (CORS, with preflight); responses to other methods stay closed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _opened(_preflight())
        response = (answer or view)(request, *args, **kwargs)
        return _opened(response) if request.method in ("GET", "HEAD") else response

    return csrf_exempt(wrapped)


def validated(
    request: HttpRequest,
    build: Callable[[], HttpResponseBase],
    etag: str,
    changed: datetime | None,
    cached: str = f"public, max-age={SECONDS}",
) -> HttpResponseBase:
    """The response of `build` with validators, or 304 without calling it if the client is up to date."""
    moment = int(changed.timestamp()) if changed and timezone.now() - changed >= SETTLED else None
    known: HttpResponseBase | None = None
    if (
        request.headers.get("If-None-Match", "").strip() != "*"
    ):  # `*` matches any response, but this one may be a refusal
        known = get_conditional_response(request, etag=etag, last_modified=moment)
    response = build() if known is None else known
    if response.status_code in (200, 206, 304):
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = cached
        if moment is not None:
            response.headers["Last-Modified"] = http_date(moment)
    return response


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    """Open the response to all origins: it never depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = SHOWN
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = ASKED
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last` of a file, inclusive; empty if `first` is past its end."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def ranged(
    request: HttpRequest, size: int, same: tuple[str, ...], read: Callable[[ByteRange], bytes]
) -> HttpResponse:
    """A frozen file of `size` bytes, or the requested part of it: 200, 206 or 416.

    `same` are the validators of these bytes; an `If-Range` must be one of them. Requests for several parts, or with an
    invalid range, get the whole file, as RFC 9110 allows.
    """
    part = _asked(request, size, same)
    if part is None:
        whole = ByteRange(0, size - 1)
        response = HttpResponse(read(whole) if request.method == "GET" else b"")
        response["Content-Length"] = str(size)
    elif part.first >= size or part.size < 1:
        told = _("The file has %(size)d bytes: the range is outside it.") % {"size": size}
        response = HttpResponse(f"{told}\n", status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = HttpResponse(read(part), status=206)
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _asked(request: HttpRequest, size: int, same: tuple[str, ...]) -> ByteRange | None:
    """The requested part, with `last` clipped to the file but not `first`; None for the whole."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or request.headers.get("If-Range", same[0]) not in same:
        return None
    first, last = match.groups()
    if not first:
        return ByteRange(max(size - int(last), 0), size - 1) if last else None  # the last N bytes
    if last and int(last) < int(first):
        return None  # an invalid range by the RFC, not an empty one
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


Response = TypeVar("Response", bound=HttpResponseBase)


def with_terms(
    request: HttpRequest, response: Response, described_by: str = "", cited_by: str = ""
) -> Response:
    """The response with a `Link` header for licence, columns (`described_by`) and citation (`cited_by`).

    By default these are the data dictionary and the citation of the whole registry.
    """
    here = request.build_absolute_uri
    columns = f'<{here(described_by or reverse("dictionary"))}>; rel="describedby"'
    cited = here(cited_by or reverse("cite_registry", args=["bib"]))
    bibtex = f'<{cited}>; rel="describedby"; type="application/x-bibtex"'
    response.headers["Link"] = f'<{LICENCE}>; rel="license", {columns}, {bibtex}'
    return response
