"""The project's admin site, apart from `models_catalog.curation` because Django loads it first."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class CurationConfig(AdminConfig):
    """Django's admin with the registry's own index page, log-in and URLs."""

    default_site = "models_catalog.curation.site.CurationSite"

    def ready(self) -> None:
        super().ready()
        # Not in the package's __init__: importing it there would register tables before the site exists.
        import_module("models_catalog.curation.tables")
