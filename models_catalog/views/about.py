"""How the registry is made, and what its files hold."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from models_catalog.dataset import TABLES
from models_catalog.ingest.audits import Audit, read_audits
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
from models_catalog.queries.coverage import claim_numbers, coverage
from models_catalog.queries.home import published_span
from models_catalog.releases import vocabularies
from models_catalog.views.pages import public_page

RULINGS = [
    Ruling.ORIGINAL_WORDING,
    Ruling.BUILDER_FIRST,
    Ruling.LATER_SOURCE,
    Ruling.MORE_PRECISE,
    Ruling.CURATOR,
]
"""In the order in which they are tried (docs/data-model.md)."""

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
    """Read once a process: the files change with the code."""
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
        "tables": TABLES,
        "words": vocabularies,
        "vocabularies": [(heading, list(words)) for heading, words in VOCABULARIES],
    }
    return render(request, "about/about.html", context)
