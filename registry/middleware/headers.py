"""Response headers that Django has no setting for."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=()"
    ),
}


SHARED_COOKIES = {"seen"}
"""Cookies that a page may set and still be kept for others: a proxy keeps them out, or by their value."""

POLICIES = ("Content-Security-Policy", "X-Frame-Options")
"""Removed from a 304, like `HEADERS`: browsers would replace those of the cached response, which differ for a page in a
frame."""

DATA = re.compile(
    r"(/zh|/en)?/(api/.*|feeds/.*|data/.+[.](zip|json|csv)|releases/([0-9]+/.+|verify[.]py)|(.+/)?cite[.][^/]*"
    r"|([^/]+|charts/[^/]+)[.](csv|json|xlsx|parquet|svg|png))"
)
"""URLs of data, which scripts of any site may read, including those that no view answers (404, missing slash)."""


class HeadersMiddleware:
    """Adds the headers to every response unless the view set them. Removes the body from responses to HEAD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and DATA.fullmatch(request.path):
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.cookies.keys() - SHARED_COOKIES and "public" in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = (
                "private, no-cache"  # proxies may look at the first cookie alone
            )
        if response.status_code == 304:
            for name in (*HEADERS, *POLICIES):
                response.headers.pop(name, None)
        return _without_body(response) if request.method == "HEAD" else response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The headers of a GET, Content-Length included, without the body, which servers would have to drop."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
