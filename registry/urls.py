"""Where every address leads: the catalog at the root, curation, and the two questions a supervisor asks."""

from django.contrib import admin
from django.urls import include, path

from registry import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("models_catalog.urls")),
]
