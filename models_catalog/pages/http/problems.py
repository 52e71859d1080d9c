"""What went wrong, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext, gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from models_catalog.catalog.forms import SHOWN_CHARS

PROBLEM = "application/problem+json"

Errors = dict[str, list[str]]


class Refused(exceptions.APIException):
    """400: something is wrong with a parameter. `errors` are by parameter; `query` is the query string as a whole."""

    status_code = HTTPStatus.BAD_REQUEST
    default_detail = gettext_lazy("A parameter was refused: see errors.")

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


def refused(errors: Errors) -> JsonResponse:
    """The same as the answer of a file."""
    body = problem(400, gettext("A parameter was refused: see errors."), errors)
    return JsonResponse(body, status=400, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def take_nothing(request: HttpRequest) -> None:
    """For what has no parameters. Raises `BadRequest` for the first one given."""
    for name in request.GET:
        shown = name[:SHOWN_CHARS].replace("\0", "�")
        raise BadRequest(gettext("There is no parameter “%(name)s”.") % {"name": shown})


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
