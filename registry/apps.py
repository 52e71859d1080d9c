"""The site itself as a Django app: it has checks, and no tables."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """How the site runs."""

    name = "registry"

    def ready(self) -> None:
        """Register the checks of the database."""
        from registry import checks  # noqa: F401 - registering is what importing does
