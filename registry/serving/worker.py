"""gunicorn's threaded worker, arranged so that idle or slow clients do not block others.

An idle connection takes no thread. One of many cheap threads reads the request to its end and sends the response; in
between, one of a few threads renders it (`pages.py`). Each step has a timeout, after which the connection is cut. A
buffering proxy does this better and for more clients: production has one (docs/operations.md).
"""

import io
import logging
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import IO, Any

from django.conf import settings
from django.db import connections
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import ThreadWorker

from registry.serving.pages import Application, Environ, Pages

log = logging.getLogger(__name__)

SECONDS = 20
"""Timeout for a client to send its whole request, and to receive each part of the response."""
FILE_SECONDS = 300
"""Timeout for a client to receive a static file, which the kernel sends as a whole."""
LARGEST = 5_000_000
"""Bytes of a request's body that are read before its view runs; a body declared longer is not read."""
IN_MEMORY = 500_000
PART = 256_000


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gthread, but new connections are polled like kept-alive ones, and pages have threads of their own."""

    wsgi: Application

    def init_process(self) -> None:
        """Initialise in the worker's process: threads do not survive a fork."""
        self.deadlines: dict[socket.socket, float] = {}
        super().init_process()

    def load_wsgi(self) -> None:
        """Put the rendering threads between gunicorn and the site."""
        super().load_wsgi()
        self.pages = Pages(self.wsgi, settings.THREADS, drop_unfinished)
        self.wsgi = self.answer

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread once it is readable."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: Any) -> Any:
        """Handle a request, with a deadline for its arrival."""
        self.deadlines[conn.sock] = time.monotonic() + SECONDS
        try:
            return super().handle(conn)
        finally:
            self.deadlines.pop(conn.sock, None)

    def murder_pending(self) -> None:
        """Shut down connections past their deadline (called every second); their threads then see an end of file."""
        super().murder_pending()
        now = time.monotonic()
        for sock, deadline in list(self.deadlines.items()):
            if deadline < now:
                with suppress(OSError):  # it has just ended
                    sock.shutdown(socket.SHUT_RDWR)

    def answer(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """The site's response, after the whole request has arrived."""
        client: socket.socket = environ["gunicorn.socket"]
        environ["wsgi.input"] = arrived = body(environ)
        self.deadlines.pop(client, None)  # rendering has its own timeouts
        try:
            made = self.pages(environ, start_response)
        except BaseException:
            arrived.close()
            raise
        is_file = isinstance(made, environ["wsgi.file_wrapper"])
        if is_file:
            self.deadlines[client] = time.monotonic() + FILE_SECONDS
            return made
        return Sent(made, arrived, client, self.deadlines)


def drop_unfinished() -> None:
    """Close connections that a request left in a transaction, a bug that the next request would inherit."""
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            log.error("A request left a transaction open: its connection is closed.")
            connection.in_atomic_block = False  # otherwise Django keeps it and every query fails
            connection.close()


def body(environ: Environ) -> IO[bytes]:
    """The request's body, read to its end. NoMoreData if the client stops early.

    Without a session cookie at most `BODY_OF_A_READER` bytes are read, so that strangers cannot fill the disk.
    """
    length = int(environ.get("CONTENT_LENGTH") or 0)
    is_known = settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
    if not 0 < length <= (LARGEST if is_known else settings.BODY_OF_A_READER):
        return io.BytesIO()
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the answer
    while length and (part := environ["wsgi.input"].read(min(length, 65_536))):
        length -= kept.write(part)
    if length:
        kept.close()
        raise NoMoreData
    kept.seek(0)
    return kept


class Sent:
    """A response in parts, each with a deadline for the client to receive it."""

    def __init__(
        self,
        made: Iterable[bytes],
        arrived: IO[bytes],
        client: socket.socket,
        deadlines: dict[socket.socket, float],
    ) -> None:
        self.made, self.arrived, self.client, self.deadlines = made, arrived, client, deadlines

    def __iter__(self) -> Iterator[bytes]:
        for whole in self.made:
            for start in range(0, len(whole), PART):
                self.deadlines[self.client] = time.monotonic() + SECONDS
                yield whole[start : start + PART]
                self.deadlines.pop(self.client, None)

    def close(self) -> None:
        """Stop rendering and release the request's body."""
        self.deadlines.pop(self.client, None)
        self.arrived.close()
        if hasattr(self.made, "close"):
            self.made.close()
