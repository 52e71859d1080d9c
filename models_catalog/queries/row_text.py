"""Values of columns in the reader's language, for saying what a row holds and what changed in it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db.models import JSONField, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from psycopg.types.range import Range

from models_catalog.claims.describe import range_words

MAX_JSON_CHARS = 200
"""Of a column that holds JSON, such as the mapping of an import, this much is told."""


def text_of(column: Any, value: Any) -> str:
    """The value of a model's field `column`; "" for none. A related row is told by its label."""
    if value in (None, "", []):
        return ""
    if isinstance(value, Model):
        return str(getattr(value, "label", "") or value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Range):
        return range_words(value, getattr(column, "name", ""))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(column, JSONField):
        return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(MAX_JSON_CHARS)
    words = dict(getattr(column, "flatchoices", ()) or getattr(column, "base_field", column).flatchoices)
    if isinstance(value, list):
        return _(", ").join(str(words.get(one, one)) for one in value)
    return str(words.get(value, value))
