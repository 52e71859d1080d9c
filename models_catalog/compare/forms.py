"""Which entries are compared, in which order, which rows are shown, and the address that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.forms import (
    SHOWN_CHARS,
    AsOfField,
    PastForm,
    ReleaseField,
    SearchField,
    refuse_another_past,
)
from models_catalog.text.names import fold

MOST = 6
"""Entries side by side; more fit no screen."""


@dataclass(frozen=True)
class Choice:
    """Slugs in order, each once; `differences` shows only the rows that differ; `past` names another state of the registry."""

    slugs: tuple[str, ...]
    differences: bool = False
    past: tuple[tuple[str, str], ...] = ()
    """The parameter that names it (`as_of`, `release`) and its value as it was typed; () for the present."""

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The parameters that name the set and its state, without the switch."""
        return [*(("model", slug) for slug in self.slugs), *self.past]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """All parameters of the query string, in order."""
        return [*self.chosen, ("only", "differences")] if self.differences else self.chosen

    @property
    def query(self) -> str:
        """The query string; "" for nothing chosen."""
        return urlencode(self.parameters)

    def query_within(self, asked: QueryDict) -> str:
        """`asked` with these slugs, and everything else that it says."""
        query = asked.copy()
        query.setlist("model", list(self.slugs))
        return query.urlencode()

    @property
    def url(self) -> str:
        return self.address("compare")

    def address(self, page: str) -> str:
        """The address of one of the forms of this comparison: page, csv or json."""
        return f"{reverse(page)}?{self.query}" if self.query else reverse(page)

    def adding(self, slug: str) -> Choice:
        return self.of([*self.slugs, slug])

    def without(self, slug: str) -> Choice:
        return self.of([other for other in self.slugs if other != slug])

    def replacing(self, targets: dict[str, str]) -> Choice:
        """With each slug that `targets` names as another."""
        return self.of([targets.get(slug, slug) for slug in self.slugs])

    def moving(self, slug: str, places: int) -> Choice | None:
        """With `slug` that many places to the right; None if there is no such place."""
        at = self.slugs.index(slug) + places
        if not 0 <= at < len(self.slugs):
            return None
        others = [other for other in self.slugs if other != slug]
        return self.of([*others[:at], slug, *others[at:]])

    def of(self, slugs: list[str]) -> Choice:
        """The same with these slugs, each once."""
        return replace(self, slugs=tuple(dict.fromkeys(slugs)))


MOST_READ = 50
"""Slugs that are looked up at all; more than MOST get a page on which to choose."""

MOST_CHARS = 100
"""Of an entry's address or name."""


class PickedEntriesField(forms.Field):
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
    """`model`, repeated; `only=differences`; `q` finds entries to add; `as_of` and `release` are read by `pages.http.as_of`."""

    model = PickedEntriesField(required=False, label=_("Models"))
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
