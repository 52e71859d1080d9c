"""The site itself as a Django app: it has checks, and no tables."""

import logging

from django.apps import AppConfig

logger = logging.getLogger(__name__)


class RegistryConfig(AppConfig):
    """How the site runs."""

    name = "registry"

    def ready(self) -> None:
        """Register the checks of the database, and say which lines of a file are passed over."""
        from registry import checks  # noqa: F401 - registering is what importing does
        from registry.settings import env

        for name in env.passed_over:
            logger.warning(
                ".env holds %s, which is no longer read from there: delete the line. `make dev` sets it for itself.",
                name,
            )
