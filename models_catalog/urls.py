"""The catalog's addresses."""

from django.urls import URLPattern, URLResolver, path

from models_catalog.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
]
