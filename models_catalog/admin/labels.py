"""How the curators' forms call things: labels begin with a capital, and rows are called as the reader's language has it."""

from functools import partial
from typing import Any

from django import forms
from django.utils.text import capfirst

from models_catalog.queries.row_text import text_of


class SentenceCase(forms.BaseForm):
    """A form whose labels begin like sentences: the same words stand within others as names of columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label) if field.label else field.label


def call_by_label(field: Any) -> Any:
    """Let a choice of rows offer them under their names in the reader's language; any other field as it is."""
    if isinstance(field, forms.ModelChoiceField):
        field.label_from_instance = partial(text_of, None)  # type: ignore[method-assign]  # for this field only
    return field
