"""Concurrent edits of one row: the second user gets a 409, and nothing of that request is saved."""

import logging
from collections.abc import Callable

import psycopg
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from registry.errors import respond

log = logging.getLogger(__name__)

TAKEN = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation)
"""Raised if another request created or deleted a row between our read and our write."""

PROTECTED = (ProtectedError, RestrictedError)
"""Raised if what is to be deleted is needed by rows that another request may just have written."""


class MeanwhileMiddleware:
    """409 for POST requests that fail because another user wrote between read and write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The 409 response; None for any other error and for requests that only read."""
        if request.method != "POST" or not _is_of_others(error):
            return None
        log.warning("409 for %s: %s", request.path, str(error).strip().split("\n")[0])
        if isinstance(error, PROTECTED):
            told = _(
                "Other rows depend on this, so it cannot be deleted. Nothing of yours was saved: go back, load the page again and look."
            )
        else:
            told = _(
                "Somebody else wrote or deleted something of this at the same moment. Nothing of yours was saved: go back, "
                "load the page again and look."
            )
        return respond(request, 409, told)


def _is_of_others(error: Exception) -> bool:
    if isinstance(error, IntegrityError):
        return isinstance(error, PROTECTED) or isinstance(error.__cause__, TAKEN)
    return isinstance(error, ObjectDoesNotExist)
