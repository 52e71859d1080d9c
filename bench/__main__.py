"""`make bench`: the site beside Datasette over the same synthetic catalogs, in the same run, and the ratios."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measuring")
django.setup()

from bench.peer import datasette  # noqa: E402 - after the settings
from bench.site import CHECKOUT, Database, Site, database, site  # noqa: E402
from bench.synthetic import SECTORS, Catalog, fill  # noqa: E402

SIZES = (1_000, 10_000)
ROUNDS = 20
SECONDS = 20
"""What one workload may take; a slow one is asked less often."""

FACETS = [("_facet", name) for name in ("developer", "category", "kind", "openness", "stage")] + [
    ("_facet_array", name) for name in ("modality", "sectors", "sources")
]


def workloads(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """Name → our address and Datasette's for the same work."""
    some = catalog.n // 2
    deep = int(catalog.n * 0.8) // 50
    developer = next(row for row in catalog.vocabularies["developer"] if row[0] == catalog.made_by[some])
    four = [f"m{pk}" for pk in (1, some, some + 1, catalog.n)]
    dates = {"released__gte": "2022-01-01", "released__lte": "2022-12-31"}
    rows = urlencode({"sql": f"select * from entry order by sort_key, slug limit 50 offset {deep * 50 - 50}"})

    def peer(**columns: str) -> str:
        return "/entry?" + urlencode([*columns.items(), *FACETS])

    return {
        "first page, all facets": ("/models/", peer(_sort="sort_key")),
        "one sector, by size": (
            "/models/?sector=s1&sort=-parameters",
            peer(sectors__arraycontains=SECTORS[0], _sort_desc="parameters"),
        ),
        "developer and dates": (
            f"/models/?developer={developer[1]}&released_from=2022&released_to=2022",
            peer(developer=developer[2], **dates),
        ),
        "search, two characters": (f"/models/?q={quote('文心')}", peer(name_zh__contains="文心")),
        "search, common word": (f"/models/?q={quote('模型')}", peer(name_zh__contains="模型")),
        "one entry": (f"/models/m{some}/", f"/entry/m{some}"),
        "compare four": (
            "/compare/?" + urlencode([("model", slug) for slug in four]),
            "/entry?" + urlencode({"slug__in": ",".join(four)}),
        ),
        f"page {deep}": (f"/models/?page={deep}", f"?{rows}"),
    }


def timed(address: str) -> list[float]:
    """Milliseconds of each of ROUNDS requests after two that warm up, sorted; fewer if they are slow."""
    took: list[float] = []
    begun = time.monotonic()
    for number in range(ROUNDS + 2):
        before = time.perf_counter()
        with urlopen(address) as answer:
            answer.read()
        if number >= 2:
            took.append((time.perf_counter() - before) * 1_000)
        if time.monotonic() - begun > SECONDS and took:
            break
    return sorted(took)


def rate(address: str) -> float:
    """Megabytes a second of a whole download, the best of three."""
    best = 0.0
    for _ in range(3):
        before, size = time.perf_counter(), 0
        with urlopen(address) as answer:
            while part := answer.read(65_536):
                size += len(part)
        best = max(best, size / 1e6 / (time.perf_counter() - before))
    return best


def measure(n: int, db: Database, served: Site, folder: Path, say: Callable[[str], None]) -> None:
    catalog = Catalog(n)
    with db.connect() as connection:
        fill(connection, catalog)
    ours = f"http://127.0.0.1:{served.port}"
    say(
        f"\n{n:,} entries, {catalog.developers:,} developers            p50 ms   p95 ms |  Datasette p50 | ratio"
    )
    with datasette(catalog, folder) as theirs:
        for name, (own, peer) in workloads(catalog).items():
            took = timed(ours + own)
            line = f"{name:32} {statistics.median(took):8.1f} {took[int(len(took) * 0.95) - 1]:8.1f}"
            if theirs:
                other = statistics.median(timed(theirs + peer))
                line += f" | {other:14.1f} | {other / statistics.median(took):5.1f}"
            say(line)
        speed = rate(ours + "/models.csv")
        line = f"{'CSV, MB/s':32} {speed:8.1f} {'':8}"
        if theirs:
            other = rate(f"{theirs}/entry.csv?_stream=on")
            line += f" | {other:14.1f} | {speed / other:5.1f}"
        say(line)


def main(sizes: list[int]) -> None:
    peer_folder = CHECKOUT / ".data" / "bench"
    peer_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(), database() as db, site(db.url()) as served:
        for n in sizes:
            measure(n, db, served, peer_folder, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
