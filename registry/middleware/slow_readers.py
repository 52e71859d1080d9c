"""Who takes an answer slowly, or sends a request slowly, holds a thread: for so long and no longer."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

SECONDS = 20.0
"""In which a reader takes one part of an answer, or sends one part of a request."""


class SlowReadersMiddleware:
    """Bounds how long the thread waits for the other side. Before a proxy that buffers it never comes to that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        connection = request.META.get("gunicorn.socket")  # other servers keep theirs to themselves
        if connection is not None:
            connection.settimeout(SECONDS)  # gunicorn lifts it before the next request
        return self.get_response(request)
