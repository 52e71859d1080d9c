"""The addresses that a chart links to, beside the site's own."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("models/", nothing, name="models"), path("", include("registry.urls"))]
