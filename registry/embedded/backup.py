"""Dumps of the embedded database, by the PostgreSQL programs that belong to its server."""

import subprocess
from pathlib import Path
from typing import Any

import psycopg

from registry.embedded.errors import ServerError
from registry.embedded.server import DATABASE, ROLE, Server

RESTORED = f"{DATABASE}_restored"


def dump(server: Server, file: Path) -> None:
    """Write a dump in PostgreSQL's custom format. ServerError if it fails."""
    with file.open("wb") as out:
        _run(server, "pg_dump", "--format=custom", DATABASE, stdout=out)


def restore(server: Server, file: Path) -> None:
    """Replace the database by a dump. ServerError, with the database as it was, if the dump cannot be read."""
    with psycopg.connect(host=server.use(), user=ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{RESTORED}"')
        connection.execute(f'CREATE DATABASE "{RESTORED}"')
        with file.open("rb") as dumped:
            _run(server, "pg_restore", "--exit-on-error", f"--dbname={RESTORED}", stdin=dumped)
        connection.execute(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
        connection.execute(f'ALTER DATABASE "{RESTORED}" RENAME TO "{DATABASE}"')


def _run(server: Server, name: str, *arguments: str, **files: Any) -> None:
    program, host = server.binaries.program(name), server.use()
    if not program.exists():
        raise ServerError(f"{program} is missing: set PG_BIN to a folder with all of PostgreSQL's programs.")
    done = server.account.run(program, "-h", host, "-U", ROLE, *arguments, stderr=subprocess.PIPE, **files)
    if done.returncode:
        raise ServerError(f"{name} failed: {done.stderr.strip()}")
