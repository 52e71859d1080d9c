"""The registry as it stood at the end of a day: the same queries, over views on the history."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

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
