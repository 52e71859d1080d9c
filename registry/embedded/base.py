"""The database backend of a site without DATABASE_URL: it starts the embedded server on first use, never before."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import OperationalError

from registry.embedded.errors import ServerError
from registry.embedded.server import DATABASE, ROLE, Server
from registry.patient import base


@cache
def server() -> Server:
    """The one server that this process uses."""
    return Server(settings.BASE_DIR, hasty=settings.TESTING)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to the embedded server, which runs from the moment that one is asked for."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        if settings_dict["NAME"] == "":  # None is Django's word for the maintenance database
            settings_dict["NAME"] = DATABASE

    def get_connection_params(self) -> dict[str, Any]:
        """What to connect with, once there is something to connect to."""
        try:
            self.settings_dict |= {"HOST": server().use(), "USER": self.settings_dict["USER"] or ROLE}
        except ServerError as error:
            raise OperationalError(str(error)) from error
        parameters: dict[str, Any] = super().get_connection_params()
        return parameters
