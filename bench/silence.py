"""F8, second part: a proxy between the site and its database stalls without closing connections."""

import time

from bench.load import clients
from bench.outcome import Outcome
from bench.proxy import proxy
from bench.site import Database, Site, site, wait_until
from registry.embedded.server import DATABASE, ROLE

PATHS = ["/", "/models/", "/sectors/", "/market/"]


def f8_silence(db: Database, served: Site) -> Outcome:
    """A proxy stalls for 10 s: 503 with Retry-After after about 3 s, healthz alive, 200 once it flows again."""
    with proxy(db.server.use(), 5432) as between:
        address = f"postgresql://{ROLE}@127.0.0.1:{between.port}/{DATABASE}"
        with site(address) as behind:
            before = {path: behind.status(path) for path in PATHS}
            between.flowing.clear()
            with clients(behind, PATHS, 8) as log:
                time.sleep(5)
                alive = behind.status("/healthz")
                time.sleep(5)
            between.flowing.set()
            back = wait_until(lambda: all(behind.status(path) == 200 for path in PATHS), 30)
    statuses = log.statuses()
    passed = (
        set(before.values()) == {200}
        and set(statuses) == {503}
        and log.told_when_to_return()
        and log.slowest() <= 5
        and alive == 200
        and back <= 5
    )
    return Outcome(
        passed,
        f"stalled: {dict(statuses)}, slowest {log.slowest():.2f} s; healthz {alive}; back after {back:.2f} s",
    )
