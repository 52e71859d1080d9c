"""F16: two lagging streaming replicas, and what readers see during writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from bench.outcome import Outcome
from bench.site import Database, Site, site

DELAYS = ("0", "3s")
"""Apply delay of each replica."""

WRITES, PAUSE, READERS = 25, 0.6, 6
PAGES = ("/sectors/", "/api/v1/sectors/", "/models/")
NUMBER = re.compile(r"Nr([0-9]+)x")


def f16_replicas(db: Database, served: Site) -> Outcome:
    """Readers of two replicas, one 3 s behind: no page mixes states, no reader goes back, all end up to date."""
    seen = Seen()
    with ExitStack() as running:
        urls = [running.enter_context(_replica(db, number, delay)) for number, delay in enumerate(DELAYS)]
        over = running.enter_context(site(db.url(), REPLICA_URLS=",".join(urls)))
        _write(db, 0)
        time.sleep(4)
        with seen.reading(over.address, _browser):
            for number in range(1, WRITES + 1):
                _write(db, number)
                time.sleep(PAUSE)
        time.sleep(4)
        last = {tuple(numbers_on(_browser(), over.address, page)) for page in PAGES for _ in range(10)}
    return Outcome(seen.good and last == {(WRITES,)}, f"{seen}; at the end {last}")


def _browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


class Seen:
    """Counts of what the readers saw."""

    def __init__(self) -> None:
        self.pages = self.mixed = self.back = self.lagging = self.failed = 0
        self.newest = 0
        self.lock = threading.Lock()

    @property
    def good(self) -> bool:
        """Whether enough was read, nothing failed, and no page mixed two states or was older than one that its reader had seen."""
        return self.pages > 100 and not self.mixed and not self.back and not self.failed

    def __str__(self) -> str:
        return (
            f"{self.pages} pages, {self.failed} failures, {self.mixed} of two states, {self.back} older than one seen before, "
            f"{self.lagging} behind the newest"
        )

    @contextmanager
    def reading(self, address: str, browser: Callable[[], urllib.request.OpenerDirector]) -> Iterator[None]:
        """READERS read in the block, each with a browser of his own."""
        stop = threading.Event()
        readers = [
            threading.Thread(target=self.read, args=(address, browser(), stop)) for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            stop.set()
            for reader in readers:
                reader.join()

    def read(self, address: str, opener: urllib.request.OpenerDirector, stop: threading.Event) -> None:
        """One reader, who requests the pages in turn."""
        before = 0
        while not stop.is_set():
            for page in PAGES:
                try:
                    numbers = numbers_on(opener, address, page)
                except OSError:
                    self.failed += 1
                    continue
                with self.lock:
                    self.pages += 1
                    self.mixed += len(numbers) != 1
                    self.back += max(numbers, default=before) < before
                    self.newest = max(self.newest, *numbers, 0)
                    self.lagging += max(numbers, default=0) < self.newest
                before = max(before, *numbers, 0)


def numbers_on(opener: urllib.request.OpenerDirector, address: str, page: str) -> set[int]:
    """The numbers of the writes that a page shows: one, if it shows one state."""
    with opener.open(f"{address}{page}", timeout=30) as answer:
        return {int(number) for number in NUMBER.findall(answer.read().decode())}


WRITE = "UPDATE models_catalog_sector SET name_zh = 'Nr' || %s || 'x ' || slug, name_en = 'Nr' || %s || 'x ' || slug"


def _write(db: Database, number: int) -> None:
    with db.connect() as connection:
        connection.execute(WRITE, [number, number])


@contextmanager
def _replica(db: Database, number: int, delay: str) -> Iterator[str]:
    """A running streaming replica; yields its URL."""
    server, folder = db.server, db.server.folder / f"replica{number}"
    run = server.account.run
    server.account.own(folder)
    run(
        server.binaries.program("pg_basebackup"),
        "-h",
        str(server.socket_folder),
        "-U",
        "baimo",
        "-D",
        str(folder),
        "-R",
        "-c",
        "fast",
        folder=server.data,
    )
    port = str(5433 + number)
    options = (
        f"-k {server.socket_folder} -p {port} -c listen_addresses='' -c recovery_min_apply_delay={delay}"
    )
    control = server.binaries.program("pg_ctl")
    run(
        control,
        "-D",
        ".",
        "-l",
        "server.log",
        "-w",
        "-o",
        options,
        "start",
        folder=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"postgresql://baimo@{str(server.socket_folder).replace('/', '%2F')}:{port}/baimo"
    finally:
        run(control, "-D", ".", "-m", "immediate", "-w", "stop", folder=folder, stdout=subprocess.DEVNULL)
        shutil.rmtree(Path(folder), ignore_errors=True)
