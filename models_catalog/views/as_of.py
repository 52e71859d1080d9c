"""`?as_of=2026-01-31`: a page or file of the registry as it stood when that day ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponseBase

from models_catalog.forms import AsOfField
from models_catalog.queries.as_of import standing_on

PARAMETER = "as_of"

View = Callable[..., HttpResponseBase]

_MINDS = "minds_as_of"


def minding_as_of(view: View) -> View:
    """A view that reads the parameter, or whose own form refuses it and says so beside what else is wrong."""
    setattr(view, _MINDS, True)
    return view


def minds_as_of(view: Any) -> bool:
    """Whether a view says itself what it makes of the parameter; all others must never see it."""
    return bool(getattr(view, _MINDS, False))


def as_it_stood(*, filtered: bool) -> Callable[[View], View]:
    """A view that reads the past where the request names a day.

    A day that is none, or is to come, is left to the view's `EntryFilter` to refuse; without one (`filtered`
    False) it is refused here.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                day = AsOfField(required=False).clean(request.GET.get(PARAMETER, ""))
            except ValidationError as error:
                if filtered:
                    return view(request, *args, **kwargs)
                raise BadRequest(" ".join(error.messages)) from error
            if day is None:
                return view(request, *args, **kwargs)
            with ExitStack() as past:
                past.enter_context(standing_on(day))
                response = view(request, *args, **kwargs)
                if response.streaming:
                    # A file is read while it is sent: the past ends with the response, not with the view.
                    response._resource_closers.append(past.pop_all().close)  # type: ignore[attr-defined]  # Django's own way
                return response

        return minding_as_of(reading)

    return decorated
