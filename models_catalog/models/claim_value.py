"""Which columns of a claim hold the value of a field, and what the database asks of them."""

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
"""Fields whose value is one word of a vocabulary, kept in `Claim.token`."""

FORMS: dict[Field, type[TextChoices]] = {Field.NAME: NameKind, Field.LINK: LinkKind}
"""Fields whose value is a text, kept in `Claim.text`, with a word for what it is in `Claim.token`."""

HTTPS = "https://"
"""What every link begins with."""

EARLIER = NUMBERS
"""Fields that grow: a claim of them may say what was so at an earlier time."""

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
"""Each column of a value, and what it holds when the value is in another."""

_FIRST = (Field.NAME, Field.EVENT, *NUMBERS, Field.DEVELOPER, Field.SECTOR, Field.PARENT, *TOKENS)
"""The order in which the constraint names the fields; others follow."""


def value_columns(field: Field) -> tuple[str, ...]:
    """The columns of a claim in which a value of `field` stands; a row of another table stands in the one named like it."""
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
    """The value stands in the column of its field, and nowhere else."""
    first, *others = (*_FIRST, *(field for field in Field if field not in _FIRST))
    fits = Q(_is_filled(first) & _only(*value_columns(first)))
    for field in others:
        fits |= _is_filled(field) & _only(*value_columns(field))
    return (Q(answer=Answer.VALUE) & fits) | (~Q(answer=Answer.VALUE) & _only())


def _only(*columns: str) -> Q:
    """That no value column but these is filled."""
    return Q(**{column: nothing for column, nothing in _NOTHING.items() if column not in columns})


def _is_filled(field: Field) -> Q:
    """That the columns of the field hold a value of it."""
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
