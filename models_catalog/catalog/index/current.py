"""The state of the catalog that this process keeps, which follows the database before every use."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import DatabaseError, connections, router, transaction

from models_catalog.catalog.index.load import changes, version
from models_catalog.catalog.index.state import IndexState, loaded
from models_catalog.models import Entry

log = logging.getLogger(__name__)

LOAD_MS = 60_000
"""What reading the whole catalog may take."""

_states: dict[str, IndexState] = {}
_following = Lock()


def current() -> IndexState:
    """The catalog as the database shows it now. One small query where nothing has changed since the last use."""
    alias = router.db_for_read(Entry)
    state = _states.get(alias)
    if state and state.version == version(alias):
        return state
    with _following:  # one thread reads, the others take what it read
        return _followed(alias)


def preload() -> None:
    """Read the catalog before workers are forked, who then share it. Without a database they read it when there is one."""
    try:
        current()
    except DatabaseError as error:
        log.warning("The catalog is read with the first request: %s", str(error).strip().split("\n")[0])
    finally:
        connections.close_all()  # none may be shared with the workers


def _followed(alias: str) -> IndexState:
    with _one_moment(alias):
        state, now = _states.get(alias), changes(alias)
        if state is None or state.seen != now:
            _states[alias] = state = state.followed(now) if state else loaded(alias, now)
    return state


@contextmanager
def _one_moment(alias: str) -> Iterator[None]:
    """All queries within see the same state, unless a transaction runs already: it may see more than was noted, which
    the next use then takes in."""
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = {LOAD_MS}")
        yield
