"""The catalog as a Django app."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.utils.translation import gettext_lazy as _


class ModelsCatalogConfig(AppConfig):
    """Entries, the claims behind them, and the pages that show both."""

    name = "models_catalog"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Model catalog")

    def ready(self) -> None:
        """Have `manage.py check` look whether every field is everywhere."""
        register(_fields_are_everywhere)


def _fields_are_everywhere(**more: Any) -> list[CheckMessage]:
    """Imports what it looks at only when it is asked, as it needs every address."""
    checks = import_module("models_catalog.checks")
    found: list[CheckMessage] = checks.fields_are_everywhere(**more)
    return found
