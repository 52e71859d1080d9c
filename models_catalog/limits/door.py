"""Refuses those whom the counts refused a moment ago, from memory: a flood of log-ins costs neither queries nor hashes.

What is remembered is of this process and short: the counts in the database (`logins`) decide, and survive a restart.
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
"""Seconds for which a refusal of the counts is repeated without asking them."""
MOST, PERIOD = 20, 60.0
"""Tries of one household that found all turns taken, within so many seconds, until it has to wait."""
KNOWN = 10_000
"""Households that are remembered; the oldest are forgotten first."""

_Kept = TypeVar("_Kept")
_at_work = BoundedSemaphore(max(1, settings.THREADS // 2))


class Door:
    """What this process remembers of those who knock."""

    def __init__(self) -> None:
        self._closed: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turned_away: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def seconds(self, household: str) -> int:
        """How long a household has to wait, as far as is remembered; 0 if it may try."""
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
        """Count a try that was not looked at, since all turns were taken."""
        now = time.monotonic()
        with self._lock:
            number, since = self._turned_away.get(household, (0, now))
            number, since = (number + 1, since) if now - since < PERIOD else (1, now)
            _keep(self._turned_away, household, (number, since))
        if number >= MOST:
            self.close(household, PERIOD, again=PERIOD)

    def open(self) -> None:
        """Forget everybody."""
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
    """Within, one of those threads of this process that may look at a stranger's try; TooManyAtOnce if there is none."""
    if not _at_work.acquire(blocking=False):
        raise TooManyAtOnce(STRANGERS)
    try:
        yield
    finally:
        _at_work.release()
