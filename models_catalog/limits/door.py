"""An in-memory cache of refusals, so that a flood of log-ins costs neither queries nor hashes.

It is per process and short-lived: the counts in the database (`logins`) decide, and survive a restart.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import BoundedSemaphore, Lock
from typing import TypeVar

from django.conf import settings

from models_catalog.limits.turns import STRANGERS, TooManyAtOnce

AGAIN = 5.0
"""Seconds for which a refusal is repeated without querying the counts."""
MOST, PERIOD = 20, 60.0
"""Attempts of one household that find no free slot within these seconds, until it has to wait."""
KNOWN = 10_000
"""The most households that are remembered; the oldest are dropped first."""

_Kept = TypeVar("_Kept")
_at_work = BoundedSemaphore(max(1, settings.THREADS // 2))


class Door:
    """This process's memory of refused households."""

    def __init__(self) -> None:
        self._closed: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turned_away: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def seconds(self, household: str) -> int:
        """Seconds that a household has to wait, as far as remembered; 0 if it may try."""
        now = time.monotonic()
        with self._lock:
            forgotten, opens = self._closed.get(household, (0.0, 0.0))
        return ceil(opens - now) if now < min(forgotten, opens) else 0

    def close(self, household: str, seconds: float, again: float = AGAIN) -> None:
        """Remember for `again` seconds that a household has to wait for `seconds`."""
        now = time.monotonic()
        with self._lock:
            _keep(self._closed, household, (now + again, now + seconds))

    def turned_away(self, household: str) -> None:
        """Count an attempt that was not checked because no slot was free."""
        now = time.monotonic()
        with self._lock:
            number, since = self._turned_away.get(household, (0, now))
            number, since = (number + 1, since) if now - since < PERIOD else (1, now)
            _keep(self._turned_away, household, (number, since))
        if number >= MOST:
            self.close(household, PERIOD, again=PERIOD)

    def open(self) -> None:
        """Forget all households."""
        with self._lock:
            self._closed.clear()
            self._turned_away.clear()


def _keep(memory: OrderedDict[str, _Kept], key: str, value: _Kept) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > KNOWN:
        memory.popitem(last=False)


door = Door()


@contextmanager
def threads_for_strangers() -> Iterator[None]:
    """Use one of this process's threads for log-ins from unknown devices. TooManyAtOnce if none is free."""
    if not _at_work.acquire(blocking=False):
        raise TooManyAtOnce(STRANGERS)
    try:
        yield
    finally:
        _at_work.release()
