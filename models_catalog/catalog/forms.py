"""Form fields of the catalog: every parameter typed and bounded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.facets import NOT, UNSTATED, Facet
from models_catalog.fields.numbers import Number
from models_catalog.models.search_terms import MAX_WORDS
from models_catalog.models.words import WordsInput
from models_catalog.text.dates import parse_day_bound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_QUERY_CHARS = 100
MAX_FACET_VALUES = 200
MAX_PAGE = 1_000_000
SHOWN_CHARS = 40
"""Characters of a refused value or name that the message repeats."""


def listed_once(value: Any) -> list[str]:
    """The values as typed, each once. Repetitions count towards the limit, so that addresses stay bounded."""
    values = [value] if isinstance(value, str) else value or []
    if len(values) > MAX_FACET_VALUES:
        raise ValidationError(_("Choose at most %(most)s values."), params={"most": MAX_FACET_VALUES})
    return list(dict.fromkeys(values))


class FacetField(forms.Field):
    """Slugs or tokens of one facet, or `unstated`, each once; with a `-` before it to exclude it."""

    widget = forms.SelectMultiple

    def __init__(self, *, facet: Facet, **options: Any) -> None:
        self.facet = facet
        super().__init__(**options)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(map(self.facet.current, listed_once(value))))

    def validate(self, value: list[str]) -> None:
        typed = {one: one.removeprefix(NOT) for one in value}
        sound = [one for one in typed.values() if one and "\0" not in one and len(one) <= MAX_QUERY_CHARS]
        known = {UNSTATED, *(self.facet.known(sound) if sound else ())}
        if unknown := [one for one, bare in typed.items() if bare not in known]:
            raise ValidationError(
                _("“%(value)s” is not an option of this filter."), params={"value": unknown[0][:SHOWN_CHARS]}
            )


COLUMNS = {
    "developer": _("Developer"),
    "parameters": _("Parameters"),
    "released": _("Release date"),
    "stage": _("Stage"),
    "openness": _("Openness"),
    "sector": _("Target industries"),
}
"""The columns of the catalog's table after the name, in its order."""


class ColumnsForm(forms.Form):
    """Columns that a reader hides. They change no row, so files and charts do not take the parameter."""

    hide = forms.MultipleChoiceField(
        choices=list(COLUMNS.items()),
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is not a column that can be hidden.")},
    )

    @property
    def hidden(self) -> dict[int, StrOrPromise]:
        """Place in the table, from 1 → label of each hidden column; empty if an unknown one is named."""
        named = self.cleaned_data.get("hide", ()) if self.is_valid() else ()
        return {place: COLUMNS[name] for place, name in enumerate(COLUMNS, 2) if name in named}


class SearchField(WordsInput):
    """Search words on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_QUERY_CHARS, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value.split()) > MAX_WORDS:
            raise ValidationError(_("Search for at most %(most)s words."), params={"most": MAX_WORDS})


class BoundField(forms.CharField):
    """One end of an interval, cleaned with `parse`; None if empty. `parse` raises ValueError for invalid text."""

    parse: Callable[[str], Any]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class NumberField(BoundField):
    """A bound of a numeric field of an entry, cleaned to a whole number."""

    def __init__(self, *, number: Number, **options: Any) -> None:
        super().__init__(error_messages={"invalid": number.invalid}, **options)
        self.number, self.parse = number, number.parse_bound


class DayField(BoundField):
    """A year, month or day, cleaned to its days."""

    parse = staticmethod(parse_day_bound)
    default_error_messages = {"invalid": _("Write a year, a month or a day: 2023, 2023-04 or 2023-04-16.")}


class StrictForm(forms.Form):
    """A form that accepts no unknown parameter, and none twice."""

    also_allowed: Collection[str] = ()
    """Parameters that the view reads itself."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_unknown_names()
        self._refuse_repetitions()
        return cleaned

    def _refuse_unknown_names(self) -> None:
        """Refuse unknown parameters: a mistyped filter must not return everything."""
        for name in self.data:
            if name not in self.fields and name not in self.also_allowed:
                self.add_error(
                    None,
                    ValidationError(
                        _("There is no parameter “%(name)s”."), params={"name": str(name)[:SHOWN_CHARS]}
                    ),
                )
                return

    def _refuse_repetitions(self) -> None:
        getlist = getattr(self.data, "getlist", None)
        for name, field in self.fields.items():
            if getlist and not isinstance(field.widget, forms.SelectMultiple) and len(getlist(name)) > 1:
                self.add_error(name, _("Give this only once."))


class SuggestForm(forms.Form):
    """The text typed so far into a search field."""

    q = SearchField(required=False)


_View = TypeVar("_View", bound=Callable[..., Any])


def taking_files(view: _View) -> _View:
    """Mark a view whose form takes a file; other views receive none (`registry.uploads`)."""
    setattr(view, "takes_files", True)  # noqa: B010  # views have no such attribute by themselves
    return view
