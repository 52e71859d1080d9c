"""Database failures as a 503 with a reason and Retry-After, instead of a 500."""

import logging
from collections.abc import Callable

import psycopg
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from registry.errors import respond

log = logging.getLogger(__name__)

SECONDS = 5
"""Retry-After of a 503."""

CUT_OFF = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
OTHERS = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""Raised if other requests write the same rows at the moment."""


class DatabaseTroubleMiddleware:
    """503 for database failures in views. Near the end of MIDDLEWARE, to see exceptions of views first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The 503 response to a database failure; None for any other error."""
        return explain(request, error)


def explain(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """A 503 for a database failure or an error with `retry_after` (seconds); None for any other error."""
    if seconds := getattr(error, "retry_after", 0):
        return _unavailable(request, str(error), seconds)
    if not isinstance(error, DatabaseError | InterfaceError) or not _is_trouble(error):
        return None
    log.warning("503 for %s: %s", request.path, str(error).strip().split("\n")[0])
    if isinstance(error.__cause__, OTHERS) and request.method == "POST":
        detail = _(
            "Somebody else is writing this at the moment, as an import does. Try again in a few seconds."
        )
    elif isinstance(error.__cause__, CUT_OFF):
        detail = _("This page took too long. Try again, or narrow what you ask for.")
    else:
        detail = _("The database is not responding. No data is lost. Try again in a few seconds.")
    return _unavailable(request, detail, SECONDS)


def _unavailable(request: HttpRequest, detail: str, seconds: int) -> HttpResponse:
    response = respond(request, 503, detail)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_trouble(error: DatabaseError | InterfaceError) -> bool:
    """Whether the database is unreachable, overloaded, full or a read-only replica, rather than our query wrong."""
    if isinstance(error, InternalError):
        return isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction)
    return isinstance(error, OperationalError | InterfaceError)
