"""The columns of a claim that hold the value of each field, and the constraint on them."""

from __future__ import annotations

from typing import assert_never

from django.db.models import Q, TextChoices

from models_catalog.models.vocabulary import (
    NUMBERS,
    Answer,
    Category,
    EventKind,
    Field,
    Kind,
    LinkKind,
    Modality,
    NameKind,
    Openness,
    Shape,
)

TOKENS: dict[Field, type[TextChoices]] = {
    Field.KIND: Kind,
    Field.CATEGORY: Category,
    Field.MODALITY: Modality,
    Field.OPENNESS: Openness,
}
"""Fields whose value is a word of a vocabulary, stored in `Claim.token`."""

FORMS: dict[Field, type[TextChoices]] = {Field.NAME: NameKind, Field.LINK: LinkKind}
"""Fields whose value is a text in `Claim.text`, with the kind of text in `Claim.token`."""

HTTPS = "https://"
"""The prefix of every link."""

EARLIER = NUMBERS
"""Fields whose values grow: a claim may give the value of an earlier time."""

_NOTHING = {
    "text": "",
    "token": "",
    "event": "",
    "number": None,
    "days": None,
    "developer": None,
    "sector": None,
    "parent": None,
}
"""Every value column of a claim, with its content when the value is in another column."""
VALUES = tuple(_NOTHING)

_FIRST = (Field.NAME, Field.EVENT, *NUMBERS, Field.DEVELOPER, Field.SECTOR, Field.PARENT, *TOKENS)
"""The order of the first fields in the constraint; the others follow."""


def value_columns(field: Field) -> tuple[str, ...]:
    """The columns of a claim that hold a value of `field`; a referenced row is in the column named after the field."""
    match field.shape:
        case Shape.NAMES | Shape.LINKS:
            return ("text", "token")
        case Shape.WORD | Shape.WORDS:
            return ("token",)
        case Shape.NUMBER:
            return ("number",)
        case Shape.EVENTS:
            return ("event", "days")
        case Shape.ROWS | Shape.PARENT:
            return (field.value,)
        case never:
            assert_never(never)


def value_fits_field() -> Q:
    """The condition that the value is in the columns of its field, and that all other value columns are empty."""
    first, *others = (*_FIRST, *(field for field in Field if field not in _FIRST))
    fits = Q(_is_filled(first) & _only(*value_columns(first)))
    for field in others:
        fits |= _is_filled(field) & _only(*value_columns(field))
    return (Q(answer=Answer.VALUE) & fits) | (~Q(answer=Answer.VALUE) & _only())


def _only(*columns: str) -> Q:
    """The condition that all value columns except these are empty."""
    return Q(**{column: nothing for column, nothing in _NOTHING.items() if column not in columns})


def _is_filled(field: Field) -> Q:
    """The condition that the columns of the field hold one of its values."""
    match field.shape:
        case Shape.NAMES:
            return Q(field=field, token__in=NameKind.values) & ~Q(text="")
        case Shape.LINKS:
            return Q(field=field, token__in=LinkKind.values, text__startswith=HTTPS)
        case Shape.EVENTS:
            return Q(field=field, event__in=EventKind.values)
        case Shape.NUMBER:
            return Q(field=field, number__startswith__gte=1)
        case Shape.WORD | Shape.WORDS:
            return Q(field=field, token__in=TOKENS[field].values)
        case Shape.ROWS | Shape.PARENT:
            return Q(field=field, **{f"{field.value}__isnull": False})
        case never:
            assert_never(never)
