"""The package of the current state: built once for each state of the registry, and kept in a file that nobody else sees."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Lock
from typing import Any
from weakref import finalize

from models_catalog.queries.version import Version
from models_catalog.releases.edition import Edition
from models_catalog.releases.freeze import day_of_the_data
from models_catalog.releases.package import members, pack
from models_catalog.releases.verify import DESCRIPTOR

_lock = Lock()
_kept: dict[str, Kept] = {}
"""By the name of the state: the newest alone. It is one file a process, which the system frees with the process."""


@dataclass(frozen=True)
class Kept:
    """A packed package, and its descriptor alone."""

    file: int
    """A descriptor of the system's, for a file without a name."""
    descriptor: bytes

    def opened(self) -> io.BufferedReader:
        """The package from its beginning, for one reader."""
        return io.BufferedReader(_Reader(self))


def current_package(state: Version | None) -> Kept:
    """The registry as it is now; `state` was read before. Not kept where the state has no name."""
    if state is None:
        return _build()
    with _lock:  # whoever comes while it is built waits, rather than to build it too
        if state.name not in _kept:
            built = _build()
            _kept.clear()
            _kept[state.name] = built
        return _kept[state.name]


def _build() -> Kept:
    edition = Edition(0, day_of_the_data())
    files = members(edition)
    with TemporaryFile() as file:
        pack(files, edition.day, file)
        file.flush()
        kept = Kept(os.dup(file.fileno()), files[DESCRIPTOR])
    finalize(kept, os.close, kept.file)  # once the last reader has let go of it
    return kept


class _Reader(io.RawIOBase):
    """Reads a file that several read at once, each from a place of its own."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: os.fstat(self.kept.file).st_size}
        self.place = start[whence] + offset
        return self.place

    def readinto(self, buffer: Any) -> int:
        content = os.pread(self.kept.file, len(buffer), self.place)
        buffer[: len(content)] = content
        self.place += len(content)
        return len(content)
