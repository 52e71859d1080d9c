"""Long files: limited per reader and in total, their first rows sent at once and the rest in batches."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from models_catalog.limits.senders import household
from models_catalog.limits.turns import DEAR, TooManyAtOnce, dear

asking: ContextVar[str] = ContextVar("asking", default="")
"""The household of the current request; "" if unknown."""


class AskingMiddleware:
    """Notes the household of the request. Must come after `AddressMiddleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asking.set(household(request.META.get("REMOTE_ADDR", "")))
        try:
            return self.get_response(request)
        finally:
            asking.reset(asked)


_files: Counter[str] = Counter()
_counting = Lock()


@contextmanager
def one_file_of_a_reader() -> Iterator[None]:
    """Count a long file of the reader while it is sent. TooManyAtOnce if the reader has a full share of this process.

    Counted per process and in memory, so that no IP address is written to disk. The share is half of a process's
    expensive work, so that slow readers at one address leave the rest to others.
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


FIRST, STRETCH = 500, 5_000
"""Rows per batch: few in the first, so that the file begins at once."""

_Row = TypeVar("_Row", bound=Model)


def ids_in_stretches(queryset: QuerySet[Any]) -> Iterator[list[int]]:
    """Batches of the ids of a queryset in its order, each id once. Holds only eight bytes per row."""
    plain = queryset.prefetch_related(None).select_related(None).values_list("pk", flat=True)
    first = list(plain[: FIRST + 1])
    sent = dict.fromkeys(first[:FIRST])
    if sent:
        yield list(sent)
    if len(first) <= FIRST:
        return
    with unhurried(plain.db):
        every = array("q", plain.iterator(chunk_size=4 * STRETCH))
    for start in range(0, len(every), STRETCH):
        # A row already sent may have moved.
        if ids := [pk for pk in every[start : start + STRETCH] if pk not in sent]:
            yield ids


def rows_in_stretches(queryset: QuerySet[_Row]) -> Iterator[_Row]:
    """The rows of a queryset in its order, read in batches."""
    unordered = queryset.order_by()
    has_begun = False
    for ids in ids_in_stretches(queryset):
        with unhurried_once(has_begun, queryset.db):
            found = unordered.in_bulk(ids)
        has_begun = True
        yield from (found[pk] for pk in ids if pk in found)


@contextmanager
def unhurried(alias: str) -> Iterator[None]:
    """Use the timeout of exports in the block, on the server and for waiting on it."""
    milliseconds = settings.EXPORT_TIMEOUT_MS
    connection: Any = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [milliseconds])
        with connection.waiting_at_most(milliseconds / 1_000 + 0.5):
            yield


def unhurried_once(has_begun: bool, alias: str) -> AbstractContextManager[None]:
    """Use it once the file `has_begun`: from then on, a timeout could only truncate the file."""
    return unhurried(alias) if has_begun else nullcontext()


def a_turn(rows: int) -> AbstractContextManager[None]:
    """A slot for a file of more than FIRST `rows`, without waiting; shorter files need none."""
    return _long_file() if rows > FIRST else nullcontext()


@contextmanager
def _long_file() -> Iterator[None]:
    with one_file_of_a_reader(), dear(wait=0):
        yield
