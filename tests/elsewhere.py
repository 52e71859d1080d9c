"""What somebody else does meanwhile: in a thread with database connections of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

_Found = TypeVar("_Found")


def elsewhere(do: Callable[[], _Found]) -> _Found:
    """What it gives, once it is done."""
    return all_at_once(do)[0]


def all_at_once(*acts: Callable[[], _Found]) -> list[_Found]:
    """What each gives, each in a thread of its own."""

    def done(act: Callable[[], _Found]) -> _Found:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as others:
        return list(others.map(done, acts))
