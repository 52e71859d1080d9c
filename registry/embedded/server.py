"""The PostgreSQL server of a checkout, used if no DATABASE_URL names another.

It listens only on a Unix socket; the first process that needs it starts it, and the last one stops it. Three lock files
coordinate the processes:

- `starting` is held while a process starts or stops the server;
- `alive` is inherited by the server's own processes: it is free only if all of them have ended, whereas a pid file is
  stale after `kill -9` or names a reused process id;
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
    """The server of one checkout; `hasty` for tests, with a folder of its own and without fsync."""

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
        """The folder of data and locks: in the checkout, or under /var/lib if the account cannot enter that.
        ServerError if it is not writable."""
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
        """The data folder, one per major version."""
        return self.folder / f"postgresql-{self.binaries.major}"

    @cached_property
    def socket_folder(self) -> Path:
        """The private folder of the socket, whose path may have at most 104 bytes."""
        return Path("/tmp") / f"baimo-{_digest(self.folder)}-{self.account.uid}"  # noqa: S108 - owned and closed by Account.own

    def use(self) -> str:
        """The folder of the server's socket. Starts the server if needed; this process counts as a user until it
        ends."""
        if self._membership is None or not self._answers():
            with self._starting():
                self._join()
                if not self._answers():
                    self._start()
                self._create_database()
        return str(self.socket_folder)

    def leave(self) -> None:
        """Unregister this process; the last one stops the server."""
        if self._membership is None:
            return
        os.close(self._membership)
        self._membership = None
        with self._starting(), _lock(self.folder / "users", wait=False) as alone:
            if alone is not None:
                with suppress(ServerError):  # without PostgreSQL's programs there is nothing to stop
                    self._stop()

    def stop(self) -> bool:
        """Stop the server even if others use it. Returns whether it was running."""
        with self._starting():
            return self._stop()

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        shutil.rmtree(self.socket_folder, ignore_errors=True)
        shutil.rmtree(self.folder)
        with suppress(OSError):  # it may still hold the other server's folder
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
            # No process of this server is alive, so files left by a killed one can be deleted.
            for left_over in [self.data / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")]:
                left_over.unlink(missing_ok=True)
            self._run_server(alive)

    def _run_server(self, alive: int) -> None:
        # Relative paths, because pg_ctl passes them to a shell; the socket's folder has no special characters.
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
        """Wait until the running server answers; start it again if it has died."""
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
        """Run initdb in a temporary folder and rename it when complete.

        A killed attempt leaves no partial data folder: its initdb keeps running and holds the lock until it ends.
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
        """initdb options for Unicode characters in code point order: with ctype C, trigrams match no Chinese."""
        names = [name for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8") if _has_locale(name)]
        if not names:
            raise ServerError("The machine has no UTF-8 locale: install C.UTF-8, or set DATABASE_URL.")
        if self.binaries.major < 17:  # no builtin provider yet
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
    """Hold a lock file exclusively; None if another process holds it and `wait` is false."""
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
    """Open a lock file private to this user: anybody who can read it could lock it and block the server."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if os.fstat(handle).st_uid == os.geteuid():  # an earlier version made it readable for all
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
    """The last error message in a program's output, without the full stop."""
    complaints = re.findall(r"(?:error|ERROR|FATAL|PANIC): +(.+)", text) or text.split("\n")
    said = [line.strip().rstrip(".") for line in complaints if line.strip()]
    return said[-1] if said else "it said nothing"


def _read(log: Path) -> str:
    try:
        return log.read_text("utf-8", errors="replace")
    except OSError:
        return ""
