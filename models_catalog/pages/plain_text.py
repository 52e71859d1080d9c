"""Pages as plain text, for language models and for reading without a browser: `/llms.txt`, `/models/<slug>.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from models_catalog.catalog.entry_page import EntryPage, Fact, entry_page, find_entry
from models_catalog.fields.describe import value_words
from models_catalog.models import Claim, Entry
from models_catalog.models.labels import in_english
from models_catalog.models.vocabulary import Basis, Field, Status
from models_catalog.pages.http.as_of import as_it_stood
from models_catalog.pages.http.moved import following_merges
from models_catalog.pages.http.problems import take_nothing
from models_catalog.pages.http.sharing import versioned


def place_of(claim: Claim) -> str:
    """Publisher and line of the quotation, or that it is not checked; "" for a curator's addition."""
    if not claim.source:
        return ""
    unchecked = _("not checked against a text")
    line = _("line %(line)s") % {"line": claim.line} if claim.line else unchecked
    return pgettext("clause", ", ").join((claim.source.mark, line))


def sentences_of(claim: Claim) -> str:
    """The claim's field and value, then its quotation and place, or its basis if it has no source."""
    told = {"field": Field(claim.field).label, "value": value_words(claim)}
    if claim.source:
        words = {"words": claim.quotation, "place": place_of(claim)}
        return _("%(field)s: %(value)s. “%(words)s” (%(place)s)") % (told | words)
    return _("%(field)s: %(value)s. %(basis)s") % (told | {"basis": Basis(claim.basis).label})


MARKDOWN, TEXT = "text/markdown; charset=utf-8", "text/plain; charset=utf-8"

LISTED = 500
"""Entries listed in `/llms.txt`; the files have the rest."""

_MARKED = re.compile(r"([\\`*_\[\]<>#|~&])")


@versioned
@require_safe
@as_it_stood(filtered=False)
@following_merges("entry_md")
def entry_md(request: HttpRequest, slug: str) -> HttpResponse:
    """An entry's facts in Markdown, each with the words that state it."""
    entry = find_entry(slug)
    if entry is None:
        raise Http404
    page = entry_page(entry)
    here = request.build_absolute_uri
    lines = [f"# {_plain(entry.label)}{f' ({_plain(page.other_name)})' if page.other_name else ''}", ""]
    lines += [f"> {' · '.join(page.summary)}", ""] if page.summary else []
    lines += [f"<{here(entry.get_absolute_url())}> · CC BY 4.0", ""]
    lines += _facts(page, request)
    return HttpResponse("\n".join(lines) + "\n", content_type=MARKDOWN)


def _facts(page: EntryPage, request: HttpRequest) -> Iterator[str]:
    yield from (f"## {_('Facts')}", "")
    for fact in page.facts:
        yield from _fact(fact, request)
    yield from ("", f"## {_('Names')}", "")
    for names in page.names:
        for claim in names.claims:
            yield f"- {names.kind.label}{_(': ')}{_plain(value_words(claim))}{_evidence(claim, request)}"
    if page.other_events:
        yield from ("", f"## {_('Timeline')}", "")
        yield from (
            f"- {_plain(value_words(claim))}{_evidence(claim, request)}" for claim in page.other_events
        )


def _fact(fact: Fact, request: HttpRequest) -> Iterator[str]:
    label = f"- **{_('Release date') if fact.field == Field.EVENT else fact.field.label}**{_(': ')}"
    if not fact.claims:
        yield f"{label}{_('not stated in our sources')}"
    for claim in fact.claims:
        before = _("Earlier:") + " " if claim.is_earlier else ""
        yield f"{label}{before}{_plain(value_words(claim))}{_evidence(claim, request)}"


def _evidence(claim: Claim, request: HttpRequest) -> str:
    """Quotation, publisher and line of a claim, then translation, basis and status where they matter."""
    parts = []
    if source := claim.source:
        address = request.build_absolute_uri(f"{source.get_absolute_url()}#{claim.entry.slug}.{claim.key}")
        parts.append(f"“{_plain(claim.quotation)}” ([{_plain(place_of(claim))}]({address}))")
        if claim.gloss_en and (in_english() or source.is_reworded):
            parts.append(f"{_('our translation')}{_(': ')}“{_plain(claim.gloss_en)}”")
    if claim.basis != Basis.STATED:
        parts.append(str(Basis(claim.basis).label))
    if claim.status == Status.DISPUTED:
        parts.append(str(Status.DISPUTED.label))
    return f" — {pgettext('list', ', ').join(parts)}" if parts else ""


@versioned
@require_safe
def llms_txt(request: HttpRequest) -> HttpResponse:
    """Entry point for language models (llmstxt.org): description, data files, and entries."""
    take_nothing(request)
    here = request.build_absolute_uri
    name = "Baimo 百模图鉴" if in_english() else "百模图鉴 Baimo"
    lines = [
        f"# {name}",
        "",
        f"> {_('An evidence-backed registry of Chinese large AI models.')}"
        f" {_('Each value here opens to the words of the article that states it, to the reason why it is inferred, or to the mark of the curators who added it. What no source says is marked “not stated”.')}",
        "",
        f"## {_('Data')}",
        "",
        *(f"- [{title}]({here(reverse(route))})" for title, route in _ways()),
        "",
        f"## {_('Models')}",
        "",
        *_entries(request),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


def _ways() -> list[tuple[str, str]]:
    return [
        (_("Method"), "about"),
        (_("Data dictionary"), "dictionary"),
        ("models.csv", "models_csv"),
        ("claims.csv", "claims_csv"),
        (_("The registry as it is now, as a data package"), "package"),
        (_("API reference"), "api_docs"),
        ("OpenAPI", "api_schema"),
        (_("Follow the changes"), "changes_atom"),
    ]


def _entries(request: HttpRequest) -> Iterator[str]:
    listed = Entry.objects.listed().sorted_by("name")
    found = list(listed.only("slug", "name_zh", "name_en")[: LISTED + 1])
    head, _slug, tail = request.build_absolute_uri(reverse("entry_md", args=["slug"])).rpartition("slug")
    for entry in found[:LISTED]:
        yield f"- [{_plain(entry.label)}]({head}{entry.slug}{tail})"
    if len(found) > LISTED:
        yield f"- [{_('All entries')}]({request.build_absolute_uri(reverse('models_csv'))})"


def _plain(text: str) -> str:
    """Text escaped for Markdown, on one line."""
    return _MARKED.sub(r"\\\1", " ".join(text.split()))
