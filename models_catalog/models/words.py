"""Text columns that readers see, their form inputs, and the characters that the database refuses in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, F, Func, Value
from django.utils.translation import gettext_lazy as _

from models_catalog.text.characters import folded, refused_in


def refuse_unseen(text: str) -> None:
    """Raise `ValidationError` if `text` has a character that no text may have."""
    if character := refused_in(text):
        raise ValidationError(
            _(
                "This holds a character that nobody can see (%(character)s): type the words instead of pasting them."
            ),
            params={"character": character},
        )


class QuotedInput(forms.CharField):
    """Text from elsewhere: kept unchanged, or refused."""

    default_validators = [refuse_unseen]


class WordsInput(QuotedInput):
    """Text on one line: line breaks become blanks, invisible characters are removed."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text if text in self.empty_values else folded(str(text)) or self.empty_value


class Words(models.CharField[str, str]):
    """A name, title, reason or note."""

    input: type[forms.CharField] = WordsInput
    default_validators = [refuse_unseen]

    def formfield(self, **kwargs: Any) -> Any:
        if self.choices is None:
            kwargs.setdefault("form_class", self.input)
        return super().formfield(**kwargs)

    def deconstruct(self) -> Any:
        """Appear as a plain CharField in migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Quoted(Words):
    """Words quoted from an article."""

    input = QuotedInput


class ArePlain(Func):
    """Whether texts are allowed as names, titles, reasons or notes: `text.characters.is_plain` in PostgreSQL."""

    function = "catalog_are_plain"
    output_field = BooleanField()

    def __init__(self, *columns: str, arrays: tuple[str, ...] = ()) -> None:
        joined = [
            Func(F(one), Value(""), function="array_to_string", output_field=models.TextField())
            for one in arrays
        ]
        super().__init__(*columns, *joined)


class AreQuotable(ArePlain):
    """Whether texts are allowed as quotations: `text.characters.is_quotable` in PostgreSQL."""

    function = "catalog_are_quotable"
