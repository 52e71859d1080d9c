"""Answers that any site may read and any cache may keep: CORS, validators, conditional requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from models_catalog.queries.changes import last_changed

SECONDS = 60
"""How long a cache may answer without asking again."""

METHODS = "GET, HEAD, OPTIONS"
ASKED = "If-None-Match, If-Modified-Since, Accept"
SHOWN = "ETag, Last-Modified, Content-Disposition, Link"

View = Callable[..., HttpResponseBase]


def shared(view: View, *, dated: bool = True) -> View:
    """A read-only view whose answers are open to scripts of other sites and carry validators.

    The ETag is a hash of the body, so that it changes exactly when the answer does. `dated` says whether
    the answer shows the registry, and so was last modified when the registry was.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _preflight() if request.method == "OPTIONS" else view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code == 200 and isinstance(response, HttpResponse):
            response = _validated(request, response, last_changed() if dated else None)
        elif response.status_code == 200 and isinstance(response, StreamingHttpResponse):
            response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        return opened(response)

    return csrf_exempt(wrapped)


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, readable by scripts of any site. It never depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = SHOWN
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _validated(request: HttpRequest, response: HttpResponse, changed: datetime | None) -> HttpResponse:
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    moment = int(changed.timestamp()) if changed else None
    if moment is not None:
        response.headers["Last-Modified"] = http_date(moment)
    conditional = get_conditional_response(request, etag=etag, last_modified=moment, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = ASKED
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
