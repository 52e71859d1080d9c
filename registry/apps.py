"""The Django app of the site itself: system checks, no tables."""

import logging

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

logger = logging.getLogger(__name__)


class RegistryConfig(AppConfig):
    """Set-up of the site."""

    name = "registry"

    def ready(self) -> None:
        """Register checks and database grants, force UTF-8 requests, and warn of variables ignored in `.env`."""
        from registry import checks  # noqa: F401 - registering is what importing does
        from registry.encoding import read_as_utf8, refuse_broken_forms
        from registry.grants import after_migrate
        from registry.settings import env

        read_as_utf8()
        refuse_broken_forms()
        post_migrate.connect(
            after_migrate, sender=apps.get_app_config("contenttypes")
        )  # once per `migrate`, by an app that has tables

        for name in env.passed_over:
            logger.warning(
                ".env holds %s, which is no longer read from there: delete the line. `make dev` sets it for itself.",
                name,
            )
