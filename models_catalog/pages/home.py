"""The home page, and the page on the registry's method."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from models_catalog.catalog import home as queries
from models_catalog.catalog.home import claim_numbers, coverage, published_span
from models_catalog.catalog.index.current import current
from models_catalog.catalog.page import marks_of
from models_catalog.catalog.rows import page_rows
from models_catalog.intake.fixtures.verify import Audit, read_audits
from models_catalog.models import Source
from models_catalog.models.vocabulary import (
    Category,
    DeveloperKind,
    EventKind,
    Kind,
    Modality,
    Openness,
    Ruling,
    Stage,
)
from models_catalog.pages.frame import Frame
from models_catalog.pages.http.public import public_page
from models_catalog.pages.linked_data import dataset
from models_catalog.pages.rendering.put_together import kept, rendered
from models_catalog.publish.releases import words
from models_catalog.publish.tables import TABLES

EXAMPLES = ["wxyy", "盤古", "千问", "MindGPT"]
"""Searches that show what the search can do: initials, Traditional characters, part of a name, Latin letters."""


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    current()  # follows what has changed, so that the page is kept by it
    context = {"linked_data": dataset(Frame(request)), "content": kept("home", _content)}
    return render(request, "home/home.html", context)


def _content() -> Markup:
    """All of the page that does not depend on the request."""
    newest, largest, specimen = queries.newest(), queries.largest(), queries.specimen()
    references = current().references
    rows = {row.pk: row for row in page_rows([*{*newest, *largest}], references)}
    shown = rows.keys() | ({specimen.entry_id} if specimen else set())
    context = {
        "numbers": queries.numbers(),
        "newest": [rows[pk] for pk in newest if pk in rows],
        "largest": [rows[pk] for pk in largest if pk in rows],
        "marks": marks_of(sorted(shown), references.sources),
        "sectors": queries.sectors_by_entries(),
        "kinds": queries.developer_kinds(),
        "examples": EXAMPLES,
        "specimen": specimen,
        "sources": references.public_sources,
        "span": queries.published_span(references.public_sources),
    }
    return rendered("home/_content.html", context)


RULINGS = [
    Ruling.ORIGINAL_WORDING,
    Ruling.BUILDER_FIRST,
    Ruling.LATER_SOURCE,
    Ruling.MORE_PRECISE,
    Ruling.CURATOR,
]
"""In the order in which they apply (docs/data-model.md)."""

VOCABULARIES = [
    (_("Kind of entry"), Kind),
    (_("Category"), Category),
    (_("Modality"), Modality),
    (_("Stage"), Stage),
    (_("Event"), EventKind),
    (_("Openness"), Openness),
    (_("Kind of developer"), DeveloperKind),
]


@cache
def _audits() -> list[Audit]:
    """Read once per process, since the files are deployed with the code."""
    return read_audits(Path(settings.CATALOG_FIXTURES_DIR))


@require_safe
@public_page()
def about(request: HttpRequest) -> HttpResponse:
    sources = list(Source.objects.cited())
    context: dict[str, Any] = {
        "sources": sources,
        "span": published_span(sources),
        "rulings": RULINGS,
        "coverage": coverage(),
        "numbers": claim_numbers(),
        "audits": _audits(),
    }
    return render(request, "about/about.html", context)


@require_safe
@public_page()
def dictionary(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "tables": TABLES,
        "words": words,
        "vocabularies": [(heading, list(tokens)) for heading, tokens in VOCABULARIES],
    }
    return render(request, "about/dictionary.html", context)
