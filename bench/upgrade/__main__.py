"""`make upgrade`: upgrade a database of 543d6c8 to this code as documented, and compare every row.

Makes the database with the code of that commit, lets curators work in it (`life.txt`), upgrades it as
docs/operations.md says (“From an old version”), and compares all rows with those before, history included, and the
schema with that of a fresh site. The old code comes from the repository's history. It runs with the packages installed
here, or, if some that it needs are missing, with those of its lock file in an environment of its own (which needs the
network).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.site import CHECKOUT, Database, database
from bench.upgrade.rows import Tables, fates, read
from registry.health import LAST_UNSQUASHED

FIRST = "543d6c8"
LIFE = Path(__file__).with_name("life.txt")
MENDED = {
    "models_catalog_claim": {"reason_en"},
    "models_catalog_entry": {"category", "not_applicable"},
    "models_catalog_sector": {"slug"},
}
"""Columns that migrations after 543d6c8 change: a line break in a reason, categories of entries without any, a slug."""


def _kept() -> dict[str, str]:
    """Environment variables passed to programs of another version: paths, and the settings of pip."""
    names = ("PATH", "HOME", "TMPDIR")
    return {name: os.environ[name] for name in os.environ if name in names or name.startswith("PIP_")}


def main() -> int:
    """Number of faults; also 0 if the repository's history lacks the old commits."""
    missing = [commit for commit in (FIRST, LAST_UNSQUASHED) if not is_known(commit)]
    if missing:
        print(f"Left out: {' and '.join(missing)} are not in the history here; clone the whole of it.")
        return 0
    with tempfile.TemporaryDirectory() as folder, database() as db:
        first, between = (check_out(commit, Path(folder) / commit) for commit in (FIRST, LAST_UNSQUASHED))
        return upgrade(db, first, between)


def is_known(commit: str) -> bool:
    """Whether this checkout's history has the commit."""
    found = subprocess.run(
        ["git", "cat-file", "-e", f"{commit}^{{commit}}"], cwd=CHECKOUT, capture_output=True, check=False
    )
    return found.returncode == 0


def check_out(commit: str, folder: Path) -> Path:
    """Export the files of a commit into a new folder, with the packages that they need."""
    folder.mkdir()
    files = subprocess.run(["git", "archive", commit], cwd=CHECKOUT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", folder], input=files, check=True)
    equip(folder)
    return folder


def upgrade(db: Database, first: Path, between: Path) -> int:
    """Make a database, upgrade it in two steps, and compare the contents. Returns the number of faults."""
    url = db.url("old")
    with db.connect("postgres") as connection:
        connection.execute("CREATE DATABASE old")
        connection.execute("CREATE DATABASE fresh")
    print(f"A registry of {first.name}, and what curators do in it", flush=True)
    manage(first, url, "migrate", "-v0")
    manage(first, url, "load_registry")
    manage(first, url, "shell", "-v0", "-c", LIFE.read_text(encoding="utf-8"))
    before = read(url)
    manage(between, url, "migrate", "-v0")
    middle = read(url)
    manage(CHECKOUT, url, "migrate", "-v0")
    faults = compare(f"From {first.name} to {between.name}", before, middle, MENDED)
    faults += compare(f"From {between.name} to this code", middle, read(url), {})
    manage(CHECKOUT, db.url("fresh"), "migrate", "-v0")
    faults += compare_schemas(db)
    manage(CHECKOUT, url, "load_registry")
    return faults + compare_decisions(middle, read(url))


def equip(code: Path) -> None:
    """Give this code an environment of its own if it does not run with the installed packages."""
    try:
        run(code, sys.executable, "manage.py", "check", quiet=True)
    except subprocess.CalledProcessError:
        lock = ("--quiet", "--require-hashes", "-r", "requirements.lock")
        run(code, sys.executable, "-m", "venv", ".venv")
        run(code, code / ".venv/bin/python", "-m", "pip", "install", *lock)


def manage(code: Path, url: str, *arguments: str) -> None:
    """Run a command of this code's manage.py on the database."""
    own = code / ".venv/bin/python"
    run(code, own if own.exists() else sys.executable, "manage.py", *arguments, url=url)


def run(code: Path, *command: str | Path, url: str = "postgresql:///none", quiet: bool = False) -> None:
    """Run a program in folder `code` with settings of its own. CalledProcessError if it fails."""
    site = {"DATABASE_URL": url, "SECRET_KEY": "x" * 50, "ENV_FILE": "/dev/null", "PYTHONUTF8": "1"}
    subprocess.run(command, cwd=code, env=_kept() | site, check=True, capture_output=quiet)


def compare(what: str, before: Tables, after: Tables, mended: dict[str, set[str]]) -> int:
    """Print the changes of each table's rows; returns the number of tables that lost something."""
    print(what)
    faults = 0
    for table, fate in fates(before, after):
        is_fault = fate.lost or fate.changed.keys() - mended.get(table, set())
        faults += bool(is_fault)
        print("!" if is_fault else " ", f"{table:40}", fate)
    print(f"{faults} tables lost something", flush=True)
    return faults


def compare_schemas(db: Database) -> int:
    """1 if the upgraded database's schema differs from that of a fresh one."""
    old, fresh = (
        [line for line in db.run("pg_dump", "--schema-only", name).splitlines() if "restrict" not in line]
        for name in ("old", "fresh")
    )  # pg_dump 18 writes a random word after \restrict
    print("The schema is", "that of a fresh site" if old == fresh else "ANOTHER than that of a fresh site")
    return int(old != fresh)


def compare_decisions(before: Tables, after: Tables) -> int:
    """1 if `load_registry`, run next, undid the curator's decisions."""
    old, new = decisions(before), decisions(after)
    print(
        f"{len(old)} decisions of the curator are", "kept" if old == new else "NOT kept", "by load_registry"
    )
    return int(old != new)


def decisions(tables: Tables) -> dict[str, tuple[str, str, bool]]:
    """Claim → the decision on it in `life.txt`."""
    claims = tables["models_catalog_claim"]
    return {
        key: (row["status"], row["ruling"], row["preferred"])
        for key, row in claims.items()
        if row["reviewed_by"] == "li"
    }


if __name__ == "__main__":
    sys.exit(main())
