"""What is dear is done by only so many at a time, over all processes of this machine.

A turn is a file that is locked: the system gives it back by itself where a process dies, and it needs neither a connection
of its own nor a session that stays the same, which a pooler (PgBouncer) does not promise.
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

PAUSE = 0.02
"""Seconds until a turn is asked for again."""


class TooManyAtOnce(Exception):
    """As many of a `kind` are at work as may be at a time."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@contextmanager
def turn(kind: str, most: int, wait: float = 0) -> Iterator[None]:
    """One of `most` turns of a kind; TooManyAtOnce if none is free within `wait` seconds."""
    taken = _taken(kind, most, time.monotonic() + wait)
    try:
        yield
    finally:
        os.close(taken)


def _taken(kind: str, most: int, until: float) -> int:
    while True:
        for number in range(most):
            found = _locked(_folder() / f"{kind}-{number}")
            if found is not None:
                return found
        if time.monotonic() >= until:
            raise TooManyAtOnce(kind)
        time.sleep(PAUSE)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the file's lock; None if somebody has it. Of its own each time, so that threads differ too."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _folder() -> Path:
    """A folder that nobody else can enter, the same for all processes of this site."""
    folder: Path = settings.TURNS_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid == os.getuid() and not found.st_mode & 0o077:
        return folder
    return _own_folder()


@cache
def _own_folder() -> Path:
    """Where somebody else made the folder: one that this process has for itself."""
    log.warning("%s is not ours: turns are counted by each process for itself", settings.TURNS_FOLDER)
    return Path(tempfile.mkdtemp(prefix="baimo-"))
