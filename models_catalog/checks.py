"""A system check of the code, for adding fields."""

from typing import Any

from django.core.checks import CheckMessage, Error

from models_catalog.curation import tables
from models_catalog.fields.surfaces import unanswered
from models_catalog.intake.articles import findings
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
