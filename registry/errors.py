"""Error responses in the requested format: HTML, JSON or plain text."""

import logging
import sys
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

TITLES = {
    400: gettext_lazy("This request could not be read"),
    403: gettext_lazy("You do not have access to this page"),
    404: gettext_lazy("Page not found"),
    409: gettext_lazy("Somebody else was first"),
    413: gettext_lazy("This is too large"),
    500: gettext_lazy("Something went wrong on our side"),
    503: gettext_lazy("Not available at the moment"),
}
PLAIN = (".csv", ".xlsx", ".parquet", ".txt", ".zip", ".bib", ".ris", ".gbt", "SHA256SUMS")


Links = Sequence[tuple[str, str]]
"""Pairs of URL and label."""


def respond(request: HttpRequest, status: int, detail: str = "", links: Links = ()) -> HttpResponse:
    """A response with `status` and one sentence of explanation; `links` are offered as next steps.

    Not cached by proxies: the page may name the user, and what is missing now may exist soon.
    """
    response = _told(request, status, detail, links)
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept",))
    return response


def _told(request: HttpRequest, status: int, detail: str, links: Links) -> HttpResponse:
    title = str(TITLES[status])
    if request.path_info.startswith("/api/") or request.path.endswith(".json"):  # problem details, RFC 9457
        phrase = HTTPStatus(status).phrase
        problem = {"type": "about:blank", "title": phrase, "status": status, "detail": detail or title}
        response = JsonResponse(
            problem,
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response
    if _wants_json(request):
        body = {"status": status, "error": HTTPStatus(status).phrase, "detail": detail or title}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    page = None if request.path.endswith(PLAIN) else _page(request, status, title, detail, links)
    if page is None:
        text = f"{status} {title}\n{detail}\n"
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request is malformed. Shows the message of a `BadRequest` that a view raised."""
    return respond(request, 400, str(exception) if type(exception) is BadRequest else "")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the user lacks the right."""
    return respond(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token, for example after a long pause or without cookies.

    A view with `show_again` shows its form once more, unless the form came from another site.
    """
    show_again = getattr(request.resolver_match and request.resolver_match.func, "show_again", None)
    if show_again and reason.startswith("CSRF "):
        response: HttpResponse = show_again(request)
        return response
    return respond(request, 403, _("This form has expired. Go back, reload the page and send it again."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page. The message and `links` (URL, label) of the exception are shown if it has links."""
    links = getattr(exception, "links", None)
    return respond(request, 404) if links is None else respond(request, 404, str(exception), links)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 if the database failed outside of a view, for example when saving a session."""
    from registry.middleware.database import explain  # which imports this module

    return explain(request, sys.exc_info()[1]) or respond(request, 500)


def _is_at_desk(request: HttpRequest) -> bool:
    """Whether this is an admin page requested by an active staff user."""
    user = getattr(request, "user", None)
    is_admin = request.path_info.startswith("/admin/")
    return is_admin and user is not None and user.is_active and getattr(user, "is_staff", False)


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def _context(status: int, title: str, detail: str, links: Links = ()) -> dict[str, Any]:
    return {
        "status": status,
        "title": title,
        "detail": detail,
        "links": links,
        "frame": None,
        "is_at_desk": False,
    }


@lru_cache(maxsize=64)
def _page_for_all(language: str, title: str, detail: str) -> str:
    """The 503 page in the active language, rendered once: an overloaded site refuses many requests."""
    return render_to_string(["503.html", "error.html"], _context(503, title, detail))


def _page(request: HttpRequest, status: int, title: str, detail: str, links: Links) -> str | None:
    """The HTML page of a status; None if rendering fails."""
    context = _context(status, title, detail, links)
    if (
        status == 403 or status == 404 or (status == 400 and detail)
    ):  # a view was reached, so the session is readable
        context["is_at_desk"] = _is_at_desk(request)
    usable = request if status in {403, 404} else None  # otherwise its host, user or session may be the cause
    try:
        if status == 503 and not links:
            return _page_for_all(str(get_language()), title, detail)
        return render_to_string([f"{status}.html", "error.html"], context, usable)
    except Exception:  # a page about an error must not raise another
        log.exception("The page for %s failed.", status)
        if settings.TESTING:
            raise
        return None
