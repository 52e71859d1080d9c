"""Long files: one for each reader, only so many at a time, their first rows at once and the rest in stretches."""

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
"""The household of the request at hand; "" where nobody is known to ask."""


class AskingMiddleware:
    """Notes who asks, for the limits by household. Stands behind what finds the address of a reader."""

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


FIRST, STRETCH = 500, 5_000
"""Rows that are read together: few at first, so that the file begins at once."""

_Row = TypeVar("_Row", bound=Model)


def ids_in_stretches(queryset: QuerySet[Any]) -> Iterator[list[int]]:
    """The ids of a list in its order, each once, of which only these eight bytes a row are held."""
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
        # What has been sent may stand elsewhere by now.
        if ids := [pk for pk in every[start : start + STRETCH] if pk not in sent]:
            yield ids


def rows_in_stretches(queryset: QuerySet[_Row]) -> Iterator[_Row]:
    """The rows of a list in its order."""
    unordered = queryset.order_by()
    has_begun = False
    for ids in ids_in_stretches(queryset):
        with unhurried_once(has_begun, queryset.db):
            found = unordered.in_bulk(ids)
        has_begun = True
        yield from (found[pk] for pk in ids if pk in found)


@contextmanager
def unhurried(alias: str) -> Iterator[None]:
    """Within, a statement may take as long as an export's may, which is still bounded."""
    milliseconds = settings.EXPORT_TIMEOUT_MS
    connection: Any = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [milliseconds])
        with connection.waiting_at_most(milliseconds / 1_000 + 0.5):
            yield


def unhurried_once(has_begun: bool, alias: str) -> AbstractContextManager[None]:
    """For the statements of a file: once it `has_begun`, one that is broken off can only cut it off."""
    return unhurried(alias) if has_begun else nullcontext()


def a_turn(rows: int) -> AbstractContextManager[None]:
    """A turn for a file of more than FIRST `rows`, which is sent while it is made: nobody waits for it."""
    return _long_file() if rows > FIRST else nullcontext()


@contextmanager
def _long_file() -> Iterator[None]:
    with one_file_of_a_reader(), dear(wait=0):
        yield
