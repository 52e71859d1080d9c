"""Refuses the parameters of a past state or of some sources at URLs that show only the whole present."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from registry.errors import respond


class TodayOnlyMiddleware:
    """400 for a past date, or a choice of sources, at a URL that knows none: the reader would take it for heeded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The 400 response; None if the view handles the parameters itself, and in the admin."""
        is_asked = any(name in request.GET for name in (*settings.PAST_PARAMETERS, *settings.LENS_PARAMETERS))
        if not is_asked or getattr(view, "minds_as_of", False) or request.path_info.startswith("/admin/"):
            return None
        response = respond(request, 400, _("This address shows the registry as it is today only."))
        response.headers["Cache-Control"] = "no-store"
        return response
