"""Datasette over the same rows, tuned as its manual advises: indexes on every facet, full-text search off for Chinese."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.site import free_port, wait_until
from bench.synthetic import SECTORS, Catalog, Row

PACKAGE = "datasette"
_COLUMNS = (
    "slug TEXT PRIMARY KEY, name_zh TEXT, name_en TEXT, sort_key TEXT, kind TEXT, category TEXT, modality TEXT, parameters INTEGER, "
    "parameters_stated TEXT, released TEXT, stage TEXT, openness TEXT, developer TEXT, sectors TEXT, sources TEXT"
)
_INDEXED = ("sort_key", "category", "openness", "stage", "developer", "parameters", "released")


def write(catalog: Catalog, file: Path) -> None:
    """The catalog as one flat table, many values as JSON lists, which is what Datasette's facets read."""
    names = {row[0]: row[2] for row in catalog.vocabularies["developer"]}
    with sqlite3.connect(file) as db:
        db.execute(f"CREATE TABLE entry ({_COLUMNS})")
        for part in catalog.parts():
            sectors, sources = _links(part["entry_sectors"]), _links(part["entry_sources"])
            rows = (
                _flat(row, names[catalog.made_by[row[0] - 1]], sectors[row[0]], sources[row[0]])
                for row in part["entry"]
            )
            db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 15)})", rows)
        for column in _INDEXED:
            db.execute(f"CREATE INDEX entry_{column} ON entry ({column})")
        db.execute("ANALYZE")


def _links(rows: list[Row]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for entry, other in rows:
        found[entry].append(other)
    return found


def _flat(row: tuple[Any, ...], developer: str, sectors: list[int], sources: list[int]) -> tuple[Any, ...]:
    (
        _pk,
        slug,
        _at,
        _listed,
        zh,
        en,
        _aliases,
        key,
        kind,
        category,
        modalities,
        size,
        words,
        days,
        _stated,
        stage,
        openness,
        *_,
    ) = row
    least = int(size[1:].partition(",")[0]) if size else None
    first = days[1:11] if days else None
    said = json.dumps([SECTORS[pk - 1] for pk in sectors], ensure_ascii=False)
    return (
        slug,
        zh,
        en,
        key,
        kind,
        category,
        json.dumps(modalities),
        least,
        words,
        first,
        stage,
        openness,
        developer,
        said,
        json.dumps(sources),
    )


@contextmanager
def datasette(catalog: Catalog, folder: Path) -> Iterator[str | None]:
    """The address of a running Datasette, which is installed for the purpose; None where that fails."""
    program = folder / "venv" / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        install: list[str | Path] = [
            folder / "venv" / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            PACKAGE,
        ]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            shutil.rmtree(folder / "venv")
            yield None
            return
    file, port = folder / f"bench{catalog.n}.db", free_port()
    file.unlink(missing_ok=True)
    write(catalog, file)
    settings = {
        "sql_time_limit_ms": 60_000,
        "facet_time_limit_ms": 60_000,
        "facet_suggest_time_limit_ms": 1,
        "suggest_facets": "off",
        "max_csv_mb": 0,
        "default_page_size": 50,
    }
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    running = subprocess.Popen(
        [program, "-i", file, "-p", str(port), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        from urllib.request import urlopen

        def answers() -> bool:
            try:
                return bool(urlopen(f"http://127.0.0.1:{port}/-/versions.json").status == 200)
            except OSError:
                return False

        wait_until(answers, 60)
        yield f"http://127.0.0.1:{port}/bench{catalog.n}"
    finally:
        running.terminate()
        running.wait(20)
