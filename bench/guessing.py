"""F13: password guessing without end, compared with as many requests for the cheapest address.

The time of a page on a busy machine says little about the site. So the same connections alternate between guesses and
/healthz, which cannot be limited; other load on the machine slows both equally.
"""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

from bench.load import Log, ask, at_once
from bench.outcome import Outcome
from bench.site import Database, Site

CONNECTIONS, ROUNDS, SECONDS = 16, 5, 2.0
SLOWEST = 1.0
"""Limit in seconds for a page during guesses, on a machine with spare time."""
DEARER = 2.0
"""Limit for pages during guesses as a multiple of the time during /healthz requests: refusing a guess means reading a
form and checking its token.
"""
PAGE = "/models/"


class Guesser:
    """Fails to log in, with a new name each time, over one connection per round."""

    def __init__(self, served: Site, number: int, codes: "Counter[int]") -> None:
        self.served, self.number, self.codes, self.tried = served, number, codes, 0
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("GET", "/admin/login/")
        form = connection.getresponse()
        cookie = str(form.getheader("Set-Cookie")).partition(";")[0]
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
        connection.close()
        self.token = token[1] if token else ""
        self.headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def guess(self, over: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        while time.monotonic() < over:
            self.tried += 1
            name = f"u{self.number}-{self.tried}"
            sent = {"csrfmiddlewaretoken": self.token, "username": name, "password": "guess"}
            connection.request("POST", "/admin/login/", urlencode(sent), self.headers)
            answer = connection.getresponse()
            answer.read()
            self.codes[answer.status] += 1
        connection.close()

    def look(self, over: float) -> None:
        """The comparison: request /healthz."""
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        while time.monotonic() < over:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        connection.close()


def f13_logins(db: Database, served: Site) -> Outcome:
    """16 connections guess passwords under new names: few are hashed, the others refused, pages as fast as with
    /healthz.
    """
    codes: Counter[int] = Counter()
    guessers = [Guesser(served, number, codes) for number in range(CONNECTIONS)]
    guessed, looked = Log(), Log()
    for thread in at_once(served, PAGE, CONNECTIONS, Log()):
        thread.join()  # the first page of each process takes 0.4 s of a processor, whoever else asks
    for _round in range(ROUNDS):
        _pages_beside(served, [one.guess for one in guessers], guessed)
        _pages_beside(served, [one.look for one in guessers], looked)
    slowest, peer = guessed.slowest(), looked.slowest()
    are_quick = slowest <= max(SLOWEST, DEARER * peer)
    is_held = set(codes) <= {200, 429, 503} and codes[200] <= 20 and codes[429] > 0
    seen = (
        f"tries {dict(codes)}; {len(guessed.answers)} pages, the slowest {slowest:.2f} s; beside as many who ask for /healthz "
        f"{len(looked.answers)}, the slowest {peer:.2f} s"
    )
    return Outcome(is_held and set(guessed.statuses()) == {200} and are_quick, seen)


def _pages_beside(served: Site, clients: list[Callable[[float], None]], pages: Log) -> None:
    """Request pages, one after another, while the clients run."""
    over = time.monotonic() + SECONDS
    threads = [threading.Thread(target=client, args=(over,)) for client in clients]
    for thread in threads:
        thread.start()
    while time.monotonic() < over:
        ask(served, PAGE, pages)
    for thread in threads:
        thread.join()
