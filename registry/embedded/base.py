"""The database backend without DATABASE_URL: starts the embedded server on first use."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import OperationalError

from registry.embedded.errors import ServerError
from registry.embedded.server import DATABASE, ROLE, Server
from registry.patient import base


@cache
def server() -> Server:
    """The server of this process."""
    return Server(settings.BASE_DIR, hasty=settings.TESTING)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to the embedded server, which is started by the first one."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        if settings_dict["NAME"] == "":  # Django uses None for the maintenance database
            settings_dict["NAME"] = DATABASE

    def get_connection_params(self) -> dict[str, Any]:
        """Parameters of a connection; starts the server first."""
        try:
            self.settings_dict |= {"HOST": server().use(), "USER": self.settings_dict["USER"] or ROLE}
        except ServerError as error:
            raise OperationalError(str(error)) from error
        parameters: dict[str, Any] = super().get_connection_params()
        return parameters
