"""What several machines are shown to bear; each function returns an outcome with figures."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bench.cluster.machines import Cluster, Postgres, settle
from bench.cluster.visitors import HOME, Visitor, browser, curator, reading
from bench.load import Log, at_work
from bench.outcome import Outcome
from bench.replicas import WRITE, Seen
from tests.deploy.proxied import NAME

LOAD_SECONDS, CLIENTS = 8, 16


def spread(cluster: Cluster) -> Outcome:
    """A hundred different pages: both replicas make them, and the primary next to none."""
    servers = [cluster.primary, *cluster.replicas]
    before = [_reads(server) for server in servers]
    visitor = Visitor(cluster.front)
    for number in range(100):
        visitor.ask(f"/en/models/?parameters_min={number + 1}M")
    settle(lambda: sum(_reads(server) for server in servers) - sum(before) > 100)
    time.sleep(11)  # the idle connections tell what they counted
    found = [_reads(server) - start for server, start in zip(servers, before, strict=True)]
    shares = [round(100 * one / sum(found)) for one in found]
    passed = set(visitor.log.statuses()) == {200} and min(shares[1:]) >= 30 and shares[0] <= 10
    told = ", ".join(f"{server.name} {share} %" for server, share in zip(servers, shares, strict=True))
    return Outcome(passed, f"100 pages, statuses {dict(visitor.log.statuses())}; rows read: {told}")


def _reads(server: Postgres) -> int:
    statement = "SELECT tup_returned FROM pg_stat_database WHERE datname = 'baimo'"
    return int(server.sql(statement, "postgres")[0][0])


def load(cluster: Cluster) -> Outcome:
    """Twenty pages at 16 clients: a site's process that makes each, one that has them, and nginx."""
    pages = [f"/zh/models/?page={number}" for number in range(1, 3)] + [
        f"/zh/models/?q={letter}" for letter in "abcdefghijklmnopqr"
    ]
    script = cluster.folder / "pages.lua"
    listed = ", ".join(f'"{page}"' for page in pages)
    script.write_text(
        f"local p, n = {{{listed}}}, 0\nfunction request() n = n % #p + 1; return wrk.format('GET', p[n]) end\n"
    )
    has = _wrk(cluster.sites[0].address, str(script))
    made = cluster.sites[1]
    made.stop()
    made.environment["PAGES_IN_MEMORY_MB"] = "0"
    made.start()
    makes = _wrk(made.address, str(script))
    made.stop()
    del made.environment["PAGES_IN_MEMORY_MB"]
    made.start()
    kept = _wrk(f"https://127.0.0.1:{cluster.front.port}", str(script))
    told = f"one process that makes them {makes:.0f} pages a second, that has them {has:.0f}, nginx {kept:.0f} over TLS"
    return Outcome(kept > has, f"{told}: {kept / makes:.0f} and {kept / has:.0f} times as many")


def _wrk(address: str, script: str) -> float:
    """Pages a second that came; what was refused does not count."""
    headers = ["-H", f"Host: {NAME}", "-H", "X-Forwarded-Proto: https", "-H", "Accept-Encoding: gzip"]
    command = ["wrk", "-t1", f"-c{CLIENTS}", "--timeout=30s", "-s", script, *headers, address]
    subprocess.run([*command, "-d4s"], capture_output=True, check=True)
    done = subprocess.run([*command, f"-d{LOAD_SECONDS}s"], capture_output=True, text=True, check=True).stdout
    refused = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", done)))
    return float(re.findall(r"Requests/sec: +([0-9.]+)", done)[0]) - refused / LOAD_SECONDS


def lag(cluster: Cluster) -> Outcome:
    """A replica stops applying what it is sent, as one that lags: no reader goes back, no page is of two states."""
    slow, seen, number = cluster.replicas[1], Seen(), 0
    _write(cluster, number)
    time.sleep(2)
    slow.sql("SELECT pg_wal_replay_pause()")
    begun = time.monotonic()
    with seen.reading(HOME, lambda: browser(cluster.front)):
        while time.monotonic() - begun < cluster.seconds / 2:
            number += 1
            _write(cluster, number)
            time.sleep(0.6)
    lost = slow.sql("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())")[0][0]
    slow.sql("SELECT pg_wal_replay_resume()")
    back = settle(
        lambda: slow.sql(f"SELECT name_zh LIKE 'Nr{number}x%' FROM models_catalog_sector LIMIT 1")[0][0]
    )
    told = f"{number} writes while a replica stood still for {time.monotonic() - begun - back:.0f} s ({int(lost) // 1000} kB behind)"
    return Outcome(seen.good, f"{told}: {seen}; level again after {back:.1f} s")


def _write(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.pooler.url, prepare_threshold=None, autocommit=True) as connection:
        connection.execute(WRITE, [number, number])


def replica_lost(cluster: Cluster) -> Outcome:
    """A replica loses its power under readers, and comes back."""
    lost = cluster.replicas[0]
    with reading(cluster) as log:
        time.sleep(2)
        lost.stop()
        time.sleep(cluster.seconds / 4)
        lost.start()
        back = settle(lambda: cluster.primary.followers() == 2)
        time.sleep(2)
    return _only_pages(log, f"; streaming again after {back:.1f} s")


def site_lost(cluster: Cluster) -> Outcome:
    """All processes of a site are killed under readers: nginx sends them to the other."""
    lost = cluster.sites[1]
    with reading(cluster) as log:
        time.sleep(2)
        for pid in [lost.process.pid if lost.process else 0, *lost.workers()]:
            subprocess.run(["kill", "-KILL", str(pid)], check=True)
        time.sleep(cluster.seconds / 4)
    if lost.process:
        lost.process.wait(20)
    lost.start()
    return _only_pages(log)


def redis_lost(cluster: Cluster) -> Outcome:
    """Redis is stopped under readers and a curator."""
    desk = curator(cluster)
    with reading(cluster) as log:
        time.sleep(1)
        cluster.redis.stop()
        for _ in range(5):
            desk.ask("/admin/")
            time.sleep(cluster.seconds / 20)
        cluster.redis.start()
    outcome = _only_pages(log, f"; the curator: {dict(desk.log.statuses())}")
    return Outcome(outcome.passed and set(desk.log.statuses()) == {200}, outcome.seen)


def _only_pages(log: Log, more: str = "") -> Outcome:
    statuses = log.statuses()
    told = f"{statuses.total()} answers to readers, {dict(statuses)}, slowest {log.slowest():.2f} s{more}"
    return Outcome(statuses.total() > 50 and set(statuses) == {200}, told)


def primary_lost(cluster: Cluster) -> Outcome:
    """The primary is away: readers see pages, made and kept; a curator is told 503 and when to come back."""
    desk, fresh = curator(cluster), Visitor(cluster.front)
    cluster.primary.stop()
    begun, told, number = time.monotonic(), "", 0
    desk.log = Log()
    with reading(cluster) as log:
        while time.monotonic() - begun < cluster.seconds:
            told = desk.ask("/admin/")
            fresh.ask(f"/en/models/?parameters_max={(number := number + 1)}B")  # which no cache has
            time.sleep(0.2)
    cluster.primary.start()
    away = desk.log
    desk.log = Log()
    back = settle(lambda: desk.ask("/admin/") and desk.status == 200)
    readers, made, curators = log.statuses(), fresh.log.statuses(), away.statuses()
    clear = away.told_when_to_return() and "database is not responding" in told
    passed = set(readers) == set(made) == {200} and set(curators) == {503} and clear and away.slowest() < 5
    seen = f"for {cluster.seconds} s readers had {dict(readers)}, slowest {log.slowest():.2f} s; pages that nobody had asked for {dict(made)}; "
    seen += f"the curator {dict(curators)}, in words and with Retry-After: {clear}, slowest {away.slowest():.2f} s; "
    return Outcome(passed, f"{seen}curators again {back:.1f} s after the primary was back")


@contextmanager
def _writing(cluster: Cluster) -> Iterator[list[int]]:
    """Numbers written through PgBouncer while the block runs, one a transaction; gives those that were acknowledged."""
    cluster.primary.sql(
        "CREATE TABLE IF NOT EXISTS acknowledged (number int); GRANT ALL ON acknowledged TO baimo_site"
    )
    acknowledged: list[int] = []

    def write(number: int) -> None:
        try:
            with psycopg.connect(
                cluster.pooler.url, prepare_threshold=None, autocommit=True, connect_timeout=3
            ) as connection:
                connection.execute("INSERT INTO acknowledged VALUES (%s)", [number])
            acknowledged.append(number)
        except psycopg.Error:
            time.sleep(0.05)

    with at_work([write]):
        yield acknowledged


def failover(cluster: Cluster) -> Outcome:
    """The primary loses its power while rows are written: the replica that has most becomes the primary."""
    old, desk = cluster.primary, curator(cluster)
    with reading(cluster) as log, _writing(cluster) as acknowledged:
        time.sleep(3)
        old.stop()
        told, begun = len(acknowledged), time.monotonic()
        new, other = sorted(cluster.replicas, key=Postgres.received, reverse=True)
        other.follow(new)
        new.sql("SELECT pg_promote()")
        cluster.pooler.lead_to(new)
        settle(lambda: len(acknowledged) > told)
        away = time.monotonic() - begun
        desk.log = Log()
        at_desk = settle(lambda: desk.ask("/admin/") and desk.status == 200)
        time.sleep(2)
    kept = {row[0] for row in new.sql("SELECT number FROM acknowledged")}
    lost = set(acknowledged) - kept
    cluster.primary, cluster.replicas = new, [other, old]
    old.copy(new)
    settle(lambda: new.followers() == 2)
    readers = log.statuses()
    seen = f"{told} writes acknowledged before, {len(acknowledged)} in all, {len(lost)} lost; {new.name} took writes after {away:.1f} s, "
    seen += f"the curator's pages {at_desk:.1f} s later; readers {dict(readers)}, slowest {log.slowest():.2f} s; the old primary follows as a replica"
    return Outcome(not lost and told > 10 and set(readers) == {200}, seen)


def no_replica_left(cluster: Cluster) -> Outcome:
    """Both replicas are lost: readers see pages made from the primary, writes wait, until it is told to go on alone."""
    for replica in cluster.replicas:
        replica.stop()
    writing = threading.Thread(target=_write, args=(cluster, 0))
    with reading(cluster) as log:
        time.sleep(2)
        writing.start()
        writing.join(cluster.seconds / 6 + 2)
        waited = writing.is_alive()
        begun = time.monotonic()
        cluster.primary.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
        cluster.primary.sql("SELECT pg_reload_conf()")
        writing.join(20)
        took = time.monotonic() - begun
    cluster.primary.sql("ALTER SYSTEM RESET synchronous_standby_names")
    cluster.primary.sql("SELECT pg_reload_conf()")
    for replica in cluster.replicas:
        replica.start()
    settle(lambda: cluster.primary.followers() == 2)
    pages = _only_pages(
        log,
        f"; a write waited: {waited}, and was acknowledged {took:.1f} s after the primary was told to go on alone",
    )
    return Outcome(pages.passed and waited and not writing.is_alive(), pages.seen)


SHOWN = {
    "spread": spread,
    "load": load,
    "lag": lag,
    "replica": replica_lost,
    "site": site_lost,
    "redis": redis_lost,
    "primary": primary_lost,
    "failover": failover,
    "alone": no_replica_left,
}
