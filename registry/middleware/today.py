"""`?as_of=` or `?release=` at an address that shows the present alone is refused, never passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from registry.errors import respond


class TodayOnlyMiddleware:
    """A reader who asks for a day of the past must not take the present for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The refusal; None where the view says itself what it makes of the parameter."""
        is_asked = any(name in request.GET for name in settings.PAST_PARAMETERS)
        if not is_asked or getattr(view, "minds_as_of", False) or request.path_info.startswith("/admin/"):
            return None
        response = respond(request, 400, _("This address shows the registry as it is today only."))
        response.headers["Cache-Control"] = "no-store"
        return response
