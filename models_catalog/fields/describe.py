"""Describes claims in words: the value, an event of the history, or the claim among others of its entry.

Accepts claims, their history events, and proposed claims of a table or an article: objects with a claim's columns as
attributes, or mappings of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Choices
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from psycopg.types.range import Range

from models_catalog.fields.declared import number_of
from models_catalog.fields.surfaces import surface
from models_catalog.models import Claim
from models_catalog.models.claim_value import FORMS, TOKENS
from models_catalog.models.labels import Labelled
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import NUMBERS, Answer, EventKind, Field, LinkKind, Shape
from models_catalog.text.dates import Days, format_days
from models_catalog.text.names import fold
from models_catalog.text.quantities import Interval, format_quantity


@dataclass(frozen=True)
class Link:
    """A URL and its kind."""

    kind: LinkKind
    address: str

    def __str__(self) -> str:
        return f"{self.kind.label}{_(': ')}{self.address}"


_THINGS: Mapping[Shape, Callable[[Claim], Hashable]] = surface(
    "claims: what one says",
    {
        Shape.NAMES: lambda claim: claim.text,
        Shape.LINKS: lambda claim: Link(LinkKind(claim.token), claim.text),
        Shape.WORD: lambda claim: TOKENS[Field(claim.field)](claim.token),
        Shape.WORDS: lambda claim: TOKENS[Field(claim.field)](claim.token),
        Shape.ROWS: lambda claim: claim.developer or claim.sector,
        Shape.PARENT: lambda claim: claim.parent,
        Shape.NUMBER: lambda claim: interval_of(claim.number),
        Shape.EVENTS: lambda claim: days_of(claim.days) if claim.days else None,
    },
)


def thing_of(claim: Claim) -> Hashable:
    """The value of `claim` as a comparable object; for an event its days or None."""
    return _THINGS[Field(claim.field).shape](claim)


def words_of(field: str, thing: Hashable) -> str:
    """The value of a claim of `field` (as of `thing_of`) in the reader's language."""
    language = get_language() or ""
    if thing is None:
        return _("Date not stated")
    if isinstance(thing, Interval):
        return number_of(field).say(thing, language) if field in NUMBERS else format_quantity(thing, language)
    if isinstance(thing, Days):
        return format_days(thing, language)
    return str(thing.label) if isinstance(thing, Choices | Labelled) else str(thing)


def value_words(claim: Claim) -> str:
    """The value of `claim` in the reader's language; an event with its kind and days."""
    if claim.answer != Answer.VALUE:
        return str(Answer(claim.answer).label)
    words = words_of(claim.field, thing_of(claim))
    return f"{EventKind(claim.event).label}{_(': ')}{words}" if claim.event else words


def said_words(field: Field, value: Mapping[str, Any]) -> str:
    """The value of a claim with these columns, for readers; "" for none. A dated release is its days alone."""
    if (answer := value.get("answer") or Answer.VALUE) != Answer.VALUE:
        return str(Answer(answer).label)
    if name := value.get("text") or value.get("new_developer"):
        return str(Link(LinkKind(value["token"]), name)) if field == Field.LINK else str(name)
    if row := value.get("developer") or value.get("sector") or value.get("parent"):
        return str(row.label)
    span = value.get("number") or value.get("days")
    event = value.get("event", "")
    named = EventKind(event).label if event and (event != EventKind.RELEASED or not span) else ""
    return f"{named} {range_words(span, field) if span else ''}".strip() or _token_words(
        field, value.get("token", "")
    )


def line_words(event: Any, named: Mapping[str, Mapping[int, str]]) -> str:
    """The value in a history event of a claim; `named` maps column and id to labels of referenced rows."""
    if event.answer != Answer.VALUE:
        return str(Answer(event.answer).label)
    field = Field(event.field)
    for column in ("developer_id", "sector_id", "parent_id"):
        if pk := getattr(event, column):
            return named[column].get(pk, "")
    if event.event:
        return f"{EventKind(event.event).label} {range_words(event.days) if event.days else ''}".strip()
    if event.number:
        return event.stated or event.quotation or range_words(event.number, field)
    return event.text or _token_words(field, event.token)


def called(claim: Any) -> str:
    """The title of a claim or its history event among those of its entry: field and words."""
    field = Field(claim.field)
    said = claim.text or claim.stated or claim.quotation or _token_words(field, claim.token)
    if claim.event:
        said = f"{EventKind(claim.event).label} {said}".strip()
    if claim.answer != Answer.VALUE:
        said = str(Answer(claim.answer).label)
    return f"{field.label} “{said}”" if said else str(field.label)


def range_words(value: Range[Any], field: str = "") -> str:
    """A range of days or of numbers (of `field`) in words; "" for one that is open at both ends."""
    ends = (value.lower, value.upper)
    if all(isinstance(end, date) for end in ends):
        return words_of(field, days_of(value))
    if all(isinstance(end, int | None) for end in ends):
        return words_of(field, interval_of(value))
    low, high = ("" if end is None else str(end) for end in ends)
    return low if low == high else f"{low}–{high}"


def as_written(said: str, words: str) -> str:
    """A value, followed by the words of the file if they differ."""
    if not words or fold(words) == fold(said):
        return said
    return _("%(value)s (as written: %(words)s)") % {"value": said, "words": words}


def _token_words(field: Field, token: str) -> str:
    vocabulary = (FORMS | TOKENS).get(field)
    return str(vocabulary(token).label) if vocabulary and token else ""
