"""The state of the registry that is shown: as of the end of a day or of one moment, and through a lens of some sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Max
from django.utils import timezone


@contextmanager
def one_moment(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Run all queries in the block on one snapshot, that of the first query. No effect inside a transaction."""
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
"""Whether another session has uncommitted writes to one of these tables."""


def settled_ends(histories: Sequence[Any]) -> list[int]:
    """The event id up to which each history is complete; all 0 while a write is uncommitted: then ask again later."""
    ends = [model.objects.aggregate(end=Max("pgh_id"))["end"] for model in histories]
    # Order matters: a writer that starts after the ids were read gets higher ones; one that started before is seen
    # here.
    with connections[histories[0].objects.db].cursor() as cursor:
        cursor.execute(_WRITERS, [[model._meta.db_table for model in histories]])
        is_written = cursor.fetchone()[0]
    return [0 if is_written else end or 0 for end in ends]


SCHEMA = "catalog_as_of"

_past: ContextVar[date | None] = ContextVar("past", default=None)


def day_shown() -> date | None:
    """The past day, or moment (UTC `datetime`), that queries currently see; None for the present."""
    return _past.get()


@dataclass(frozen=True)
class Lens:
    """Which sources count: not those with slugs in `without`, and only those published by the end of `known_by`."""

    without: tuple[str, ...] = ()
    known_by: date | None = None

    def __bool__(self) -> bool:
        return bool(self.without or self.known_by)


LENS: ContextVar[Lens] = ContextVar("lens", default=Lens())  # noqa: B039  # it is frozen
"""Which sources count for what queries currently see; `claims.lens` sets it."""


def is_present() -> bool:
    """Whether queries see the registry as it is now, from all of its sources."""
    return day_shown() is None and not LENS.get()


def written(shown: date) -> str:
    """A day or moment in the format of `?as_of=`."""
    return shown.isoformat().replace("+00:00", "Z")


_SET = "SELECT set_config('search_path', %s, true), set_config('catalog.as_of', %s, true)"


@contextmanager
def standing_on(day: date) -> Iterator[None]:
    """Run all queries of this connection on the registry as of a moment or the end of `day` (site's time zone).

    Search uses today's names. The block is one transaction and must only read.
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
        if (
            not connection.needs_rollback
        ):  # an error takes the settings back with the transaction, and is told as it is
            cursor.execute(_SET, [path, ""])


def end_of(day: date) -> datetime:
    """The first moment after `day`; a `datetime` is returned unchanged."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
