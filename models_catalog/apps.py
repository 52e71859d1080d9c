"""The Django app of the catalog."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.utils.translation import gettext_lazy as _


class ModelsCatalogConfig(AppConfig):
    """Entries, their claims, and the pages that show both."""

    name = "models_catalog"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Model catalog")

    def ready(self) -> None:
        """Register the system checks."""
        register(_checks)


def _checks(**more: Any) -> list[CheckMessage]:
    """Runs the checks. Imports them only now, because they need all URLs."""
    checks = import_module("models_catalog.checks")
    found: list[CheckMessage] = [*checks.fields_are_everywhere(**more), *checks.extractor_is_safe()]
    return found
