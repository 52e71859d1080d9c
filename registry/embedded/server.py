"""The PostgreSQL server that a checkout carries along when no DATABASE_URL names another.

It listens on a Unix socket alone; whoever asks first starts it, and the last to leave stops it. Three lock files keep
any number of processes apart:

- `starting` is held while one process starts or stops the server;
- `alive` is inherited by the server's own processes: as long as one of them lives it cannot be locked, which holds
  after any kill −9 and cannot be fooled by a process number that was given away again;
- `users` is shared by all processes that use the server.
"""

import atexit
import fcntl
import hashlib
import locale
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import psycopg

from registry.embedded import OWNER, SITE
from registry.embedded.account import ServerAccount
from registry.embedded.binaries import Binaries, find
from registry.embedded.errors import ServerError

ROLE = OWNER
DATABASE = "baimo"
SECONDS = 60  # to start or to recover
FREE_BYTES = 200_000_000
OPTIONS = "-c listen_addresses='' -c unix_socket_permissions=0700 -c timezone=UTC -c max_connections=100"
HASTY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"  # for data that a test throws away


class Server:
    """One server of one checkout; `hasty` is the one for tests, with a folder of its own."""

    def __init__(self, checkout: Path, *, hasty: bool = False) -> None:
        self.checkout = checkout.resolve()
        self.hasty = hasty
        self._membership: int | None = None

    @cached_property
    def account(self) -> ServerAccount:
        """The user that the server runs as."""
        return ServerAccount.for_server(self.checkout)

    @cached_property
    def folder(self) -> Path:
        """Where the data and locks are: in the checkout, unless root's folders hide that from the account."""
        inside = self.checkout / ".data"
        if self.account.can_enter(self.checkout):
            parent = inside
        else:
            parent = Path("/var/lib/baimo") / _digest(self.checkout)
        folder = parent / "tests" if self.hasty else parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerError(
                f"{folder} cannot be made ({error.strerror}): set DATABASE_URL, or free it."
            ) from error
        if not os.access(folder, os.W_OK):
            raise ServerError(f"{folder} cannot be written to: change its permissions, or set DATABASE_URL.")
        return folder

    @cached_property
    def binaries(self) -> Binaries:
        """PostgreSQL's programs."""
        return find(self.account, self.folder)

    @property
    def data(self) -> Path:
        """The data of one major version."""
        return self.folder / f"postgresql-{self.binaries.major}"

    @cached_property
    def socket_folder(self) -> Path:
        """A folder short enough for a socket's name (104 bytes), for this server alone."""
        return Path("/tmp") / f"baimo-{_digest(self.folder)}-{self.account.uid}"  # noqa: S108 - owned and closed by Account.own

    def use(self) -> str:
        """Where the running server listens. Starts it if need be; this process counts as a user until it ends."""
        if self._membership is None or not self._answers():
            with self._starting():
                self._join()
                if not self._answers():
                    self._start()
                self._create_database()
        return str(self.socket_folder)

    def leave(self) -> None:
        """Stop counting as a user; the last one out stops the server."""
        if self._membership is None:
            return
        os.close(self._membership)
        self._membership = None
        with self._starting(), _lock(self.folder / "users", wait=False) as alone:
            if alone is not None:
                with suppress(ServerError):  # without PostgreSQL's programs nothing was started
                    self._stop()

    def stop(self) -> bool:
        """Stop the server whoever uses it; whether there was one."""
        with self._starting():
            return self._stop()

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        shutil.rmtree(self.socket_folder, ignore_errors=True)
        shutil.rmtree(self.folder)
        with suppress(OSError):  # it may hold the other server
            self.folder.parent.rmdir()

    def is_running(self) -> bool:
        """Whether the server answers."""
        return self._answers()

    def _join(self) -> None:
        if self._membership is None:
            self._membership = _open(self.folder / "users")
            fcntl.flock(self._membership, fcntl.LOCK_SH)
            atexit.register(self.leave)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        with _lock(self.folder / "starting", wait=True):
            yield

    def _connect(self) -> psycopg.Connection[tuple[str]]:
        return psycopg.connect(
            host=str(self.socket_folder), user=ROLE, dbname="postgres", connect_timeout=5, autocommit=True
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f'CREATE DATABASE "{DATABASE}"')
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE]).fetchone():
                connection.execute(f'CREATE ROLE "{SITE}" LOGIN')

    def _start(self) -> None:
        with _lock(self.folder / "alive", wait=False) as alive:
            if alive is None:
                self._wait()
                return
            self._require_space()
            if not self.data.exists():
                self._initialise(alive)
            self.account.own(self.socket_folder)
            # No process of this server is alive, so that what a killed one left is in the way and nothing else.
            for left_over in [self.data / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")]:
                left_over.unlink(missing_ok=True)
            self._run_server(alive)

    def _run_server(self, alive: int) -> None:
        # Relative paths, for pg_ctl hands them to a shell; the socket's folder has no character that means anything.
        options = f"{OPTIONS} -k {self.socket_folder} {HASTY if self.hasty else ''}"
        command = ("-D", ".", "-l", "server.log", "-w", "-t", str(SECONDS), "-o", options, "start")
        log = self.data / "server.log"
        log.unlink(missing_ok=True)
        result = self.account.run(
            self.binaries.program("pg_ctl"),
            *command,
            folder=self.data,
            pass_fds=(alive,),
            stdout=subprocess.DEVNULL,
        )
        if result.returncode:
            raise ServerError(f"PostgreSQL did not start: {_complaint(_read(log))} ({log} has the rest).")

    def _wait(self) -> None:
        """Until the living server answers, or has died."""
        for _ in range(SECONDS * 10):
            if self._answers():
                return
            with _lock(self.folder / "alive", wait=False) as alive:
                if alive is not None:
                    break
            time.sleep(0.1)
        else:
            raise ServerError(
                f"PostgreSQL in {self.data} runs but does not answer: `make stop`, then try again."
            )
        self._start()

    def _stop(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        command = ("-D", ".", "-m", "fast", "-w", "-t", str(SECONDS), "stop")
        return self.account.run(self.binaries.program("pg_ctl"), *command, folder=self.data).returncode == 0

    def _initialise(self, alive: int) -> None:
        """Make the data folder aside and put it in place when it is whole.

        A killed attempt leaves nothing behind: its initdb, which lives on, holds the lock until it is done.
        """
        for left_over in self.folder.glob("new-*"):
            shutil.rmtree(left_over)
        aside = self.folder / f"new-{os.getpid()}"
        self.account.own(aside)
        command = ("-D", ".", "-U", ROLE, "-A", "trust", "-E", "UTF8", "--lc-messages=C", *self._locale())
        result = self.account.run(self.binaries.program("initdb"), *command, folder=aside, pass_fds=(alive,))
        if result.returncode:
            raise ServerError(f"initdb failed: {_complaint(result.stdout)}.")
        aside.rename(self.data)

    def _locale(self) -> list[str]:
        """Characters as in Unicode, order by code point: under the ctype C trigrams find nothing in Chinese."""
        names = [name for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8") if _has_locale(name)]
        if not names:
            raise ServerError("The machine has no UTF-8 locale: install C.UTF-8, or set DATABASE_URL.")
        if self.binaries.major < 17:  # before the builtin provider
            return ["--lc-collate=C", f"--lc-ctype={names[0]}"]
        return [
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--lc-collate=C",
            f"--lc-ctype={names[0]}",
        ]

    def _require_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < FREE_BYTES:
            raise ServerError(
                f"Only {free // 10**6} MB are free for {self.folder}: PostgreSQL wants {FREE_BYTES // 10**6}."
            )


@contextmanager
def _lock(path: Path, *, wait: bool) -> Iterator[int | None]:
    """Hold a lock file for oneself; None if somebody else holds it and we do not wait."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    """A lock file for us alone: whoever may read one can hold its lock, and keep the server from starting."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if os.fstat(handle).st_uid == os.geteuid():  # an earlier version made it for all to read
        os.fchmod(handle, 0o600)
    return handle


def _has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _complaint(text: str) -> str:
    """The last complaint in what a program said, without the full stop."""
    complaints = re.findall(r"(?:error|ERROR|FATAL|PANIC): +(.+)", text) or text.split("\n")
    said = [line.strip().rstrip(".") for line in complaints if line.strip()]
    return said[-1] if said else "it said nothing"


def _read(log: Path) -> str:
    try:
        return log.read_text("utf-8", errors="replace")
    except OSError:
        return ""
