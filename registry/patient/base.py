"""A PostgreSQL backend that limits how long the client waits for an answer.

`statement_timeout` is enforced by the server. If a proxy between the two accepts our data but hangs, no answer ever
arrives, and the thread would wait for ever.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError
from django.db.backends.postgresql import base

Answer = TypeVar("Answer")

HEALTH_SECONDS = 1
"""Timeout of the health check on a kept connection: a working server answers in milliseconds."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections that raise `OperationalError` after `ANSWER_WITHIN` seconds without an answer; None: no limit."""

    health_check_done: bool

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        _wait_at_most(connection, self.settings_dict.get("ANSWER_WITHIN"))
        return connection

    def chunked_cursor(self) -> Any:
        """A server-side cursor; a plain one through a pooler, where another server process may get the next fetch."""
        return (
            self.cursor()
            if self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
            else super().chunked_cursor()
        )

    def is_usable(self) -> bool:
        with self.waiting_at_most(HEALTH_SECONDS):
            return bool(super().is_usable())

    def first_answer(self, ask: Callable[[], Answer]) -> Answer:
        """The result of `ask()`, a request's first question, in place of a health check: an answer shows that all is well."""
        if self.connection is None or self.health_check_done:
            return ask()
        self.health_check_done = True
        try:
            with self.waiting_at_most(HEALTH_SECONDS):
                return ask()
        except (OperationalError, InterfaceError):
            if self.in_atomic_block or self.is_usable():
                raise
            self.close()
        return ask()

    @contextmanager
    def waiting_at_most(self, seconds: float | None) -> Iterator[None]:
        """Override the timeout of an answer in a block; None means no limit."""
        connection = self.connection  # keep this one: `self.connection` is replaced if it breaks
        usual = connection.wait
        _wait_at_most(connection, seconds)
        try:
            yield
        finally:
            connection.wait = usual


def _wait_at_most(connection: Any, seconds: float | None) -> None:
    connection.wait = partial(type(connection).wait, connection, timeout=seconds)
