"""URLs of the site: the catalog at the root, the curation site, and two health checks."""

from django.contrib import admin
from django.urls import include, path

from registry import health, language

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", language.choose, name="language"),
    path("admin/", admin.site.urls),
    path("", include("models_catalog.urls")),
]

handler400 = "registry.errors.bad_request"
handler403 = "registry.errors.permission_denied"
handler404 = "registry.errors.page_not_found"
handler500 = "registry.errors.server_error"
