"""Answers that any site may read and any cache may keep: CORS, validators, ranges, links to licence and metadata."""

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
"""How long a cache may answer without asking again."""

SETTLED = timedelta(seconds=60)
"""A change is dated by its beginning, so another may be committed after it with an earlier date, or within the same
second: a date says that nothing changed since only once it is that old (RFC 9110, 8.8.2.2)."""

METHODS = "GET, HEAD, OPTIONS"
ASKED = "If-None-Match, If-Modified-Since, If-Range, Range, Accept"
SHOWN = "ETag, Last-Modified, Content-Disposition, Accept-Ranges, Content-Range, Link, Retry-After"

View = Callable[..., HttpResponseBase]


def shared(view: View, *, dated: bool = True) -> View:
    """A read-only view whose answers are open to scripts of other sites and carry validators.

    The ETag is a hash of the body, so that it changes exactly when the answer does. `dated` says whether
    the answer shows the registry, and so was last modified when the registry was.
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
        )  # only a date that is SETTLED is told: the answer is no older
        return validated(request, lambda: response, etag, changed)

    return crossing(view, hashed)


def versioned(view: View, *, daily: bool = False) -> View:
    """The same for files, whose ETag names the registry's state, the address and the language, and the day of what is `daily`.

    It is weak: some formats note when they were written.
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
    """A view that scripts of any site may read, and ask beforehand whether they may. Never what is sent to it."""

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
    """What `build` gives with its validators; for who has it already 304, and nothing is built."""
    moment = int(changed.timestamp()) if changed and timezone.now() - changed >= SETTLED else None
    known: HttpResponseBase | None = None
    if (
        request.headers.get("If-None-Match", "").strip() != "*"
    ):  # of that alone nobody knows yet whether it is refused
        known = get_conditional_response(request, etag=etag, last_modified=moment)
    response = build() if known is None else known
    if response.status_code in (200, 206, 304):
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = cached
        if moment is not None:
            response.headers["Last-Modified"] = http_date(moment)
    return response


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    """It never depends on who asks."""
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
    """Bytes `first` to `last` of a file, both among them; none of them are there where `first` lies past its end."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def ranged(
    request: HttpRequest, size: int, same: tuple[str, ...], read: Callable[[ByteRange], bytes]
) -> HttpResponse:
    """A frozen file of `size` bytes, or the one part of it that is asked for: 200, 206 or 416.

    `same` are the validators of these bytes, of which an `If-Range` must be one. Several parts at once, and
    whatever is no range of bytes, are answered with the whole, as a server may.
    """
    part = _asked(request, size, same)
    if part is None:
        whole = ByteRange(0, size - 1)
        response = HttpResponse(read(whole) if request.method == "GET" else b"")
        response["Content-Length"] = str(size)
    elif part.first >= size or part.size < 1:
        told = _("The file has %(size)d bytes: nothing of it lies there.") % {"size": size}
        response = HttpResponse(f"{told}\n", status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = HttpResponse(read(part), status=206)
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _asked(request: HttpRequest, size: int, same: tuple[str, ...]) -> ByteRange | None:
    """The part that a request names, within the file but for its beginning; None for the whole."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or request.headers.get("If-Range", same[0]) not in same:
        return None
    first, last = match.groups()
    if not first:
        return ByteRange(max(size - int(last), 0), size - 1) if last else None  # the last so many bytes
    if last and int(last) < int(first):
        return None  # no range, says the RFC, and not an empty one
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


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
