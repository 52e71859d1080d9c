"""The addresses that a chart links to, beside the site's own."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("models/", nothing, name="models"),
    path("models/<slug:slug>/", nothing, name="entry"),
    path("market/", nothing, name="market"),
    path("", include("registry.urls")),
]
