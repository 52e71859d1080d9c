"""F16: two lagging streaming replicas, and what readers see during writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
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
    seen = _Seen()
    with ExitStack() as running:
        urls = [running.enter_context(_replica(db, number, delay)) for number, delay in enumerate(DELAYS)]
        over = running.enter_context(site(db.url(), REPLICA_URLS=",".join(urls)))
        _write(db, 0)
        time.sleep(4)
        stop = threading.Event()
        readers = [threading.Thread(target=seen.read, args=(over, stop)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for number in range(1, WRITES + 1):
            _write(db, number)
            time.sleep(PAUSE)
        stop.set()
        for reader in readers:
            reader.join()
        time.sleep(4)
        last = {
            tuple(numbers_on(urllib.request.build_opener(), over, page)) for page in PAGES for _ in range(10)
        }
    told = f"{seen.pages} pages, {seen.mixed} of two states, {seen.back} older than one seen before, {seen.lagging} behind the newest; at the end {last}"
    return Outcome(seen.pages > 100 and not seen.mixed and not seen.back and last == {(WRITES,)}, told)


class _Seen:
    """Counts of what the readers saw."""

    def __init__(self) -> None:
        self.pages = self.mixed = self.back = self.lagging = 0
        self.newest = 0
        self.lock = threading.Lock()

    def read(self, over: Site, stop: threading.Event) -> None:
        """One reader with a browser's cookies, who requests the pages in turn."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        before = 0
        while not stop.is_set():
            for page in PAGES:
                numbers = numbers_on(opener, over, page)
                with self.lock:
                    self.pages += 1
                    self.mixed += len(numbers) != 1
                    self.back += max(numbers, default=before) < before
                    self.newest = max(self.newest, *numbers, 0)
                    self.lagging += max(numbers, default=0) < self.newest
                before = max(before, *numbers, 0)


def numbers_on(opener: urllib.request.OpenerDirector, over: Site, page: str) -> set[int]:
    """The numbers of the writes that a page shows: one, if it shows one state."""
    with opener.open(f"http://127.0.0.1:{over.port}{page}", timeout=30) as answer:
        return {int(number) for number in NUMBER.findall(answer.read().decode())}


def _write(db: Database, number: int) -> None:
    with db.connect() as connection:
        connection.execute(
            "UPDATE models_catalog_sector SET name_zh = 'Nr' || %s || 'x ' || slug, name_en = 'Nr' || %s || 'x ' || slug",
            [number, number],
        )


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
