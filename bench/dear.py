"""F13 and F14: one client logs in without end, and eight readers at once ask for each address that is dear."""

import http.client
import os
import re
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measuring")
django.setup()

from bench.load import Log, ask, at_once, clients  # noqa: E402 - after the settings
from bench.outcome import Outcome  # noqa: E402
from bench.site import Database, Site, site  # noqa: E402
from bench.synthetic import Catalog, fill  # noqa: E402

ENTRIES, AT_ONCE, CONNECTIONS, SECONDS = 10_000, 8, 16, 10
DEAR = (
    "/charts/?sector=s1", "/charts/timeline/?openness=open", "/charts/parameters.png", "/charts/coverage.svg", "/charts/stage.json",
    "/claims.parquet", "/models.parquet", "/data/baimo.zip", "/models.xlsx", "/models.csv", "/claims.json",
)  # fmt: skip


def f13_logins(db: Database, served: Site) -> Outcome:
    """16 connections guess passwords under new names for 10 s: few are hashed, the rest 429, pages as quick as ever."""
    codes: Counter[int] = Counter()
    over = time.monotonic() + SECONDS
    guessers = [threading.Thread(target=_guess, args=(served, n, over, codes)) for n in range(CONNECTIONS)]
    for guesser in guessers:
        guesser.start()
    pages = Log()
    while time.monotonic() < over:
        ask(served, "/models/", pages)
    for guesser in guessers:
        guesser.join()
    passed = set(codes) <= {200, 429, 503} and codes[200] <= 20 and set(pages.statuses()) == {200}
    seen = f"tries {dict(codes)}; {len(pages.answers)} pages, the slowest {pages.slowest():.2f} s"
    return Outcome(passed and pages.slowest() <= 1, seen)


def _guess(served: Site, number: int, over: float, codes: "Counter[int]") -> None:
    """Log in wrongly, each time by another name, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/admin/login/")
    form = connection.getresponse()
    cookie = str(form.getheader("Set-Cookie")).partition(";")[0]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    tried = 0
    while token and time.monotonic() < over:
        tried += 1
        sent = {"csrfmiddlewaretoken": token[1], "username": f"u{number}-{tried}", "password": "guess"}
        connection.request("POST", "/admin/login/", urlencode(sent), headers)
        answer = connection.getresponse()
        answer.read()
        codes[answer.status] += 1


def f14_dear(db: Database, served: Site) -> Outcome:
    """Eight at once of each dear address of 10,000 entries: served or told when to return, while healthz answers."""
    db.run("createdb", "large")
    with site(db.url("large")) as large:
        with db.connect("large") as connection:
            fill(connection, Catalog(ENTRIES))
        return dear_at_once(large)


def dear_at_once(large: Site) -> Outcome:
    """What healthz and those readers were answered; the first answer of each address is not of a page that was kept."""
    asked = Log()
    with clients(large, ["/healthz"], 1) as alive:
        for path in DEAR:
            for thread in at_once(large, path, AT_ONCE, asked):
                thread.join()
    statuses = asked.statuses()
    passed = set(statuses) <= {200, 503} and asked.told_when_to_return() and alive.slowest() <= 2
    served = f"{statuses[200]} served, {statuses[503]} told to return, slowest {asked.slowest():.1f} s"
    waits = sorted(answer.seconds for answer in alive.answers)
    middle, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    quick = f"healthz p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms, slowest {waits[-1]:.2f} s"
    return Outcome(passed and set(alive.statuses()) == {200}, f"{served}; {quick} of {len(waits)}")
