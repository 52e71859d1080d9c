"""The database backend of the site: it bounds how long this side waits for an answer.

`statement_timeout` bounds what the server does, and is told to us by the server. Where something between the two takes
our words and passes nothing on, as a proxy that hangs, no word ever comes, and the thread would wait for good.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db.backends.postgresql import base

HEALTH_SECONDS = 1
"""For the question whether a kept connection still lives: a server that lives answers in milliseconds."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections that raise `OperationalError` when no word came for `ANSWER_WITHIN` seconds; None waits for ever."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        _wait_at_most(connection, self.settings_dict.get("ANSWER_WITHIN"))
        return connection

    def chunked_cursor(self) -> Any:
        """A cursor on the server; through a pooler, where the next chunk may be asked of another server process, a plain one."""
        return (
            self.cursor()
            if self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
            else super().chunked_cursor()
        )

    def is_usable(self) -> bool:
        with self.waiting_at_most(HEALTH_SECONDS):
            return bool(super().is_usable())

    @contextmanager
    def waiting_at_most(self, seconds: float | None) -> Iterator[None]:
        """Within, an answer may take so long, and no longer; None: as long as it takes."""
        connection = self.connection  # another one, if this one breaks
        usual = connection.wait
        _wait_at_most(connection, seconds)
        try:
            yield
        finally:
            connection.wait = usual


def _wait_at_most(connection: Any, seconds: float | None) -> None:
    connection.wait = partial(type(connection).wait, connection, timeout=seconds)
