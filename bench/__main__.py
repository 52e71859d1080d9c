"""`make bench`: the site and Datasette on the same synthetic catalogs, in the same run, with the ratios."""

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import psycopg

from bench.peer import datasette
from bench.site import CHECKOUT, Site, database, processor_time, site
from bench.synthetic import SECTORS, Catalog, fill

SIZES = (100, 10_000)
ROUNDS = 20
SECONDS = 8
"""Time limit for one workload; a slow one gets fewer requests."""
GOAL = 5
"""Target: how many times as fast as the peer each workload must be."""

FACETS = [("_facet", name) for name in ("developer", "category", "kind", "openness", "stage")] + [
    ("_facet_array", name) for name in ("modality", "sectors", "sources")
]
Workload = Callable[[int], tuple[str, str]]
"""Number of a request → our address and Datasette's for the same work."""


def workloads(catalog: Catalog) -> dict[str, Workload]:
    """Name → workload. Entries, sectors, developers and words vary from request to request where possible."""
    deep = min(100, int(catalog.n * 0.8) // 50)

    def maker(number: int) -> tuple[str, str]:
        row = catalog.vocabularies["developer"][catalog.made_by[number * 7 % catalog.n] - 1]
        return str(row[1]), str(row[2])

    def four(number: int) -> list[str]:
        return [f"m{(number * 4 + place) % catalog.n + 1}" for place in range(4)]

    return {
        "first page, all facets": lambda n: ("/models/", _peer(_sort="sort_key")),
        "one sector, by size": lambda n: (
            f"/models/?sector=s{n % 12 + 1}&sort=-parameters",
            _peer(sectors__arraycontains=SECTORS[n % 12], _sort_desc="parameters"),
        ),
        "developer and dates": lambda n: (
            f"/models/?developer={maker(n)[0]}&released_from=2022&released_to=2022",
            _peer(developer=maker(n)[1], released__gte="2022-01-01", released__lte="2022-12-31"),
        ),
        "search, two characters": lambda n: _search(PAIRS[n % len(PAIRS)]),
        "search, common word": lambda n: _search(COMMON[n % len(COMMON)]),
        f"page {deep} and on": lambda n: (
            f"/models/?page={deep + n % 5 if catalog.n > 1_000 else deep}",
            "?"
            + urlencode(
                {"sql": f"select * from entry order by sort_key, slug limit 50 offset {deep * 50 - 50}"}
            ),
        ),
        "one entry": lambda n: (f"/models/{four(n)[0]}/", f"/entry/{four(n)[0]}"),
        "compare four": lambda n: (
            "/compare/?" + urlencode([("model", slug) for slug in four(n)]),
            "/entry?" + urlencode({"slug__in": ",".join(four(n))}),
        ),
    }


PAIRS = ["文心", "星火", "盘古", "紫东", "悟道", "天工", "书生", "商量", "日月", "山海", "云雀", "言犀"]
COMMON = ["模型", "大模型", "平台", "视觉", "语言"]


def _peer(**columns: str) -> str:
    return "/entry?" + urlencode([*columns.items(), *FACETS])


def _search(words: str) -> tuple[str, str]:
    return f"/models/?q={quote(words)}", _peer(name_zh__contains=words)


def _halves(address: Workload) -> tuple[Callable[[int], str], Callable[[int], str]]:
    return (lambda number: address(number)[0]), (lambda number: address(number)[1])


class Timed(NamedTuple):
    """Sorted milliseconds of the requests by the clock, and the processor's milliseconds of one."""

    took: list[float]
    processor: float

    @property
    def p50(self) -> float:
        return statistics.median(self.took)


def timed(site_at: str, asked: Callable[[int], str], processes: Callable[[], Sequence[int]]) -> Timed:
    """ROUNDS requests after a warm-up; fewer if they are slow, [inf] if one failed. `processes` are those that answer."""
    took: list[float] = []
    begun, used = time.monotonic(), processor_time(processes())
    for number in range(ROUNDS + 1):
        before = time.perf_counter()
        try:
            with urlopen(site_at + asked(number)) as answer:
                answer.read()
        except HTTPError:
            return Timed([math.inf], math.inf)
        if number:
            took.append((time.perf_counter() - before) * 1_000)
        else:
            used = processor_time(processes())
        if time.monotonic() - begun > SECONDS and took:
            break
    return Timed(sorted(took), (processor_time(processes()) - used) * 1_000 / len(took))


def throughput(address: str) -> str:
    """Requests a second with 8 clients, as wrk counts them; "" without wrk."""
    if not (shutil.which("wrk") and address):
        return ""
    command = ["wrk", "--threads=1", "--connections=8", "--duration=4s", "--timeout=30s", address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: list[str] = re.findall(r"Requests/sec: *([0-9.]+)", told)
    return found[0]


def rate(address: str) -> tuple[float, float]:
    """Download speed in MB/s, and milliseconds to the first byte."""
    before, size, first = time.perf_counter(), 0, 0.0
    with urlopen(address) as answer:
        while part := answer.read(65_536):
            first = first or (time.perf_counter() - before) * 1_000
            size += len(part)
    return size / 1e6 / (time.perf_counter() - before), first


def copy_rate(db: "psycopg.Connection[Any]") -> float:
    """Speed in MB/s of PostgreSQL's COPY of the bare entry table."""
    before, size = time.perf_counter(), 0
    with db.cursor() as cursor, cursor.copy("COPY models_catalog_entry TO STDOUT (FORMAT csv)") as copy:
        for row in copy:
            size += len(row)
    return size / 1e6 / (time.perf_counter() - before)


def memory(served: Site) -> float:
    """Memory of the site's processes in MiB (PSS: shared pages are divided among the processes that share them)."""
    processes = [*served.workers(), *([served.process.pid] if served.process else [])]
    found = [
        int(line.split()[1])
        for pid in processes
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    ]
    return sum(found) / 1_024


def p95(took: list[float]) -> float:
    return took[max(0, int(len(took) * 0.95) - 1)]


def measure(
    catalog: Catalog, db: "psycopg.Connection[Any]", url: str, folder: Path, say: Callable[[str], None]
) -> None:
    """Measure our pages without page cache and as production serves them, next to the peer's."""
    say(
        f"\n{catalog.n:,} entries, {catalog.developers:,} developers; load {os.getloadavg()[0]:.1f}; ms: p50 by the clock, [processor's]"
    )
    say(f"{'':28}{'made':>16}{'p95':>8}{'kept':>16}{'Datasette':>18}{'ratio':>8}{'kept':>8}  goal {GOAL}")
    with (
        site(url, PAGES_IN_MEMORY_MB="0") as making,
        site(url) as keeping,
        datasette(db, catalog.n, folder) as theirs,
    ):
        for name, address in workloads(catalog).items():
            ours, peers = _halves(address)
            made = timed(making.address, ours, partial(answering, making, db))
            for _ in range(8):  # the first rounds fill the page caches of both workers
                kept = timed(keeping.address, ours, partial(answering, keeping, db))
            other = timed(theirs.address, peers, lambda: theirs.pids) if theirs.address else Timed([0.0], 0.0)
            ratios = [other.p50 / one.p50 for one in (made, kept)]
            say(
                f"{name:28}{_both(made):>16}{p95(made.took):8.1f}{_both(kept):>16}{_both(other):>18}"
                f"{ratios[0]:8.1f}{ratios[1]:8.1f}  {'met' if ratios[0] >= GOAL else 'kept' if ratios[1] >= GOAL else 'missed'}"
            )
        for name, (ours_at, peers_at) in {one: workloads(catalog)[one](1) for one in AT_ONCE}.items():
            addresses = [
                making.address + ours_at,
                keeping.address + ours_at,
                theirs.address and theirs.address + peers_at,
            ]
            say(
                f"{name}, requests/s with 8 clients: made, kept, Datasette: {', '.join(map(throughput, addresses))}"
            )
        speed, first = rate(f"{keeping.address}/models.csv")
        other_speed = rate(f"{theirs.address}/entry.csv?_stream=on")[0] if theirs.address else 0.0
        say(
            f"CSV {speed:.1f} MB/s, first byte after {first:.0f} ms; Datasette {other_speed:.1f} MB/s; COPY {copy_rate(db):.1f} MB/s"
        )
        say(f"memory of two workers and their parent: {memory(keeping):.0f} MiB")


AT_ONCE = ("first page, all facets", "one entry")
"""Workloads that eight clients ask for at once."""


def answering(served: Site, db: "psycopg.Connection[Any]") -> list[int]:
    """The processes that answer for a site: its workers, and those of PostgreSQL, as the peer has its database within itself."""
    backends = db.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchall()
    return [*served.workers(), *(row[0] for row in backends)]


def _both(one: Timed) -> str:
    return f"{one.p50:.1f} [{one.processor:.1f}]"


def main(sizes: list[int]) -> None:
    folder = CHECKOUT / ".data" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with database() as db:
        for n in sizes:
            with site(db.url()):  # migrates
                pass
            catalog = Catalog(n)
            with db.connect() as connection:
                fill(connection, catalog)
                measure(catalog, connection, db.url(), folder, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
