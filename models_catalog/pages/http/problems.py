"""Errors as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext

from models_catalog.catalog.forms import SHOWN_CHARS

PROBLEM = "application/problem+json"

Errors = dict[str, list[str]]


def problem(status: int, detail: str, errors: Errors | None = None) -> dict[str, Any]:
    """The body of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return body | {"errors": errors} if errors else body


def response(status: int, detail: str, errors: Errors | None = None) -> JsonResponse:
    """A problem as a response."""
    body = problem(status, detail, errors)
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def refused(errors: Errors) -> JsonResponse:
    """A 400 response with errors by parameter; `query` has those of the query string as a whole."""
    return response(HTTPStatus.BAD_REQUEST, gettext("A parameter was refused: see errors."), errors)


def take_nothing(request: HttpRequest) -> None:
    """Refuse all parameters: raises `BadRequest` for the first one."""
    for name in request.GET:
        shown = name[:SHOWN_CHARS].replace("\0", "�")
        raise BadRequest(gettext("There is no parameter “%(name)s”.") % {"name": shown})
