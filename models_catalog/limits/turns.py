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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

PAUSE = 0.02
"""Seconds until a turn is asked for again."""
WAITING = 2
"""How many may wait for a turn of one kind: a thread that waits serves nobody."""
DEAR = "dear"
"""The turns of everything that takes half a second or more of a large catalog: long files, charts, pictures, packages."""
LOGGING_IN = OURS, STRANGERS = "hash", "stranger-hash"
"""The one turn of those who log in from a device that did before, which no stranger can take; and the turns of strangers."""
PATIENCE = 2.0
"""Seconds that one waits for one of them, where there is room to wait."""

_threads = BoundedSemaphore(max(1, settings.THREADS // 2))

View = Callable[..., HttpResponseBase]


class TooManyAtOnce(Exception):
    """As many of a `kind` are at work as may be at a time. Says so in the reader's language, and when to come back."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    @property
    def retry_after(self) -> int:
        """Seconds after which to try again: what is dear takes about half a minute."""
        return 5 if self.kind in LOGGING_IN else 30

    def __str__(self) -> str:
        if self.kind in LOGGING_IN:
            return _("Too many people are logging in at this moment. Try again in a few seconds.")
        return _("Others are asking for long lists or charts at the moment. Try again in half a minute.")


@contextmanager
def turn(kind: str, most: int, wait: float = 0) -> Iterator[None]:
    """One of `most` turns of a kind; TooManyAtOnce if none is free, or none gets free in `wait` seconds."""
    taken = _free(kind, most)
    if taken is None and wait:
        taken = _waited_for(kind, most, wait)
    if taken is None:
        raise TooManyAtOnce(kind)
    try:
        yield
    finally:
        os.close(taken)


@contextmanager
def threads_left() -> Iterator[None]:
    """Within, one of those threads of this process that may do, or wait for, what is dear; TooManyAtOnce if there is none.

    A process whose threads are all at work lets its next reader wait, even if the other processes are idle.
    """
    if not _threads.acquire(blocking=False):
        raise TooManyAtOnce(DEAR)
    try:
        yield
    finally:
        _threads.release()


@contextmanager
def dear(wait: float = PATIENCE) -> Iterator[None]:
    """A turn for something dear."""
    with threads_left(), turn(DEAR, settings.EXPORTS_AT_ONCE, wait):
        yield


def in_turn(view: View) -> View:
    """A view that takes a turn while it works. What it answers is whole: no turn is held while a slow reader takes it."""

    @wraps(view)
    def working(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with dear():
            return view(*args, **kwargs)

    return working


def _waited_for(kind: str, most: int, wait: float) -> int | None:
    room = _free(f"{kind}-waiting", WAITING)
    if room is None:
        return None
    try:
        until = time.monotonic() + wait
        while (taken := _free(kind, most)) is None and time.monotonic() < until:
            time.sleep(PAUSE)
        return taken
    finally:
        os.close(room)


def _free(kind: str, most: int) -> int | None:
    """A turn that nobody has; None if there is none."""
    for number in range(most):
        taken = _locked(folder() / f"{kind}-{number}")
        if taken is not None:
            return taken
    return None


def _locked(path: Path) -> int | None:
    """A descriptor that holds the file's lock; None if somebody has it. Of its own each time, so that threads differ too."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def folder() -> Path:
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
