"""System checks: of the code, for adding fields; of the address to which articles may be sent."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from models_catalog.curation import tables
from models_catalog.fields.surfaces import unanswered
from models_catalog.intake.articles import findings
from models_catalog.intake.articles.extractor import refused_address
from models_catalog.intake.tables import columns
from models_catalog.urls import urlpatterns

LOADED = (tables, findings, columns, urlpatterns)
"""Modules that register surfaces."""


def fields_are_everywhere(**_: Any) -> list[CheckMessage]:
    """An error for each field that a surface neither shows nor omits on purpose."""
    return [
        Error(f"{surface}: no answer for the field “{field.value}”", id="models_catalog.E001")
        for surface, field in unanswered()
    ]


def extractor_is_safe() -> list[CheckMessage]:
    """An error for an address to which no article is sent, or for one without the model's name."""
    if why := refused_address():
        return [Error(f"EXTRACTOR_URL is refused: {why}.", id="models_catalog.E002")]
    if settings.EXTRACTOR_URL and not settings.EXTRACTOR_MODEL:
        return [
            Error("EXTRACTOR_URL is set without EXTRACTOR_MODEL, the model's name.", id="models_catalog.E003")
        ]
    return []
