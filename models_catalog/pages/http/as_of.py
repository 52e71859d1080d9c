"""States of the registry: `?as_of=2026-01-31` shows it as of the end of that day, `?release=1` as in that release,
`?without=` and `?known_by=` as the sources that count tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.catalog.addresses import Told404
from models_catalog.catalog.index.current import entries_known
from models_catalog.catalog.past_forms import PastForm
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.lens import seen_through
from models_catalog.history.as_of import Lens, end_of, standing_on
from models_catalog.limits.turns import dear_throughout
from models_catalog.models import EntryEvent, Release

PARAMETERS = (*settings.PAST_PARAMETERS, *settings.LENS_PARAMETERS)
PARAMETER = PARAMETERS[0]
"""Parameters that name a state."""

LARGE = 1_000
"""Entries beyond which another state takes a turn: each of its queries looks through the whole history, or it is settled."""


@contextmanager
def dear_if_large() -> Iterator[None]:
    """Hold a slot for expensive work in the block, or in a view that this decorates, where the registry is large."""
    with dear_throughout() if entries_known() > LARGE else nullcontext():
        yield


View = Callable[..., HttpResponseBase]


def minding_as_of(view: View) -> View:
    """Mark a view that reads the parameters, or whose form refuses them along with other errors."""
    setattr(view, "minds_as_of", True)  # noqa: B010  # other views never see them (`registry.middleware.today`)
    return view


def as_it_stood(*, filtered: bool) -> Callable[[View], View]:
    """A view that shows a past state, or what some sources say, if the request names one.

    Invalid or future days, unknown releases and unknown sources are refused by the view's `EntryFilter` if `filtered`, else here.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(name in request.GET for name in PARAMETERS):
                return view(request, *args, **kwargs)
            form = PastForm(request.GET)
            if not form.is_valid() and not filtered:
                raise BadRequest(" ".join(str(one) for errors in form.errors.values() for one in errors))
            day, lens = (form.shown, form.lens) if form.is_valid() else (None, Lens())
            if day:
                refuse_before_history(request, day)
            with ExitStack() as past:
                if day or lens:
                    past.enter_context(dear_if_large())
                if day:
                    past.enter_context(standing_on(day))
                if lens:
                    _look_through(past, request, lens)
                response = view(request, *args, **kwargs)
                if response.streaming and not isinstance(response, FileResponse):
                    # A list is read while it is sent, so the past ends with the response, not with the view. A file is
                    # complete by now, and is closed by the thread that sends it (`registry.serving`), which cannot end
                    # this thread's past.
                    response._resource_closers.append(past.pop_all().close)  # type: ignore[attr-defined]  # Django's own way
                return response

        return minding_as_of(reading)

    return decorated


def _look_through(past: ExitStack, request: HttpRequest, lens: Lens) -> None:
    try:
        request.sources = past.enter_context(seen_through(lens))  # type: ignore[attr-defined]  # for the page's form
    except NotAllowed as error:
        raise BadRequest(str(error)) from error


def history_begins() -> datetime | None:
    """The moment of this registry's first load; None while it is empty."""
    begins: datetime | None = (
        EntryEvent.objects.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    )
    return begins


def refuse_before_history(request: HttpRequest, day: date) -> None:
    """Raise `Told404` for a state before the history: an empty list would say that there was nothing."""
    begins = history_begins()
    if begins is None or end_of(day) > begins:
        return
    moment = timezone.localtime(begins).strftime("%Y-%m-%d %H:%M")
    told = _(
        "The history of this site begins on %(moment)s (Asia/Shanghai); nothing is known here of the time before."
    )
    raise Told404(told % {"moment": moment}, _offered(request, begins))


def _offered(request: HttpRequest, begins: datetime) -> tuple[str, str]:
    """Address and text of a link: the page in the oldest release that it can show, or else its file, or else the
    present.
    """
    query = request.GET.copy()
    for name in PARAMETERS:
        query.pop(name, None)
    releases = Release.objects.defer("package").order_by("number")
    if shown := releases.filter(created_at__gt=begins).first():
        query["release"] = str(shown.number)
        words = _("As of release %(number)s") % {"number": shown.number}
    elif kept := releases.first():
        return kept.get_absolute_url(), _("Release %(number)s, as a file") % {"number": kept.number}
    else:
        words = _("View it as it is now")
    return f"{request.path}?{query.urlencode()}" if query else request.path, words
