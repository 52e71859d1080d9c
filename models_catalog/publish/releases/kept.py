"""Package of the current state: built once per state by one process, cached in a file for all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from django.conf import settings

from models_catalog.history.as_of import one_moment
from models_catalog.history.version import Version
from models_catalog.limits.turns import DEAR, PATIENCE, folder, threads_left, turn
from models_catalog.models import Entry
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.freeze import day_of_the_data
from models_catalog.publish.releases.package import members, pack
from models_catalog.publish.releases.verify import DESCRIPTOR

_PREFIX = "package-"


def current_package(state: Version) -> IO[bytes]:
    """The package of the current registry, open for reading; `state` was read before.

    Raises `TooManyAtOnce` if no turn to build it, or to read what another builds, comes within PATIENCE.
    """
    path = folder() / f"{_PREFIX}{state.name}.zip"
    with suppress(FileNotFoundError):
        return path.open("rb")
    with threads_left(), turn("package", 1, PATIENCE):
        with suppress(FileNotFoundError):
            return path.open("rb")  # another process built it meanwhile
        with turn(DEAR, settings.EXPORTS_AT_ONCE, PATIENCE):
            return _built(path)


def current_descriptor(state: Version) -> bytes:
    """The `datapackage.json` of the current package."""
    with current_package(state) as file, ZipFile(file) as archive:
        return archive.read(DESCRIPTOR)


def _built(path: Path) -> IO[bytes]:
    """Build the package, as the only builder, and delete those of earlier states, which readers still have open."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        _write(file)
    for other in path.parent.glob(f"{_PREFIX}*"):
        if other != part:
            other.unlink(missing_ok=True)
    os.replace(part, path)
    return path.open("rb")


def _write(file: IO[bytes]) -> None:
    with one_moment(Entry.objects.db):
        edition = Edition(0, day_of_the_data())
        files = members(edition)
    pack(files, edition.day, file)
