"""PgBouncer before the database of the tests, each transaction of a connection on whichever server process is free."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from registry.connecting import Limits
from registry.embedded.account import ServerAccount
from tests.needs import PATH

SIZE = 2
"""So few server processes have all connections together."""
CONFIGURATION = """
[databases]
{name} = host={host} port={port} user={user} pool_size={size}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
ignore_startup_parameters = {ignored}
"""


@contextmanager
def pgbouncer(ignored: str = "extra_float_digits") -> Iterator[str]:
    """Its address, in front of the test database; it takes the startup parameters that it knows and those `ignored`."""
    found: dict[str, Any] = connection.get_connection_params()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        own = probe.getsockname()[1]
    written = CONFIGURATION.format(
        name=found["dbname"], host=found.get("host") or "/var/run/postgresql", port=found.get("port") or 5432,
        user=found.get("user"), size=SIZE, own=own, ignored=ignored,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, _run(Path(folder), written, own):
        yield f"postgresql://{found.get('user')}@127.0.0.1:{own}/{found['dbname']}"


@contextmanager
def _run(folder: Path, written: str, port: int) -> Iterator[None]:
    folder.chmod(0o755)
    (folder / "pgbouncer.ini").write_text(written)
    account = ServerAccount.for_server(settings.BASE_DIR)
    options: dict[str, Any] = {"user": account.uid, "group": account.gid} if account.switched else {}
    command = [shutil.which("pgbouncer", path=PATH) or "pgbouncer", "-q", str(folder / "pgbouncer.ini")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    try:
        while process.poll() is None and not _listens(port):
            time.sleep(0.02)
        assert process.poll() is None, "PgBouncer did not start"
        yield
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def connected_by(entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within, new threads reach the database by this entry of DATABASES."""
    with monkeypatch.context() as patch:
        patch.setitem(connections.settings, "default", {**connections.settings["default"], **entry})
        yield


LIMITS = Limits(statement_ms=3_000, lock_ms=2_000, kept_seconds=600)
