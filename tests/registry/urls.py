"""A site of views that show what the middleware does to them."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path, reverse
from django.utils.translation import get_language

from registry import language
from registry.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_language()} {reverse('show')} {request.get_full_path()}")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield f"{get_language()} {reverse('show')}"

    return StreamingHttpResponse(parts())


def sleep(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)")
    return HttpResponse("never")


def mistake(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    return HttpResponse("never")


def fail(request: HttpRequest, status: int) -> HttpResponse:
    raise {400: SuspiciousOperation, 403: PermissionDenied, 500: RuntimeError}[status]


urlpatterns = [
    path("", show, name="home"),
    path("show/", show, name="show"),
    path("stream/", stream),
    path("sleep/", sleep),
    path("sleep.json", sleep),
    path("sleep.csv", sleep),
    path("mistake/", mistake),
    path("fail/<int:status>/", fail),
    path("api/show/", show),
    path("language/", language.choose, name="language"),
    path("", include("models_catalog.urls")),  # the error pages lead there
]
