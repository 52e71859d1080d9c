"""Values of columns in the reader's language, for saying what a row holds and what changed in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from psycopg.types.range import Range

from models_catalog.models.claim import TOKENS
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Answer, EventKind, Field, NameKind
from models_catalog.text.dates import format_days
from models_catalog.text.names import fold
from models_catalog.text.quantities import format_quantity

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
        return range_text(value)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(column, JSONField):
        return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(MAX_JSON_CHARS)
    words = dict(getattr(column, "flatchoices", ()) or getattr(column, "base_field", column).flatchoices)
    if isinstance(value, list):
        return _(", ").join(str(words.get(one, one)) for one in value)
    return str(words.get(value, value))


def range_text(value: Range[Any]) -> str:
    """A range of days or of numbers, as a reader has it; "" for one that is open at both ends."""
    ends = (value.lower, value.upper)
    if all(isinstance(end, date) for end in ends):
        return format_days(days_of(value), get_language() or "")
    if all(isinstance(end, int | None) for end in ends):
        return format_quantity(interval_of(value), get_language() or "")
    low, high = ("" if end is None else str(end) for end in ends)
    return low if low == high else f"{low}–{high}"


def claim_text(claim: Any) -> str:
    """What a claim, or a line of its history, is called among those of its entry: its field and what it says of it."""
    field = Field(claim.field)
    said = claim.text or claim.stated or claim.quotation or _token_text(field, claim.token)
    if claim.event:
        said = f"{EventKind(claim.event).label} {said}".strip()
    if claim.answer != Answer.VALUE:
        said = str(Answer(claim.answer).label)
    return f"{field.label} “{said}”" if said else str(field.label)


def value_text(event: Any, named: Mapping[str, Mapping[int, str]]) -> str:
    """What a line of a claim's history says of its field; `named` are the rows it may point at, by column and id."""
    if event.answer != Answer.VALUE:
        return str(Answer(event.answer).label)
    field = Field(event.field)
    for column in ("developer_id", "sector_id", "parent_id"):
        if pk := getattr(event, column):
            return named[column].get(pk, "")
    if event.event:
        days = range_text(event.days) if event.days else ""
        return f"{EventKind(event.event).label} {days}".strip()
    if event.number:
        return event.stated or event.quotation or range_text(event.number)
    return event.text or _token_text(field, event.token)


def said_text(field: Field, value: Mapping[str, Any]) -> str:
    """What a claim with these columns says, as readers have it; "" for nothing."""
    if (answer := value.get("answer") or Answer.VALUE) != Answer.VALUE:
        return str(Answer(answer).label)
    if name := value.get("text") or value.get("new_developer"):
        return str(name)
    if row := value.get("developer") or value.get("sector") or value.get("parent"):
        return str(row.label)
    span = value.get("number") or value.get("days")
    event = value.get("event", "")
    named = EventKind(event).label if event and (event != EventKind.RELEASED or not span) else ""
    return f"{named} {range_text(span) if span else ''}".strip() or _token_text(field, value.get("token", ""))


def as_written(said: str, words: str) -> str:
    """A value, and the words for it that stand in the file where these are others."""
    if not words or fold(words) == fold(said):
        return said
    return _("%(value)s (as written: %(words)s)") % {"value": said, "words": words}


def _token_text(field: Field, token: str) -> str:
    vocabulary = NameKind if field == Field.NAME else TOKENS.get(field)
    return str(vocabulary(token).label) if vocabulary and token else ""
