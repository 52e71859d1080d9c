"""Fault injection: breaks the running site in every way that HARDENING names, and reports what readers saw.

`python -m bench.faults` runs all faults; with names (`F1 F8`) only these. Exits with 1 if any did harm.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.clients import f15_slow_clients
from bench.dear import f14_dear
from bench.guessing import f13_logins
from bench.load import Log, at_once, clients
from bench.outcome import Outcome
from bench.replicas import f16_replicas
from bench.silence import f8_silence
from bench.site import Database, Site, database, site, wait_until
from bench.small_disk import f7_full_disk
from bench.suite import f4_killed_import, f10_at_once

PATHS = ["/", "/models/", "/developers/", "/market/", "/models.json"]
LOCKED = "models_catalog_sector"
"""A table that /sectors/ reads."""


def f1_restart(db: Database, served: Site) -> Outcome:
    """A fast restart under 8 clients, ten times: only requests in flight fail, with 503; none once it is ready."""
    late = failed = answered = 0
    kinds: set[int] = set()
    for _ in range(10):
        with clients(served, PATHS) as log:
            time.sleep(0.5)
            db.control("-m", "fast", "restart")
            wait_until(lambda: served.status("/readyz") == 200, 60)
            ready = time.monotonic()
            time.sleep(0.7)
        statuses = log.statuses()
        answered += sum(statuses.values())
        failed += sum(statuses.values()) - statuses[200]
        kinds |= set(statuses)
        late += sum(n for status, n in log.statuses(since=ready).items() if status != 200)
    return Outcome(
        late == 0 and kinds <= {200, 503},
        f"{answered} answers, {failed} of them 503, {late} after readiness; statuses {sorted(kinds)}",
    )


def f2_outage(db: Database, served: Site) -> Outcome:
    """An immediate stop for 20 s: 503 with Retry-After in 2 s, alive but not ready, back in 5 s without a restart."""
    db.control("-m", "immediate", "stop")
    with clients(served, PATHS, 4) as log:
        time.sleep(10)
        alive, ready = served.status("/healthz"), served.status("/readyz")
        time.sleep(10)
    db.control("-o", f"-k {db.server.socket_folder} -c listen_addresses=''", "start")
    back = wait_until(lambda: all(served.status(path) == 200 for path in PATHS), 60)
    statuses = log.statuses()
    passed = (
        set(statuses) == {503}
        and log.told_when_to_return()
        and log.slowest() <= 2
        and (alive, ready) == (200, 503)
        and back <= 5
    )
    seen = f"{statuses[503]} answers, all 503 with Retry-After: {log.told_when_to_return() and set(statuses) == {503}}, slowest {log.slowest():.2f} s, "
    return Outcome(passed, seen + f"healthz {alive}, readyz {ready}, back after {back:.2f} s")


@contextmanager
def locked(db: Database) -> Iterator[None]:
    with db.connect() as connection, connection.transaction():
        connection.execute(f"LOCK TABLE {LOCKED} IN ACCESS EXCLUSIVE MODE")
        yield


def _waiting(db: Database) -> int:
    with db.connect() as connection:
        found = connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return int(found[0]) if found else 0


def f3_terminate(db: Database, served: Site) -> Outcome:
    """pg_terminate_backend during a request, fifty times: that request is 503, the next one 200."""
    hit, after = Log(), Log()
    for _ in range(50):
        with locked(db):
            threads = at_once(served, "/sectors/", 1, hit)
            wait_until(lambda: _waiting(db) > 0, 20)
            with db.connect() as connection:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
            for thread in threads:
                thread.join()
        for thread in at_once(served, "/sectors/", 1, after):
            thread.join()
    passed = set(hit.statuses()) == {503} and set(after.statuses()) == {200}
    return Outcome(passed, f"cut off: {dict(hit.statuses())}; the next request: {dict(after.statuses())}")


def f5_kill_worker(db: Database, served: Site) -> Outcome:
    """SIGKILL of a worker under 8 clients: the other one serves, and there are two again in 5 s."""
    before = served.workers()
    with clients(served, PATHS) as log:
        time.sleep(1)
        os.kill(before[0], signal.SIGKILL)
        killed = time.monotonic()
        back = wait_until(lambda: len(set(served.workers()) - {before[0]}) == len(before), 10)
        time.sleep(2)
    statuses = log.statuses()
    late = sum(n for status, n in log.statuses(since=killed + 0.5).items() if status != 200)
    passed = back <= 5 and late == 0 and statuses[0] <= 8
    return Outcome(
        passed,
        f"{statuses[200]} answers, {statuses[0]} connections cut, {late} failures half a second later, all workers back after {back:.2f} s",
    )


def f6_terminate_site(db: Database, served: Site) -> Outcome:
    """SIGTERM with requests of 1.2 s in flight, twenty times: all of them finish."""
    log = Log()
    for _ in range(20):
        with locked(db):
            threads = at_once(served, "/sectors/", 4, log)
            wait_until(lambda: _waiting(db) == 4, 20)
            if served.process:
                served.process.send_signal(signal.SIGTERM)
            time.sleep(1.2)
        for thread in threads:
            thread.join()
        if served.process:
            served.process.wait(40)
        served.start()
    return Outcome(set(log.statuses()) == {200}, f"{dict(log.statuses())}, slowest {log.slowest():.2f} s")


def f8_lock(db: Database, served: Site) -> Outcome:
    """LOCK TABLE for 10 s: 503 within 3 s, other pages unaffected, and 200 after the lock is released."""
    log, others = Log(), Log()
    with locked(db):
        begun = time.monotonic()
        while time.monotonic() - begun < 10:
            for thread in [*at_once(served, "/sectors/", 2, log), *at_once(served, "/market/", 2, others)]:
                thread.join()
    after = served.status("/sectors/")
    passed = (
        set(log.statuses()) == {503}
        and log.slowest() <= 3
        and log.told_when_to_return()
        and set(others.statuses()) == {200}
        and after == 200
    )
    return Outcome(
        passed,
        f"locked page {dict(log.statuses())}, slowest {log.slowest():.2f} s; other pages {dict(others.statuses())}; afterwards {after}",
    )


_TABLES = (
    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
)


def _digests(db: Database, name: str) -> dict[str, tuple[int, str]]:
    """Table → number of rows and md5 of all rows."""
    with db.connect(name) as connection:
        tables = [row[0] for row in connection.execute(_TABLES.encode())]
        found = {}
        for table in tables:
            ask = f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
            row = connection.execute(ask.encode()).fetchone()
            found[table] = (int(row[0]), str(row[1])) if row else (0, "")
    return found


def f12_restore(db: Database, served: Site) -> Outcome:
    """pg_dump into an empty database: the same row counts and md5 in every table, and the site runs on it."""
    dump = db.server.socket_folder / "dump"
    db.run("pg_dump", "-Fc", "-f", str(dump), "baimo")
    db.run("createdb", "restored")
    db.run("pg_restore", "--exit-on-error", "-d", "restored", str(dump))
    dump.unlink()
    before, after = _digests(db, "baimo"), _digests(db, "restored")
    with site(db.url("restored")) as second:
        statuses = {path: second.status(path) for path in [*PATHS, "/readyz"]}
    passed = before == after and set(statuses.values()) == {200}
    rows = sum(n for n, _digest in after.values())
    return Outcome(
        passed,
        f"{len(after)} tables, {rows} rows, counts and md5 equal: {before == after}; pages {sorted(set(statuses.values()))}",
    )


FAULTS: dict[str, Callable[[Database, Site], Outcome]] = {
    "F1": f1_restart,
    "F2": f2_outage,
    "F3": f3_terminate,
    "F4": f4_killed_import,
    "F5": f5_kill_worker,
    "F6": f6_terminate_site,
    "F7": f7_full_disk,
    "F8": f8_lock,
    "F8b": f8_silence,
    "F10": f10_at_once,
    "F12": f12_restore,
    "F13": f13_logins,
    "F14": f14_dear,
    "F15": f15_slow_clients,
    "F16": f16_replicas,
}


SECONDS = 600
"""Time limit in seconds for one fault; one that hangs fails under its own name."""


def in_time(fault: Callable[[Database, Site], Outcome], db: Database, served: Site) -> Outcome:
    """The outcome of a fault, a failure if it exceeds the time limit."""

    def over(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"not done within {SECONDS} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(SECONDS)
    try:
        return fault(db, served)
    except TimeoutError as error:
        return Outcome(False, str(error))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main(names: list[str]) -> int:
    """Run the faults of these names, or all; returns the number of those that did harm."""
    harm = 0
    with database() as db, site(db.url()) as served:
        served.manage("load_registry")
        for name in names or FAULTS:
            outcome = in_time(FAULTS[name], db, served)
            harm += not outcome.passed
            print(f"{name:4} {'pass' if outcome.passed else 'FAIL'}  {outcome.seen}", flush=True)
    return harm


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
