"""Sets the machines up with the files of deploy/ and the programs of Debian's packages: a primary with two replicas,
PgBouncer, Redis, two sites, and nginx before them."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.site import CHECKOUT, Site, free_port, wait_until
from registry.embedded.account import ServerAccount
from registry.embedded.binaries import find
from tests.deploy.proxied import NAME, Front, nginx
from tests.needs import PATH

DEPLOY = CHECKOUT / "deploy"
SITES, REPLICAS, WORKERS = 2, 2, 1
PASSWORD = secrets.token_hex(16)
NEEDED = {
    "postgresql": "pg_ctl",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
    "nginx-light": "nginx",
    "openssl": "openssl",
}


class Postgres:
    """A PostgreSQL server with deploy/replication.conf."""

    def __init__(self, parent: Path, name: str) -> None:
        self.account = ServerAccount.for_server(CHECKOUT)
        self.binaries = find(self.account, parent)
        self.name, self.folder, self.port = name, parent / name, free_port()

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs in its folder; returns its output."""
        done = self.account.run(self.binaries.program(program), *arguments, folder=self.folder)
        if done.returncode:
            raise RuntimeError(f"{program} of {self.name}: {done.stdout}")
        return done.stdout

    def begin(self) -> None:
        """Make an empty server and start it."""
        self.account.own(self.folder)
        self.run(
            "initdb",
            "-D",
            ".",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
        )
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write((DEPLOY / "replication.conf").read_text("utf-8"))
        self.start()

    def copy(self, primary: Postgres) -> None:
        """Become a replica of `primary`, whatever was here, and start."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.account.own(self.folder)
        self.run("pg_basebackup", "-d", primary.conninfo, "-D", ".", "-R", "-c", "fast", "-X", "stream")
        self.start()

    def follow(self, primary: Postgres) -> None:
        """Get the log from another primary from now on."""
        self.sql(f"ALTER SYSTEM SET primary_conninfo = '{primary.conninfo}'")
        self.sql("SELECT pg_reload_conf()")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        command = ("-D", ".", "-l", "server.log", "-w", "-o", options, "start")
        program = self.binaries.program("pg_ctl")
        done = self.account.run(program, *command, folder=self.folder, stdout=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError((self.folder / "server.log").read_text()[-800:])

    def stop(self, how: str = "immediate") -> None:
        """`immediate` is as good as a loss of power: nothing is written any more."""
        if (self.folder / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", ".", "-m", how, "-w", "stop")

    @property
    def conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres"

    def url(self, role: str) -> str:
        return f"postgresql://{role}:{PASSWORD}@127.0.0.1:{self.port}/baimo"

    def sql(self, statement: str, name: str = "baimo") -> list[tuple[Any, ...]]:
        with psycopg.connect(self.conninfo, dbname=name, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def received(self) -> int:
        """Bytes of the write-ahead log that are on this replica's disk."""
        return int(self.sql("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint")[0][0])

    def followers(self) -> int:
        return int(self.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")[0][0])


class Program:
    """A program that runs until it is stopped, and the port at which it answers."""

    def __init__(self, name: str, *arguments: str, port: int, account: ServerAccount | None = None) -> None:
        self.name, self.arguments, self.port, self.account = name, arguments, port, account
        self.start()

    def start(self) -> None:
        who: dict[str, Any] = {}
        if self.account and self.account.switched:
            who = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        command = [shutil.which(self.name, path=PATH) or self.name, *self.arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)
        wait_until(self._answers, 20)

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended by itself")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


class Pooler(Program):
    """PgBouncer with deploy/pgbouncer.ini."""

    def __init__(self, folder: Path, primary: Postgres) -> None:
        folder.mkdir(mode=0o755)
        self.file = folder / "pgbouncer.ini"
        (folder / "users").write_text(f'"baimo_site" "{PASSWORD}"\n')
        port = free_port()
        self._write(primary, (DEPLOY / "pgbouncer.ini").read_text("utf-8"), port)
        super().__init__("pgbouncer", "-q", str(self.file), port=port, account=primary.account)

    def _write(self, primary: Postgres, text: str, port: int) -> None:
        for old, new in (
            (r"(?m)^baimo = .*", f"baimo = host=127.0.0.1 port={primary.port}"),
            (r"(?m)^listen_port = .*", f"listen_port = {port}"),
            (r"(?m)^auth_file = .*", f"auth_file = {self.file.parent}/users"),
        ):
            text, count = re.subn(old, new, text)
            assert count == 1, old
        self.file.write_text(text)

    def lead_to(self, primary: Postgres) -> None:
        """Send everybody to this primary from now on."""
        self._write(primary, self.file.read_text(), self.port)
        self.send(signal.SIGHUP)

    @property
    def url(self) -> str:
        return f"postgresql://baimo_site:{PASSWORD}@127.0.0.1:{self.port}/baimo"


@dataclass
class Cluster:
    """All machines of one site."""

    folder: Path
    primary: Postgres
    replicas: list[Postgres]
    pooler: Pooler
    redis: Program
    sites: list[Site]
    front: Front
    seconds: int


LIMITS = ("statement_timeout = '3000'", "lock_timeout = '2000'", "work_mem = '32MB'")


@contextmanager
def cluster(seconds: int) -> Iterator[Cluster]:
    """A running cluster with the fixtures in it; `seconds` is how long the primary will be away."""
    if missing := [package for package, program in NEEDED.items() if not _found(program)]:
        sys.exit(f"Missing: apt install {' '.join(missing)}")
    os.environ.setdefault("PG_BIN", str(_debian()))
    with (
        tempfile.TemporaryDirectory(prefix="baimo-cluster-", ignore_cleanup_errors=True) as made,
        ExitStack() as ending,
    ):
        folder = Path(made)
        folder.chmod(0o755)
        primary, replicas = _databases(folder, ending)
        pooler = Pooler(folder / "pgbouncer", primary)
        ending.callback(pooler.stop)
        redis = _redis(folder)
        ending.callback(redis.stop)
        sites = [_site(folder, number, primary, replicas, pooler, redis) for number in range(SITES)]
        sites[0].manage("migrate", "--verbosity=0")
        sites[0].manage("collectstatic", "--no-input", "--verbosity=0")
        sites[0].manage("load_registry")
        for site in sites:
            ending.callback(site.stop)
            site.start()
        (folder / "nginx").mkdir()
        ports = [site.port for site in sites]
        front = ending.enter_context(nginx(folder / "nginx", *ports, keeps_pages=True))
        yield Cluster(folder, primary, replicas, pooler, redis, sites, front, seconds)


def _databases(folder: Path, ending: ExitStack) -> tuple[Postgres, list[Postgres]]:
    """The primary with its roles and limits, and the replicas that follow it."""
    primary = Postgres(folder, "primary")
    ending.callback(primary.stop)
    primary.begin()
    replicas = [Postgres(folder, f"replica{number}") for number in range(1, REPLICAS + 1)]
    # Before all else, since the primary acknowledges no write that is not on one of them.
    for replica in replicas:
        ending.callback(replica.stop)
        replica.copy(primary)
    variables = ("-v", f"owner_password={PASSWORD}", "-v", f"site_password={PASSWORD}")
    at = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres")
    primary.run("psql", *at, "-q", *variables, "-f", str(_readable(folder) / "roles.sql"), "postgres")
    for limit in LIMITS:
        primary.sql(f'ALTER ROLE "baimo_site" IN DATABASE "baimo" SET {limit}')
    return primary, replicas


def _redis(folder: Path) -> Program:
    port = free_port()
    where = ("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder))
    return Program("redis-server", *where, "--save", "", port=port)


def _site(
    folder: Path, number: int, primary: Postgres, replicas: list[Postgres], pooler: Pooler, redis: Program
) -> Site:
    """A site as on a machine of its own: its own temporary folder, where its turns are."""
    own = folder / f"site{number}"
    own.mkdir()
    return Site(
        primary.url("baimo_site"), folder / "static", DATABASE_OWNER_URL=primary.url("baimo_owner"),
        DATABASE_POOLER_URL=pooler.url, REPLICA_URLS=",".join(replica.url("baimo_site") for replica in replicas),
        CACHE_URL=f"redis://127.0.0.1:{redis.port}/0", HTTPS="1", BEHIND_PROXY="1", ALLOWED_HOSTS=f"{NAME},127.0.0.1",
        WEB_WORKERS=str(WORKERS), TMPDIR=str(own),
    )  # fmt: skip


def _readable(folder: Path) -> Path:
    """deploy/, where the server's account may read it."""
    return Path(shutil.copytree(DEPLOY, folder / "deploy"))


def _debian() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def _found(program: str) -> bool:
    return bool(shutil.which(program, path=PATH)) or any(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))


def settle(condition: Any, seconds: float = 30) -> float:
    """Seconds until the condition holds; errors of a server that is on its way count as not yet."""

    def holds() -> bool:
        try:
            return bool(condition())
        except (psycopg.Error, OSError):
            return False

    begun = time.monotonic()
    wait_until(holds, seconds)
    return time.monotonic() - begun
