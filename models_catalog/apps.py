"""The catalog as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModelsCatalogConfig(AppConfig):
    """Entries, the claims behind them, and the pages that show both."""

    name = "models_catalog"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Model catalog")
