"""Routes public reads of the catalog to replicas; requests that write, or come before a write, read from the primary.

A request reads one snapshot of one database, so that no page mixes two states or is cached under the name of a state
that it does not show. A reader never sees an older state than before: the cookie `seen` keeps for an hour the last
position read in the write-ahead log, and replicas that are behind it are skipped.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from models_catalog.history.as_of import is_present
from models_catalog.history.version import Version, version_at

log = logging.getLogger(__name__)

CATALOG, PRIMARY = "models_catalog", "default"
SEEN = "seen"
LAGGING = timedelta(hours=1)
"""The lag of a replica up to which no reader sees an older state than before: the cookie lives as long."""

POSITION = """
SELECT pg_wal_lsn_diff(
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0')::bigint
"""

_reads_from: ContextVar[str | None] = ContextVar("reads_from", default=None)


class ReplicaLost(OperationalError):
    """The replica that was read broke off its connection."""


class ReplicaMiddleware:
    """Lets requests that cannot write read from a replica: GET and HEAD outside the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        public = request.method in {"GET", "HEAD"} and not request.path_info.startswith(
            (
                "/admin/",
                "/healthz",
                "/readyz",
                "/feeds/changes.json",
            )  # its cursors must see uncommitted writers
        )
        is_lens = any(name in request.GET for name in settings.LENS_PARAMETERS)  # it makes temporary tables
        if not public or is_lens or not _replicas():
            return self.get_response(request)
        with suppress(ReplicaLost):
            return self._read(request)
        return self._read(request)  # from another one: the lost one refuses connections, and is passed over

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        told, position = _seen_by(request)
        alias = PRIMARY
        try:
            with _one_moment(position) as alias:
                response = self.get_response(request)
                if response.status_code in (200, 304):
                    _note(response, told, alias)
                elif response.status_code == 503 and _is_lost(alias):
                    raise ReplicaLost
        except (DatabaseError, InterfaceError) as error:
            if _is_lost(alias):
                raise ReplicaLost from error
            raise
        return response


class ReplicaRouter:
    """Routes public reads of the catalog to the request's database, everything else to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The alias for a public read of the catalog; otherwise None, which means the primary."""
        if model._meta.app_label != CATALOG or not is_present():
            return None  # `history.as_of` and `claims.lens` set their state up on one connection
        return _reads_from.get()

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """All databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Replicas get their tables from the primary."""
        return db == PRIMARY


def _is_lost(alias: str) -> bool:
    """Whether the connection to a replica has ended, rather than a statement on it."""
    connection = connections[alias].connection
    return alias != PRIMARY and (connection is None or connection.closed)


def _replicas() -> list[str]:
    return [alias for alias in connections if alias != PRIMARY]


@contextmanager
def _one_moment(position: int) -> Iterator[str]:
    """Read the catalog in the block from one snapshot of one database that has reached `position`. Yields its alias."""
    replicas = _replicas()
    secrets.SystemRandom().shuffle(replicas)
    with ExitStack() as until_the_end:
        alias = next((one for one in replicas if _begins(one, position, until_the_end)), PRIMARY)
        if alias == PRIMARY:
            _begin(PRIMARY, until_the_end)
        token = _reads_from.set(alias)
        until_the_end.callback(_reads_from.reset, token)
        yield alias


def _begins(alias: str, position: int, until_the_end: ExitStack) -> bool:
    """Open a snapshot on the replica. Returns whether it is reachable and has reached `position`."""
    try:
        if _position(alias) < position:
            return False
        _begin(alias, until_the_end)
    except (DatabaseError, InterfaceError) as error:
        log.warning("The database %s is passed over: %s", alias, str(error).strip().split("\n")[0])
        return False
    return True


def _begin(alias: str, until_the_end: ExitStack) -> None:
    with ExitStack() as begun:
        begun.enter_context(transaction.atomic(using=alias))
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        until_the_end.push(begun.pop_all())


def _position(alias: str) -> int:
    """The position in the write-ahead log that this database shows, in bytes."""
    with connections[alias].cursor() as cursor:
        cursor.execute(POSITION)
        return int(cursor.fetchone()[0])


def _seen_by(request: HttpRequest) -> tuple[str, int]:
    """The state that the reader saw last and its log position, from the cookie; "" and 0 without one."""
    found = re.fullmatch(r"([0-9a-f]{32})\.([0-9]{1,18})", request.COOKIES.get(SEEN, ""))
    return (found[1], int(found[2])) if found else ("", 0)


def _note(response: HttpResponseBase, told: str, alias: str) -> None:
    """Set the cookie if the reader saw a new state that is recent enough for a replica to lack it."""
    state: Version = version_at(alias)
    if (
        told and state.name != told
    ):  # a proxy keeps pages by the state that the cookie names (deploy/pages.conf)
        control = response.headers.get("Cache-Control", "")
        response.headers["Cache-Control"] = control.replace("public", "private") or "private"
    is_young = state.changed is not None and timezone.now() - state.changed < LAGGING
    if is_young and state.name != told:
        response.set_cookie(
            SEEN,
            f"{state.name}.{_position(alias)}",
            max_age=LAGGING,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
