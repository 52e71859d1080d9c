"""Gzip for text; formats that are already compressed are sent as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

TEXT = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
)
"""Prefixes of the content types to compress; spreadsheets, Parquet, images and releases are already compressed."""


class CompressionMiddleware(GZipMiddleware):
    """Django's gzip middleware for text; it pads responses against guessing a secret by their length (BREACH).

    A page that is kept (`pages.http.public`) is the same for everybody and holds no secret: it comes compressed once and for all.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 304:  # as the full response has, unless that is short
            patch_vary_headers(response, ("Accept-Encoding",))
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        compressed = getattr(response, "compressed", b"")  # of a page that is kept
        if compressed and re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            patch_vary_headers(response, ("Accept-Encoding",))
            response.content = compressed  # type: ignore[attr-defined]  # such a page is whole
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(compressed))
            return response
        return super().process_response(request, response)
