"""States on pages: their description, links to other states, and the citation of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_catalog.catalog.results import sources_shown
from models_catalog.claims.lens import counts
from models_catalog.history.as_of import LENS, Lens, day_shown, is_present
from models_catalog.models import Claim, Entry, Release, Source
from models_catalog.models.labels import in_english
from models_catalog.models.ranges import days_of
from models_catalog.pages import citing, citing_selections
from models_catalog.pages.http.as_of import PARAMETERS
from models_catalog.publish.citations import FORMS, Citation, gbt7714, plain
from models_catalog.text.dates import format_days

BESIDE = (*PARAMETERS, "page")
MOST_SOURCES = 24
"""Sources offered to be left out; of more, each page of a source offers it."""


def past(request: HttpRequest) -> list[str]:
    """Sentences that describe the state shown; none for the whole present."""
    return [one for one in (_past_day(request), *_lens(request)) if one]


def _lens(request: HttpRequest) -> Iterator[str]:
    """Which sources count, and what that means."""
    lens, every = LENS.get(), getattr(request, "sources", ())
    if not lens:
        return
    counted = [source for source in every if counts(source, lens)]
    if counted:
        yield _("Only these sources count here: %(sources)s.") % {"sources": _named(counted)}
    elif lens.known_by and every:
        first = min(every, key=lambda source: source.published.lower)
        told = {
            "day": date_format(lens.known_by, "DATE_FORMAT"),
            "first": format_days(days_of(first.published), get_language() or ""),
        }
        yield (
            _("None of the sources is known to have appeared by %(day)s; the earliest is dated %(first)s.")
            % told
        )
    else:
        yield _("All sources are left out here.")
    yield _(
        "Values are computed from these sources and curators' additions alone. Other readers see no change."
    )


def left_out(request: HttpRequest) -> tuple[list[tuple[Source, str]], int]:
    """Sources that do not count, each with the address of the page on which it does; "" if it was published after the
    day that is asked for. Of many `MOST_SOURCES`, those first that a reader left out; and how many more there are.
    """
    lens, every = LENS.get(), getattr(request, "sources", ())
    out = [source for source in every if lens and not counts(source, lens)]
    out.sort(key=lambda source: source.slug not in lens.without)
    shown = [(source, _with(request, source, lens)) for source in out[:MOST_SOURCES]]
    return shown, len(out) - len(shown)


def _with(request: HttpRequest, source: Source, lens: Lens) -> str:
    if not counts(source, replace(lens, without=())):
        return ""
    given = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
    query = urlencode([one for one in given if one != ("without", source.slug)])
    return f"{request.path}?{query}" if query else request.path


def _named(sources: Sequence[Source]) -> str:
    """The sources apart by semicolons, since a table is named with its day and its file may have commas."""
    return _("; ").join(f"{source.position} {source.mark}" for source in sources)


def _past_day(request: HttpRequest) -> str:
    shown = day_shown()
    if shown is None or not any(request.GET.get(name) for name in settings.PAST_PARAMETERS):
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
    """The moment to the second, as in its address."""
    return f"{date_format(timezone.localtime(shown), 'DATE_FORMAT')} {timezone.localtime(shown):%H:%M:%S}"


def past_query(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters of the state shown, as given; [] for the whole present."""
    given = ((name, value) for name in PARAMETERS for value in request.GET.getlist(name))
    return [] if is_present() else [(name, value) for name, value in given if value]


def past_tail(request: HttpRequest) -> str:
    """The same parameters as `?…` to append to an address; "" for the present."""
    query = urlencode(past_query(request))
    return f"?{query}" if query else ""


def state_tail() -> str:
    """The state shown as `?as_of=…`, for templates without the request; "" for the present."""
    query = citing.state_query()
    return f"?{query}" if query else ""


def present(request: HttpRequest) -> str:
    """The address of the same page, with its other parameters, in the present."""
    query = urlencode(without_past(request))
    return f"{request.path}?{query}" if query else request.path


def without_past(request: HttpRequest) -> list[tuple[str, str]]:
    """The query of a page without its state and page number, since another state may have fewer pages."""
    lists = request.GET.lists()
    return [(name, value) for name, values in lists if name not in BESIDE for value in values]


def past_title(request: HttpRequest) -> str:
    """The state shown, for the end of a title; "" for the whole present."""
    some = " · " + _("some of the sources") if LENS.get() else ""
    shown = day_shown()
    if shown is None:
        return some
    if number := request.GET.get("release"):
        return " · " + _("Release %(number)s") % {"number": number} + some
    words = _moment(shown) if isinstance(shown, datetime) else date_format(shown, "DATE_FORMAT")
    return f" · {words}{some}"


@dataclass(frozen=True)
class Times:
    """Data for the forms that show a page in another state: the day, the releases, and the first `MOST_SOURCES` sources,
    each with whether it is left out.
    """

    day: str
    today: date
    release: str
    releases: list[tuple[int, date]]
    changes: str
    known_by: str
    sources: list[tuple[Source, bool]]


def times(request: HttpRequest) -> Times:
    as_of, release = request.GET.get("as_of", ""), request.GET.get("release", "")
    every = getattr(request, "sources", None) or sources_shown()
    since = {"since": as_of or release} if as_of or release else {}
    return Times(
        as_of[:10],
        timezone.localdate(),
        release,
        list(Release.objects.values_list("number", "day")),
        f"{reverse('changes')}{'?' + urlencode(since) if since else ''}",
        request.GET.get("known_by", ""),
        [(source, source.slug in LENS.get().without) for source in every[:MOST_SOURCES]],
    )


@dataclass(frozen=True)
class Cited:
    """A citation to copy, the address that it cites, and the addresses of its formats."""

    text: str
    url: str
    forms: list[tuple[str, str]]
    citation: Citation

    @property
    def bibtex(self) -> str:
        """The address of the citation as BibTeX."""
        return dict(self.forms)["BibTeX"]

    @property
    def metas(self) -> list[tuple[str, str]]:
        """`citation_…` meta elements for reference managers and Google Scholar."""
        cited = self.citation
        return [
            ("citation_title", cited.title),
            ("citation_author", cited.author),
            ("citation_publication_date", cited.issued.replace("-", "/")),
            ("citation_journal_title", cited.container),
            ("citation_publisher", cited.registry),
            ("citation_language", "zh" if cited.in_chinese else "en"),
            ("citation_public_url", cited.url),
        ]


def cite(request: HttpRequest, what: Any = None) -> Cited:
    """The citation of an entry, a claim, a release, a list of entries (a comparison), a chart by name, or by default
    the registry.
    """
    kept: dict[Any, Cited] = request.__dict__.setdefault("_cited", {})  # used in the head and in the page
    key = what if isinstance(what, str | None) else (type(what), getattr(what, "pk", id(what)))
    if key not in kept:
        kept[key] = _cited(request, what)
    return kept[key]


def _cited(request: HttpRequest, what: Any) -> Cited:
    cited, route, args = _citation(request, what)
    text = plain(cited) if in_english() else gbt7714(cited)
    forms = [(FORMS[form][0], _address(request, what, reverse(route, args=[*args, form]))) for form in FORMS]
    return Cited(text.strip(), cited.url, forms, cited)


def _citation(request: HttpRequest, what: Any) -> tuple[Citation, str, list[Any]]:
    if isinstance(what, Release):
        return citing.of_release(request, what), "cite_release", [what.number]
    if isinstance(what, Entry):
        return citing.of_entry(request, what), "cite_entry", [what.slug]
    if isinstance(what, Claim):
        return citing.of_claim(request, what), "cite_claim", [what.entry.slug, what.key]
    if isinstance(what, str) and what:
        return citing_selections.of_chart(request, what), "cite_chart", [what]
    if what:
        return citing.of_comparison(request, list(what)), "cite_compare", []
    return citing.of_registry(request), "cite_registry", []


def _address(request: HttpRequest, what: Any, address: str) -> str:
    """The address of a citation file with the query that its page needs: all of it, or for an entry only the state."""
    if not what:
        return address
    if isinstance(what, Claim | Entry | Release):
        query = "" if is_present() else citing.state_of().query
    else:
        query = request.GET.urlencode()
    return f"{address}?{query}" if query else address
