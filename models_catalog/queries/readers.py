"""Who asks, so far as limits look at it: one reader is not given all that many wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from django.conf import settings

from models_catalog.queries.turns import DEAR, TooManyAtOnce

asking: ContextVar[str] = ContextVar("asking", default="")
"""The household of the request at hand; "" where nobody is known to ask."""

_files: Counter[str] = Counter()
_counting = Lock()


@contextmanager
def one_file_of_a_reader() -> Iterator[None]:
    """Within, a long file goes to one reader, who may take it slowly; TooManyAtOnce if he has his share in this process.

    Counted by each process for itself, so that no address finds its way to the disk. Half of what a process may do at a
    time that is dear, so that slow readers at one address leave the rest to others.
    """
    reader, most = asking.get(), max(1, settings.THREADS // 4)
    with _counting:
        if reader and _files[reader] >= most:
            raise TooManyAtOnce(DEAR)
        _files[reader] += 1
    try:
        yield
    finally:
        with _counting:
            _files[reader] -= 1
            if not _files[reader]:
                del _files[reader]
