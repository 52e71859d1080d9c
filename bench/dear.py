"""F14: eight clients at once request each expensive address."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measuring")
django.setup()

from bench.load import Log, at_once, clients  # noqa: E402 - after the settings
from bench.outcome import Outcome  # noqa: E402
from bench.site import Database, Site, site  # noqa: E402
from bench.synthetic import Catalog, fill  # noqa: E402

ENTRIES, AT_ONCE = 10_000, 8
DEAR = (
    "/charts/?sector=s1", "/charts/timeline/?openness=open", "/charts/parameters.png", "/charts/coverage.svg", "/charts/stage.json",
    "/claims.parquet", "/models.parquet", "/data/baimo.zip", "/models.xlsx", "/models.csv", "/claims.json",
)  # fmt: skip


def f14_dear(db: Database, served: Site) -> Outcome:
    """Eight requests at once for each expensive address of 10,000 entries: 200, or 503 with Retry-After; healthz
    answers.
    """
    db.run("createdb", "large")
    with site(db.url("large")) as large:
        with db.connect("large") as connection:
            fill(connection, Catalog(ENTRIES))
        return dear_at_once(large)


def dear_at_once(large: Site) -> Outcome:
    """Responses to those requests and to healthz. The first response for each address is not cached."""
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
