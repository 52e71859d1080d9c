"""How to cite what a page shows, in every form, to copy or to download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from models_catalog.citations import FORMS, Citation, gbt7714, plain
from models_catalog.models import Entry, Release
from models_catalog.models.labels import in_english
from models_catalog.queries.as_of import day_shown
from models_catalog.views import citing, citing_selections


@dataclass(frozen=True)
class Cited:
    """A citation to copy, the address that it names, and where it can be had in each form."""

    text: str
    url: str
    forms: list[tuple[str, str]]
    citation: Citation

    @property
    def bibtex(self) -> str:
        """Where it can be had as BibTeX."""
        return dict(self.forms)["BibTeX"]

    @property
    def metas(self) -> list[tuple[str, str]]:
        """What reference managers read in a page's head (Google Scholar's `citation_…`)."""
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
    """`what` is an entry, a release, a list of entries (a comparison), the name of a chart, or nothing: the registry."""
    kept: dict[Any, Cited] = request.__dict__.setdefault(
        "_cited", {}
    )  # asked for in the head and in the page
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
    if isinstance(what, str) and what:
        return citing_selections.of_chart(request, what), "cite_chart", [what]
    if what:
        return citing.of_comparison(request, list(what)), "cite_compare", []
    return citing.of_registry(request), "cite_registry", []


def _address(request: HttpRequest, what: Any, address: str) -> str:
    """A comparison and a chart are what their query says, an entry what it was on the day that is shown."""
    if not what:
        return address
    if isinstance(what, Entry | Release):
        query = citing.state_of().query if day_shown() else ""
    else:
        query = request.GET.urlencode()
    return f"{address}?{query}" if query else address
