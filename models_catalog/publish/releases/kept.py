"""The package of the current state: built once for each state, by one process for all, and kept in a file of theirs alone."""

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
    """The registry as it is now, packed, for one reader; `state` was read before.

    Raises `TooManyAtOnce` for whoever cannot wait until it is built.
    """
    path = folder() / f"{_PREFIX}{state.name}.zip"
    with suppress(FileNotFoundError):
        return path.open("rb")
    with threads_left(), turn("package", 1, PATIENCE):
        with suppress(FileNotFoundError):
            return path.open("rb")  # somebody built it meanwhile
        with turn(DEAR, settings.EXPORTS_AT_ONCE, PATIENCE):
            return _built(path)


def current_descriptor(state: Version) -> bytes:
    """Its `datapackage.json` alone."""
    with current_package(state) as file, ZipFile(file) as archive:
        return archive.read(DESCRIPTOR)


def _built(path: Path) -> IO[bytes]:
    """Build it, the only one to do so, and take away those of earlier states: who reads one of them still has it open."""
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
