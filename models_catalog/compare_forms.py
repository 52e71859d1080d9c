"""What readers may ask of the comparison: which entries, which rows, and a search for more entries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from models_catalog.comparison.choice import MOST, Choice
from models_catalog.forms import SHOWN_CHARS, SearchField
from models_catalog.past_forms import AsOfField, PastForm, ReleaseField, refuse_another_past
from models_catalog.text.names import fold

MOST_READ = 50
"""Slugs that are looked up at all; more than MOST get a page on which to choose."""

MOST_CHARS = 100
"""Of an entry's address or name."""


class SlugsField(forms.Field):
    """Addresses or names of entries in order, each once. Blank ones, as a form without choice sends them, are left out."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [slug for slug in dict.fromkeys(value or []) if slug]

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_READ:
            raise ValidationError(
                _("At most %(most)s entries can be compared; %(given)s were given."),
                params={"most": MOST, "given": len(value)},
            )
        if wrong := [
            slug for slug in value if len(slug) > MOST_CHARS or not slug.isprintable() or not fold(slug)
        ]:
            raise ValidationError(
                _("“%(value)s” is not the address of an entry."),
                params={"value": wrong[0][:SHOWN_CHARS].replace("\0", "�")},
            )


class CompareForm(forms.Form):
    """`model`, repeated; `only=differences`; `q` finds entries to add; `as_of` and `release` are read by `views.as_of`."""

    model = SlugsField(required=False, label=_("Models"))
    only = forms.ChoiceField(
        choices=[("differences", _("Only differences"))], required=False, label=_("Rows shown")
    )
    q = SearchField(required=False, label=_("Search"))
    as_of = AsOfField(required=False)
    release = ReleaseField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.data:
            if name not in self.fields:
                params = {"name": str(name)[:SHOWN_CHARS].replace("\0", "�")}
                self.add_error(None, ValidationError(_("There is no parameter “%(name)s”."), params=params))
                break
        refuse_another_past(self)
        return cleaned

    @property
    def choice(self) -> Choice:
        """What was asked for, as far as it is sound."""
        cleaned = self.cleaned_data
        past = tuple((name, str(self.data[name])) for name in PastForm.base_fields if cleaned.get(name))
        return Choice(tuple(cleaned.get("model") or ()), cleaned.get("only") == "differences", past)

    @property
    def repeated(self) -> list[str]:
        """The addresses that were given more than once."""
        given = self.data.getlist("model")  # type: ignore[attr-defined]  # a QueryDict, as views give it
        return [slug for slug in self.choice.slugs if given.count(slug) > 1]

    @property
    def messages(self) -> list[str]:
        """What is wrong, in the order of the fields."""
        return [str(message) for errors in self.errors.values() for message in errors]
