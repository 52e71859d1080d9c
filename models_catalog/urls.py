"""The catalog's addresses."""

from django.urls import URLPattern, URLResolver, path

from models_catalog.views import exports, home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("models.csv", exports.models_csv, name="models_csv"),
    path("models.json", exports.models_json, name="models_json"),
    path("models.xlsx", exports.models_xlsx, name="models_xlsx"),
]
