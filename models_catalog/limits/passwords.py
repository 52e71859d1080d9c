"""Limits concurrent password hashing over all processes: one hash takes a third of a second of processor time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from models_catalog.limits.turns import OURS, STRANGERS, turn

WAIT = 3.0
"""Seconds that a known device waits for its slot. Strangers never wait: a waiting thread serves no page."""

_from_stranger = ContextVar("from_stranger", default=False)


@contextmanager
def from_stranger(is_stranger: bool) -> Iterator[None]:
    """Hash passwords in the block in the slots of strangers, or in that of known devices."""
    before = _from_stranger.set(is_stranger)
    try:
        yield
    finally:
        _from_stranger.reset(before)


class BoundedHasher(PBKDF2PasswordHasher):
    """Django's PBKDF2 hasher with limited concurrency. Raises `TooManyAtOnce`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        strange = _from_stranger.get()
        kind, most, wait = (STRANGERS, settings.HASHES_AT_ONCE, 0.0) if strange else (OURS, 1, WAIT)
        with turn(kind, most, wait):
            return super().encode(password, salt, iterations)
