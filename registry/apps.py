"""The site itself as a Django app: it has checks, and no tables."""

import logging

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

logger = logging.getLogger(__name__)


class RegistryConfig(AppConfig):
    """How the site runs."""

    name = "registry"

    def ready(self) -> None:
        """Register the checks and grants of the database, read requests as UTF-8, and say which lines of a file are passed over."""
        from registry import checks  # noqa: F401 - registering is what importing does
        from registry.encoding import read_as_utf8, refuse_broken_forms
        from registry.grants import after_migrate
        from registry.settings import env

        read_as_utf8()
        refuse_broken_forms()
        post_migrate.connect(
            after_migrate, sender=apps.get_app_config("contenttypes")
        )  # once a migration, by an app with tables

        for name in env.passed_over:
            logger.warning(
                ".env holds %s, which is no longer read from there: delete the line. `make dev` sets it for itself.",
                name,
            )
