"""What went wrong, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

PROBLEM = "application/problem+json"

Errors = dict[str, list[str]]


class Refused(exceptions.APIException):
    """400: something is wrong with a parameter. `errors` are by parameter; `query` is the query string as a whole."""

    status_code = HTTPStatus.BAD_REQUEST
    default_detail = "A parameter was refused: see errors."

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


def problem(status: int, detail: str, errors: Errors | None = None) -> dict[str, Any]:
    """The body of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return body | {"errors": errors} if errors else body


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The REST framework's exception handler; None lets an error of ours be one."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(str(error) or None)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    status = int(error.status_code)
    body = problem(status, str(error.detail), getattr(error, "errors", None))
    return Response(body, status=status, content_type=PROBLEM)
