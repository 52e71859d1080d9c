"""Public pages may read the catalog from replicas; whoever writes, or is about to, reads what is written."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from models_catalog.queries.as_of import day_shown

CATALOG = "models_catalog"

_may_lag: ContextVar[bool] = ContextVar("may_lag", default=False)


class ReplicaMiddleware:
    """Lets a request read from replicas if it cannot write: GET and HEAD outside the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        public = request.method in {"GET", "HEAD"} and not request.path_info.startswith("/admin/")
        token = _may_lag.set(public)
        try:
            return self.get_response(request)
        finally:
            _may_lag.reset(token)


class ReplicaRouter:
    """Sends the catalog's public reads to a replica by chance, everything else to the default database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """A replica's alias for a public read of the catalog; None, which is the default, otherwise."""
        replicas = [alias for alias in connections if alias != "default"]
        if not replicas or not _may_lag.get() or model._meta.app_label != CATALOG:
            return None
        if day_shown() is not None:
            return None  # the past is set up on one connection (`queries.as_of`)
        return secrets.choice(replicas)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """All databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """A replica gets its tables from the default database."""
        return db == "default"
