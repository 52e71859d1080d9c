"""The past that a page shows, in words, and the ways to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from models_catalog.models import Release
from models_catalog.queries.as_of import day_shown, written
from models_catalog.views.as_of import PARAMETERS

BESIDE = (*PARAMETERS, "page")


def past(request: HttpRequest) -> str:
    """A sentence that says which past a page shows; "" for the present."""
    shown = day_shown()
    if shown is None or not any(request.GET.get(name) for name in PARAMETERS):
        return ""
    if number := request.GET.get("release"):
        return _(
            "You are viewing the registry as it was in release %(number)s. Later changes are not shown."
        ) % {"number": number}
    if isinstance(shown, datetime):
        moment = _moment(shown)
        return _(
            "You are viewing the registry as it was at %(moment)s (China time). Later changes are not shown."
        ) % {"moment": moment}
    day = date_format(shown, "DATE_FORMAT")
    return _(
        "You are viewing the registry as it was at the end of %(day)s (China time). Later changes are not shown."
    ) % {"day": day}


def _moment(shown: datetime) -> str:
    """To the second, as its address has it."""
    return f"{date_format(timezone.localtime(shown), 'DATE_FORMAT')} {timezone.localtime(shown):%H:%M:%S}"


def past_query(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters that name the past that a page shows, as they were given; none for the present."""
    given = ((name, request.GET.get(name, "")) for name in PARAMETERS)
    return [(name, value) for name, value in given if value] if day_shown() else []


def past_tail(request: HttpRequest) -> str:
    """The same as `?…` to hang on an address; "" for the present."""
    query = urlencode(past_query(request))
    return f"?{query}" if query else ""


def state_tail() -> str:
    """The state that is shown as `?as_of=…`, for what does not know the request; "" for the present."""
    shown = day_shown()
    return f"?as_of={written(shown)}" if shown else ""


def present(request: HttpRequest) -> str:
    """The same page, with all else that was asked, as it is today."""
    query = urlencode(_without_past(request))
    return f"{request.path}?{query}" if query else request.path


def _without_past(request: HttpRequest) -> list[tuple[str, str]]:
    """The query of a page but for its state, and for the page of a list, which may not be there in another."""
    lists = request.GET.lists()
    return [(name, value) for name, values in lists if name not in BESIDE for value in values]


def past_title(request: HttpRequest) -> str:
    """The same for the end of a title."""
    shown = day_shown()
    if shown is None:
        return ""
    if number := request.GET.get("release"):
        return " · " + _("Release %(number)s") % {"number": number}
    words = _moment(shown) if isinstance(shown, datetime) else date_format(shown, "DATE_FORMAT")
    return f" · {words}"


@dataclass(frozen=True)
class Times:
    """What a page offers to show itself in another state: the rest of its query, the day chosen, the releases."""

    kept: list[tuple[str, str]]
    day: str
    today: date
    release: str
    releases: list[tuple[int, date]]
    changes: str


def times(request: HttpRequest) -> Times:
    as_of, release = request.GET.get("as_of", ""), request.GET.get("release", "")
    since = {"since": as_of or release} if as_of or release else {}
    return Times(
        _without_past(request),
        as_of[:10],
        timezone.localdate(),
        release,
        list(Release.objects.values_list("number", "day")),
        f"{reverse('changes')}{'?' + urlencode(since) if since else ''}",
    )
