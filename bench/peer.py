"""Datasette with the same rows, tuned as its manual advises: indexes on facets, row counts computed beforehand.

Full-text search is off, since it does not segment Chinese.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

import psycopg

from bench.site import free_port, wait_until

PACKAGE = "datasette"
_COLUMNS = (
    "slug TEXT PRIMARY KEY, name_zh TEXT, name_en TEXT, sort_key TEXT, kind TEXT, category TEXT, modality TEXT, parameters INTEGER, "
    "parameters_stated TEXT, released TEXT, stage TEXT, openness TEXT, developer TEXT, sectors TEXT, sources TEXT"
)
_INDEXED = ("sort_key", "category", "openness", "stage", "developer", "parameters", "released")


_FLAT = """
SELECT entry.slug, entry.name_zh, entry.name_en, entry.sort_key, entry.kind, category, array_to_json(modalities)::text,
    lower(parameters), parameters_stated, lower(released)::text, stage, openness, developer.name_zh,
    (SELECT coalesce(json_agg(sector.name_zh), '[]')::text FROM models_catalog_entry_sectors link
     JOIN models_catalog_sector sector ON sector.id = link.sector_id WHERE link.entry_id = entry.id),
    (SELECT coalesce(json_agg(source_id), '[]')::text FROM models_catalog_entry_sources WHERE entry_id = entry.id)
FROM models_catalog_entry entry
LEFT JOIN models_catalog_entrydeveloper made ON made.entry_id = entry.id AND made.position = 1
LEFT JOIN models_catalog_developer developer ON developer.id = made.developer_id
"""


def write(connection: "psycopg.Connection[Any]", file: Path) -> None:
    """Write the catalog as one flat table, lists as JSON, which Datasette's facets read."""
    with sqlite3.connect(file) as db, connection.transaction():
        db.execute(f"CREATE TABLE entry ({_COLUMNS})")
        with connection.cursor("flat") as rows:
            rows.itersize = 20_000
            rows.execute(_FLAT.encode())
            db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 15)})", rows)
        for column in _INDEXED:
            db.execute(f"CREATE INDEX entry_{column} ON entry ({column})")
        db.execute("ANALYZE")


_SETTINGS = {
    "sql_time_limit_ms": 60_000,
    "facet_time_limit_ms": 60_000,
    "facet_suggest_time_limit_ms": 1,
    "suggest_facets": "off",
    "max_csv_mb": 0,
    "default_page_size": 50,
}


class Peer(NamedTuple):
    """A running Datasette: its address ("" if it cannot be installed), and its process."""

    address: str
    pids: list[int]


@contextmanager
def datasette(connection: "psycopg.Connection[Any]", n: int, folder: Path) -> Iterator[Peer]:
    """A running Datasette, installed on demand."""
    program = _installed(folder / "venv")
    if program is None:
        yield Peer("", [])
        return
    file, counts, port = folder / f"bench{n}.db", folder / f"bench{n}.json", free_port()
    file.unlink(missing_ok=True)
    write(connection, file)
    subprocess.run([program, "inspect", file, f"--inspect-file={counts}"], check=True, capture_output=True)
    options = [part for name, value in _SETTINGS.items() for part in ("--setting", name, str(value))]
    running = subprocess.Popen(
        [program, "-i", file, f"--inspect-file={counts}", "-p", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{port}/-/versions.json"), 60)
        yield Peer(f"http://127.0.0.1:{port}/bench{n}", [running.pid])
    finally:
        running.terminate()
        running.wait(20)
        file.unlink()


def _installed(environment: Path) -> Path | None:
    """Path of the peer's program in a virtual environment of its own; None if it cannot be installed."""
    program = environment / "bin" / "datasette"
    if program.exists():
        return program
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    install: list[str | Path] = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", PACKAGE]
    if subprocess.run(install, check=False, capture_output=True).returncode:
        shutil.rmtree(environment)
        return None
    return program


def _answers(address: str) -> bool:
    try:
        return bool(urlopen(address).status == 200)
    except OSError:
        return False
