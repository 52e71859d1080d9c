"""The index state of this process, brought up to date with the database before every use."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from threading import Lock

from django.db import DatabaseError, connections, router, transaction

from models_catalog.catalog.index.load import changes, version
from models_catalog.catalog.index.state import IndexState, loaded
from models_catalog.history.as_of import is_present
from models_catalog.models import Entry

log = logging.getLogger(__name__)

LOAD_MS = 60_000
"""Statement timeout for reading the whole catalog, in milliseconds."""

_states: dict[str, IndexState] = {}
_following = Lock()
_shown: ContextVar[Decimal | None] = ContextVar("shown", default=None)


def current() -> IndexState:
    """The catalog as the database has it now: one small query, or none where the page has asked, if nothing has changed."""
    if state := shown_state():
        return state
    alias = router.db_for_read(Entry)
    state = _states.get(alias)
    if state and state.version == version(alias):
        return state
    with _following:  # one thread reads, the others use its result
        return _followed(alias)


@contextmanager
def showing(state: Decimal) -> Iterator[None]:
    """Make a page of the state of this version, which the request has read from the database."""
    before = _shown.set(state)
    try:
        yield
    finally:
        _shown.reset(before)


def shown_state() -> IndexState | None:
    """The state that the page shows, without a query; None for another state, or if this process has not followed so far."""
    state = _states.get(router.db_for_read(Entry)) if is_present() else None
    return state if state and state.version == _shown.get() else None


def entries_known() -> int:
    """The number of entries when the catalog was last used, without a query; 0 before."""
    return max((len(state.ids) for state in list(_states.values())), default=0)


def preload() -> None:
    """Read the catalog before the workers fork, so that they share it. Without a database, they read it later
    themselves.
    """
    try:
        current()
    except DatabaseError as error:
        log.warning("The catalog is read with the first request: %s", str(error).strip().split("\n")[0])
    finally:
        connections.close_all()  # connections must not be shared with the workers


def _followed(alias: str) -> IndexState:
    with _one_moment(alias):
        state, now = _states.get(alias), changes(alias)
        if state is None or state.seen != now:
            _states[alias] = state = state.followed(now) if state else loaded(alias, now)
    return state


@contextmanager
def _one_moment(alias: str) -> Iterator[None]:
    """Run all queries inside on one snapshot.

    Inside a running transaction they may see more than was noted; the next use then takes it in.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = {LOAD_MS}")
        yield
