"""Checks of the code against itself, for whoever adds a field."""

from typing import Any

from django.core.checks import CheckMessage, Error

from models_catalog.curation import tables
from models_catalog.fields.surfaces import unanswered
from models_catalog.intake.articles import findings
from models_catalog.intake.tables import columns
from models_catalog.urls import urlpatterns

LOADED = (tables, findings, columns, urlpatterns)
"""Whatever registers a surface."""


def fields_are_everywhere(**_: Any) -> list[CheckMessage]:
    """An error for each field that a surface neither shows nor leaves out on purpose."""
    return [
        Error(f"{surface}: no answer for the field “{field.value}”", id="models_catalog.E001")
        for surface, field in unanswered()
    ]
