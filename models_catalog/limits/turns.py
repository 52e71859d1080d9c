"""Limits the concurrency of expensive work over all processes of this machine.

A slot ("turn") is a locked file: the system releases it if a process dies, and it needs neither a connection nor a
stable session, which a pooler (PgBouncer) does not guarantee.
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

PAUSE = 0.02
"""Seconds between two attempts to take a slot."""
WAITING = 2
"""The most threads that wait for a slot of one kind: a waiting thread serves nobody."""
DEAR = "dear"
"""Slots for work that takes half a second or more on a large catalog: long files, charts, images, packages."""
LOGGING_IN = OURS, STRANGERS = "hash", "stranger-hash"
"""One slot for log-ins from known devices, which no stranger (other device) can take, and the slots of strangers."""
PATIENCE = 2.0
"""Seconds to wait for a slot of DEAR, if there is room to wait."""

_threads = BoundedSemaphore(max(1, settings.THREADS // 2))

View = Callable[..., HttpResponseBase]


class TooManyAtOnce(Exception):
    """No slot of a `kind` is free. The message is in the reader's language."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    @property
    def retry_after(self) -> int:
        """Seconds until a retry makes sense: expensive work takes about half a minute."""
        return 5 if self.kind in LOGGING_IN else 30

    def __str__(self) -> str:
        if self.kind in LOGGING_IN:
            return _("Too many people are logging in at this moment. Try again in a few seconds.")
        return _("Others are asking for long lists or charts at the moment. Try again in half a minute.")


@contextmanager
def turn(kind: str, most: int, wait: float = 0) -> Iterator[None]:
    """Hold one of `most` slots of a kind. TooManyAtOnce if none is free, or becomes free within `wait` seconds."""
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
    """Use one of this process's threads for doing, or waiting for, expensive work. TooManyAtOnce if none is free.

    A process whose threads are all busy makes its next reader wait, even if other processes are idle.
    """
    if not _threads.acquire(blocking=False):
        raise TooManyAtOnce(DEAR)
    try:
        yield
    finally:
        _threads.release()


_held_throughout: ContextVar[bool] = ContextVar("held_throughout", default=False)


@contextmanager
def dear(wait: float = PATIENCE) -> Iterator[None]:
    """Hold a slot for expensive work, unless the request holds one throughout."""
    if _held_throughout.get():
        yield
        return
    with threads_left(), turn(DEAR, settings.EXPORTS_AT_ONCE, wait):
        yield


@contextmanager
def dear_throughout() -> Iterator[None]:
    """Hold a slot for a request of which every part is expensive."""
    with dear():
        before = _held_throughout.set(True)
        try:
            yield
        finally:
            _held_throughout.reset(before)


def in_turn(view: View) -> View:
    """Decorate a view to hold a slot while it runs, but not while its response, which is complete, is sent."""

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
    """Take a free slot; None if there is none."""
    for number in range(most):
        taken = _locked(folder() / f"{kind}-{number}")
        if taken is not None:
            return taken
    return None


def _locked(path: Path) -> int | None:
    """A descriptor holding a file's lock; None if it is taken. Opened each time, so that threads exclude each other."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def folder() -> Path:
    """A private folder, the same for all processes of this site."""
    folder: Path = settings.TURNS_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid == os.getuid() and not found.st_mode & 0o077:
        return folder
    return _own_folder()


@cache
def _own_folder() -> Path:
    """A folder of this process alone, if another user owns the shared one."""
    log.warning("%s is not ours: turns are counted by each process for itself", settings.TURNS_FOLDER)
    return Path(tempfile.mkdtemp(prefix="baimo-"))
