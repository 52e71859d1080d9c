"""Which admin site the project serves. It stands apart from `models_catalog.curation` because Django reads it first."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class CurationConfig(AdminConfig):
    """Django's admin with the registry's own front page, log-in and addresses."""

    default_site = "models_catalog.curation.site.CurationSite"

    def ready(self) -> None:
        super().ready()
        # Not in the package's __init__: importing the site would register tables before there is a site.
        import_module("models_catalog.curation.tables")
