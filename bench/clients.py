"""F15: idle and slow clients, such as browsers on trains, or attackers."""

import socket
import time
from contextlib import ExitStack

from bench.load import Log, clients
from bench.outcome import Outcome
from bench.site import Database, Site

PATHS = ["/healthz", "/", "/models/", "/models.csv"]
HEAD = b"GET /zh/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = b"POST /language/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nlanguage=en"
KINDS = {"idle": (400, b""), "half a head": (24, HEAD), "half a body": (24, BODY)}
"""Kind of client → number of connections at once, and all bytes that each sends."""


def f15_slow_clients(db: Database, served: Site) -> Outcome:
    """Clients that send nothing or half a request, 8 s each: all pages of other clients are 200 within 3 s."""
    told, passed = [], True
    for kind, (number, words) in KINDS.items():
        log = _beside(served, number, words)
        passed &= set(log.statuses()) == {200} and log.slowest() <= 3
        told.append(f"{number} × {kind}: {dict(log.statuses())}, slowest {log.slowest():.2f} s")
    return Outcome(passed, "; ".join(told))


def _beside(served: Site, number: int, words: bytes) -> Log:
    with ExitStack() as held:
        for _ in range(number):
            held.enter_context(socket.create_connection(("127.0.0.1", served.port))).sendall(words)
        with clients(served, PATHS, 2) as log:
            time.sleep(8)
    return log
