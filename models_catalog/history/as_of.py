"""The registry as it stood at the end of a day, or at one moment while others write: the same queries, over views on the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Max
from django.utils import timezone


@contextmanager
def one_moment(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All queries within see the registry of the moment of the first of them, unless a transaction runs already."""
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


_WRITERS = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = ANY(%s::regclass[])
)
"""
"""Whether somebody else has written into one of these tables, and has not ended yet."""


def settled_ends(histories: Sequence[Any]) -> list[int]:
    """Of each history the number up to which it is whole; 0 for all while somebody is writing: ask again later."""
    ends = [model.objects.aggregate(end=Max("pgh_id"))["end"] for model in histories]
    # In this order: whoever begins to write after the numbers were read gets higher ones, whoever began before is seen here.
    with connections[histories[0].objects.db].cursor() as cursor:
        cursor.execute(_WRITERS, [[model._meta.db_table for model in histories]])
        is_written = cursor.fetchone()[0]
    return [0 if is_written else end or 0 for end in ends]


SCHEMA = "catalog_as_of"

_past: ContextVar[date | None] = ContextVar("past", default=None)


def day_shown() -> date | None:
    """The day of the past that queries see now, or a moment (`datetime`, in UTC) of one; None for the present."""
    return _past.get()


def written(shown: date) -> str:
    """A day or a moment as `?as_of=` takes it."""
    return shown.isoformat().replace("+00:00", "Z")


_SET = "SELECT set_config('search_path', %s, true), set_config('catalog.as_of', %s, true)"


@contextmanager
def standing_on(day: date) -> Iterator[None]:
    """Within, every query of this connection sees the registry as it stood when `day` ended (site's time zone), or at a moment.

    Search goes by the names of today. The block is one transaction and must only read.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        path = cursor.fetchone()[0]
        cursor.execute(_SET, [f"{SCHEMA}, {path}", end_of(day).isoformat()])
        before = _past.set(day)
        try:
            yield
        finally:
            _past.reset(before)
            if not connection.needs_rollback:
                cursor.execute(_SET, [path, ""])


def end_of(day: date) -> datetime:
    """The first moment that no longer belongs to `day`; of a moment, itself."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
