"""Names of rows in the reader's language, and their addresses."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from models_catalog.models.labels import in_english


def named(row: Mapping[str, Any], column: str = "name") -> str:
    """The reader's one of `<column>_zh` and `<column>_en`, with the other as fallback."""
    pair = (row[f"{column}_en"], row[f"{column}_zh"])
    return str(pair[0] or pair[1]) if in_english() else str(pair[1] or pair[0])


def entry_url(row: Mapping[str, Any]) -> str:
    return reverse("entry", args=[row["slug"]])
