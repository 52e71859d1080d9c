"""A PostgreSQL server and a site for the duration of a measurement."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from registry.embedded.server import DATABASE, ROLE, Server

CHECKOUT = Path(__file__).resolve().parent.parent


class Database:
    """A server in a temporary folder, with durability as in production."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder)

    def url(self, name: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@{self.server.use().replace('/', '%2F')}/{name}"

    def connect(self, name: str = DATABASE) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(host=str(self.server.socket_folder), user=ROLE, dbname=name, autocommit=True)

    def control(self, *arguments: str) -> None:
        """Run pg_ctl, for example `restart -m fast`."""
        command = ("-D", ".", "-l", "server.log", "-w", *arguments)
        program = self.server.binaries.program("pg_ctl")
        self.server.account.run(program, *command, folder=self.server.data, stdout=subprocess.DEVNULL)

    def run(self, program: str, *arguments: str) -> str:
        """Run a PostgreSQL client program on this server; returns its output."""
        command: list[str | Path] = [
            self.server.binaries.program(program),
            "-h",
            self.server.socket_folder,
            "-U",
            ROLE,
            *arguments,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@contextmanager
def database(parent: Path | None = None) -> Iterator[Database]:
    """A new server with its data in a folder of `parent` (default: the system's temporary folder)."""
    with tempfile.TemporaryDirectory(prefix="baimo-bench-", dir=parent, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = Database(Path(folder))
        try:
            yield made
        finally:
            made.server.leave()
            made.server.remove()


class Site:
    """gunicorn as in production, with one database."""

    def __init__(self, url: str, static: Path, **variables: str) -> None:
        self.port = free_port()
        self.environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
            "DATABASE_URL": url, "DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "only-for-measuring-" * 4, "STATIC_ROOT": str(static),
            "PYTHONUTF8": "1", "ENV_FILE": "/dev/null", "LOG_LEVEL": "CRITICAL", **variables,
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "gunicorn.conf.py",
            "--bind",
            f"127.0.0.1:{self.port}",
            "registry.wsgi",
        ]
        self.process = subprocess.Popen(
            command, cwd=CHECKOUT, env=self.environment, stdout=subprocess.DEVNULL
        )
        wait_until(lambda: self.status("/healthz") == 200, 300)  # loading a million entries takes a while

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)

    def get(self, path: str, timeout: float = 30) -> tuple[int, dict[str, str], bytes]:
        """Status (0 without a response), headers and body."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=timeout
            ) as answer:  # ours
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()
        except (OSError, ValueError, http.client.HTTPException):
            return 0, {}, b""

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def workers(self) -> list[int]:
        """Process ids of gunicorn's workers, from /proc."""
        parent = self.process.pid if self.process else -1
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _parent(pid) == parent]


def processor_time(pids: Iterable[int]) -> float:
    """Seconds of the processor that all threads of these processes have used; other work of the machine does not stretch it much."""
    used = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):  # a thread that has just ended
                used += int(task.read_text().split()[0])
    return used / 1e9


def _parent(pid: int) -> int:
    """Parent process id; 0 if the process is gone. The process name comes first and may contain brackets."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def site(url: str, **variables: str) -> Iterator[Site]:
    """A running site with migrated database and collected static files."""
    with tempfile.TemporaryDirectory(prefix="baimo-static-") as static:
        made = Site(url, Path(static), **variables)
        made.manage("migrate", "--verbosity=0")
        made.manage("collectstatic", "--no-input", "--verbosity=0")
        made.start()
        try:
            yield made
        finally:
            made.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Any, seconds: float) -> float:
    """Seconds until `condition()` held; TimeoutError after `seconds`."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)
    return time.monotonic() - begun
