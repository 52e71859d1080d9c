"""Text travels compressed; what is packed already goes as it is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
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
"""The beginnings of the types that are worth it; spreadsheets, Parquet, pictures and releases are not."""


class CompressionMiddleware(GZipMiddleware):
    """Django's, which pads answers against guessing a secret by their length (BREACH), for text alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if (
            response.status_code == 304
        ):  # depends on what the answer itself depends on, where that is not short
            patch_vary_headers(response, ("Accept-Encoding",))
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
