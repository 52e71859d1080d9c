"""Passwords are hashed by only so many at a time, over all processes: a hash takes a third of a second of a processor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from models_catalog.limits.turns import OURS, STRANGERS, turn

WAIT = 3.0
"""Seconds that one of us waits for it. A stranger never waits: it would be a thread that serves no page."""

_from_stranger = ContextVar("from_stranger", default=False)


@contextmanager
def from_stranger(is_stranger: bool) -> Iterator[None]:
    """Within, passwords are hashed in the turns of strangers, or of ourselves."""
    before = _from_stranger.set(is_stranger)
    try:
        yield
    finally:
        _from_stranger.reset(before)


class BoundedHasher(PBKDF2PasswordHasher):
    """Django's own, in turns. Raises `TooManyAtOnce`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        strange = _from_stranger.get()
        kind, most, wait = (STRANGERS, settings.HASHES_AT_ONCE, 0.0) if strange else (OURS, 1, WAIT)
        with turn(kind, most, wait):
            return super().encode(password, salt, iterations)
