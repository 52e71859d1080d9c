"""Parameters of a comparison: the entries in order, the rows shown, the past state, and the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.forms import SHOWN_CHARS, SearchField
from models_catalog.catalog.past_forms import (
    AsOfField,
    KnownByField,
    LeftOutField,
    PastForm,
    ReleaseField,
    refuse_another_past,
)
from models_catalog.text.names import fold

MOST = 6
"""Entries side by side; more do not fit on a screen."""


@dataclass(frozen=True)
class Choice:
    """Slugs in order, each once; `differences` shows only rows that differ; `past` names a past state."""

    slugs: tuple[str, ...]
    differences: bool = False
    past: tuple[tuple[str, str], ...] = ()
    """The parameter (`as_of` or `release`) and its value as typed; () for the present."""

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The parameters for the entries and the past state, without `only`."""
        return [*(("model", slug) for slug in self.slugs), *self.past]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """All parameters of the query string, in order."""
        return [*self.chosen, ("only", "differences")] if self.differences else self.chosen

    @property
    def query(self) -> str:
        """The query string; "" if nothing is selected."""
        return urlencode(self.parameters)

    def query_within(self, asked: QueryDict) -> str:
        """The query string `asked` with these slugs and its other parameters unchanged."""
        query = asked.copy()
        query.setlist("model", list(self.slugs))
        return query.urlencode()

    @property
    def url(self) -> str:
        return self.address("compare")

    def address(self, page: str) -> str:
        """The address of this comparison as a page or file; `page` is a URL name."""
        return f"{reverse(page)}?{self.query}" if self.query else reverse(page)

    def adding(self, slug: str) -> Choice:
        return self.of([*self.slugs, slug])

    def without(self, slug: str) -> Choice:
        return self.of([other for other in self.slugs if other != slug])

    def replacing(self, targets: dict[str, str]) -> Choice:
        """The choice with slugs replaced as in `targets` (old → new)."""
        return self.of([targets.get(slug, slug) for slug in self.slugs])

    def moving(self, slug: str, places: int) -> Choice | None:
        """The choice with `slug` moved to the right by `places`; None if that is out of range."""
        at = self.slugs.index(slug) + places
        if not 0 <= at < len(self.slugs):
            return None
        others = [other for other in self.slugs if other != slug]
        return self.of([*others[:at], slug, *others[at:]])

    def of(self, slugs: list[str]) -> Choice:
        """The same choice with these slugs, each once."""
        return replace(self, slugs=tuple(dict.fromkeys(slugs)))


MOST_READ = 50
"""Slugs that are looked up; with more than MOST, readers are asked to choose."""

MOST_CHARS = 100
"""Length of an entry's slug or name."""


class PickedEntriesField(forms.Field):
    """Slugs or names of entries in order, each once. Blank ones, sent by empty form fields, are dropped."""

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
    """`model`, repeated; `only=differences`; `q` searches entries to add. `pages.http.as_of` reads the fields of
    `PastForm`.
    """

    model = PickedEntriesField(required=False, label=_("Models"))
    only = forms.ChoiceField(
        choices=[("differences", _("Only differences"))], required=False, label=_("Rows shown")
    )
    q = SearchField(required=False, label=_("Search"))
    as_of = AsOfField(required=False)
    release = ReleaseField(required=False)
    without = LeftOutField(required=False)
    known_by = KnownByField(required=False)

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
        """The choice, from the valid fields."""
        cleaned = self.cleaned_data
        asked = [name for name in PastForm.base_fields if cleaned.get(name)]
        past = tuple((name, value) for name in asked for value in self.data.getlist(name))  # type: ignore[attr-defined]  # a QueryDict
        return Choice(tuple(cleaned.get("model") or ()), cleaned.get("only") == "differences", past)

    @property
    def repeated(self) -> list[str]:
        """The slugs or names that were given more than once."""
        given = self.data.getlist("model")  # type: ignore[attr-defined]  # a QueryDict, as views give it
        return [slug for slug in self.choice.slugs if given.count(slug) > 1]

    @property
    def messages(self) -> list[str]:
        """The errors, in the order of the fields."""
        return [str(message) for errors in self.errors.values() for message in errors]
