"""gunicorn's worker with threads, so arranged that clients who are idle or slow keep nobody else from a page.

A connection costs nothing until its client speaks. Then one of many cheap threads reads the request to its end and sends
the answer; between the two one of a few makes it (`pages.py`). Each of these steps has its time, after which the connection
is cut. A proxy that buffers does this better and for more clients: production has one (docs/operations.md).
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
"""For a client to send all of its request, and to take each part of the answer."""
FILE_SECONDS = 300
"""For a client to take a static file, which the kernel sends as a whole."""
LARGEST = 5_000_000
"""What is read of a request's body before a page is made; who says that more will come is refused without it."""
IN_MEMORY = 500_000
PART = 256_000


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gthread, but a new connection waits where kept ones do, and pages are made by threads of their own."""

    wsgi: Application

    def init_process(self) -> None:
        """Before the loop, in the worker's own process: threads do not outlive a fork."""
        self.deadlines: dict[socket.socket, float] = {}
        super().init_process()

    def load_wsgi(self) -> None:
        """Put those who make pages between gunicorn and the site."""
        super().load_wsgi()
        self.pages = Pages(self.wsgi, settings.THREADS, drop_unfinished)
        self.wsgi = self.answer

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread once there is something to read."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle(self, conn: Any) -> Any:
        """One request, which has its time to arrive."""
        self.deadlines[conn.sock] = time.monotonic() + SECONDS
        try:
            return super().handle(conn)
        finally:
            self.deadlines.pop(conn.sock, None)

    def murder_pending(self) -> None:
        """Cut those whose time is up, as the loop does each second: whoever reads or writes there sees the end of it."""
        super().murder_pending()
        now = time.monotonic()
        for sock, deadline in list(self.deadlines.items()):
            if deadline < now:
                with suppress(OSError):  # it has just ended by itself
                    sock.shutdown(socket.SHUT_RDWR)

    def answer(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """The site's answer, asked for once all of the request is here."""
        client: socket.socket = environ["gunicorn.socket"]
        environ["wsgi.input"] = arrived = body(environ)
        self.deadlines.pop(client, None)  # how long a page may take is the site's affair
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
    """Give up connections that a request left within a transaction, which none should: the next one would stay in it."""
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            log.error("A request left a transaction open: its connection is closed.")
            connection.in_atomic_block = (
                False  # else Django keeps it, and all that is asked of it is an error
            )
            connection.close()


def body(environ: Environ) -> IO[bytes]:
    """The request's body, read to its end. NoMoreData if the client broke off.

    Without a session's cookie no more is read than `BodyMiddleware` lets pass, so that no stranger writes to the disk.
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
    """An answer in parts, each with its time to be taken."""

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
        """End what is still being made, and forget what was asked."""
        self.deadlines.pop(self.client, None)
        self.arrived.close()
        if hasattr(self.made, "close"):
            self.made.close()
