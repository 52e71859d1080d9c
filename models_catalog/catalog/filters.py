"""The filter behind the catalog page, its exports, the charts, the API and the exports of the curation site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from functools import cache, cached_property
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet

from models_catalog.catalog.facets import FACETS, RANGES, SUBSIDIARIES, Facet, with_below
from models_catalog.catalog.forms import (
    MAX_PAGE,
    DayField,
    FacetField,
    NumberField,
    SearchField,
    StrictForm,
)
from models_catalog.catalog.past_forms import (
    AsOfField,
    KnownByField,
    LeftOutField,
    ReleaseField,
    refuse_another_past,
)
from models_catalog.catalog.reading import QueryReading, read_in_sql
from models_catalog.fields.declared import NUMBERED
from models_catalog.models import Developer, Entry
from models_catalog.models.entry_queryset import EntryQuerySet

CERTAINTIES = [("possible", _("Possibly in the range")), ("certain", _("Certainly in the range"))]
SORT_LABELS = {
    "name": _("Name"),
    "developer": _("Developer"),
    **{one.column: one.field.label for one, _number in NUMBERED},
    "released": _("Release date"),
    "stage": _("Stage"),
}
SORT_CHOICES = [(f"{sign}{name}", label) for name, label in SORT_LABELS.items() for sign in ("", "-")]


class Parameter(Filter):  # type: ignore[misc]  # django-filter ships no types
    """A parameter with a given form field; `EntryFilter` applies all of them together, since they interact."""

    def __init__(self, *, field_class: type[forms.Field], **options: Any) -> None:
        self.field_class = field_class
        super().__init__(**options)

    def __deepcopy__(self, memo: object) -> Parameter:
        """A copy for one request that shares the options, which nothing changes: a fifth of a page was spent on copies."""
        return copy(self)


def _facet(facet: Facet) -> Parameter:
    return Parameter(field_class=FacetField, facet=facet, label=facet.heading)


def _bounds_of_numbers() -> Iterator[tuple[str, Parameter]]:
    for one, number in NUMBERED:
        bounds = RANGES[one.column]
        yield bounds.low, Parameter(field_class=NumberField, number=number, label=number.at_least)
        yield bounds.high, Parameter(field_class=NumberField, number=number, label=number.at_most)


class EntryFilterForm(StrictForm):
    """The form of `EntryFilter`, with the rules that span several fields."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_reversed_bounds(cleaned)
        refuse_another_past(self)
        return cleaned

    def _refuse_reversed_bounds(self, cleaned: dict[str, Any]) -> None:
        for _declared, number in NUMBERED:
            low, high = cleaned.get(f"{number.parameter}_min"), cleaned.get(f"{number.parameter}_max")
            if low is not None and high is not None and low > high:
                self.add_error(f"{number.parameter}_max", _("The largest number is below the smallest."))
        since, until = cleaned.get("released_from"), cleaned.get("released_to")
        if since and until and since.first > until.last:
            self.add_error("released_to", _("The last day is before the first."))


class EntryFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Every parameter of the catalog. Values within a facet are alternatives (OR), facets are combined (AND), and a
    value with a `-` before it is excluded.

    Any invalid value and any unknown parameter makes the filter invalid; an invalid filter has no rows. `also_allowed`
    names parameters that the view reads itself.
    """

    q = Parameter(field_class=SearchField, label=_("Search"))
    include_subsidiaries = Parameter(
        field_class=forms.TypedChoiceField,
        choices=[("1", _("Yes")), ("0", _("No"))],
        coerce="1".__eq__,
        empty_value=False,
        label=_("Include what the subsidiaries of a chosen developer build"),
    )
    released_from = Parameter(field_class=DayField, label=_("Released from"))
    released_to = Parameter(field_class=DayField, label=_("Released to"))
    certainty = Parameter(field_class=forms.ChoiceField, choices=CERTAINTIES, label=_("Ranges"))
    include_unstated = Parameter(
        field_class=forms.TypedChoiceField,
        choices=[("1", _("Yes")), ("0", _("No"))],
        coerce="1".__eq__,
        empty_value=False,
        label=_("Include entries of which it is not stated"),
    )
    sort = Parameter(field_class=forms.ChoiceField, choices=SORT_CHOICES, label=_("Sort by"))
    page = Parameter(field_class=forms.IntegerField, min_value=1, max_value=MAX_PAGE, label=_("Page"))

    as_of = Parameter(
        field_class=AsOfField, label=_("As of")
    )  # read by `pages.http.as_of`, like `release` below: they change what every query sees
    release = Parameter(field_class=ReleaseField, label=_("As of release"))
    without = Parameter(field_class=LeftOutField, label=_("Without these sources"))
    known_by = Parameter(field_class=KnownByField, label=_("From what was published by"))

    class Meta:
        model = Entry
        fields: list[str] = []
        form = EntryFilterForm

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        """Every parameter in the form's order: facets after the query, bounds of numbers before those of days."""
        declared = super().get_filters()
        query = declared.pop("q")
        subsidiaries = declared.pop(SUBSIDIARIES)
        facets = {name: _facet(facet) for name, facet in FACETS.items()}
        return {"q": query, **facets, SUBSIDIARIES: subsidiaries, **dict(_bounds_of_numbers()), **declared}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        also_allowed: Collection[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(data, *args, **more)
        self.form.also_allowed = also_allowed

    @classmethod
    @cache
    def get_form_class(cls) -> type[forms.Form]:
        """Made once: labels and choices are lazy, and each form copies its fields."""
        fields = {name: one.field for name, one in cls.base_filters.items()}
        return type(f"{cls.__name__}Form", (cls._meta.form,), fields)

    def filter_queryset(self, queryset: EntryQuerySet) -> EntryQuerySet:
        chosen = self.chosen
        narrowed = self._narrowed(chosen)
        if sort := chosen.get("sort"):
            return narrowed.sorted_by(sort)
        return narrowed.best_first(self.reading.terms) if chosen.get("q") else narrowed.sorted_by("name")

    @cached_property
    def reading(self) -> QueryReading:
        """The reading of the query by PostgreSQL alone, without the index."""
        return read_in_sql(self.chosen.get("q", ""), self.queryset)

    @property
    def chosen(self) -> dict[str, Any]:
        """Parameter → cleaned value, for those that are given; empty if the filter is invalid."""
        if not self.is_valid():
            return {}
        cleaned = self.form.cleaned_data
        return {name: cleaned[name] for name in self.filters if cleaned[name] not in EMPTY_VALUES}

    def leaving_out(self, *names: str) -> EntryQuerySet:
        """The entries that pass all parameters but `names`, unsorted; none if the filter is invalid."""
        return self._narrowed({name: value for name, value in self.chosen.items() if name not in names})

    def chosen_without(self, name: str, value: str) -> dict[str, Any]:
        """`chosen` without one value of a facet, whose others stay, or without another parameter."""
        left = {key: chosen for key, chosen in self.chosen.items() if key != name}
        others = [one for one in self.chosen[name] if one != value] if name in FACETS else []
        return left | {name: others} if others else left

    def narrowed_by(self, chosen: Mapping[str, Any]) -> EntryQuerySet:
        """The entries that pass these values of parameters, unsorted."""
        return self._narrowed(dict(chosen))

    def _narrowed(self, chosen: dict[str, Any]) -> EntryQuerySet:
        entries: EntryQuerySet = self.queryset.all()
        if not self.is_valid():
            return entries.none()
        if chosen.get("q"):
            entries = entries.found_by(self.reading.terms)
        for name, facet in FACETS.items():
            if values := chosen.get(name):
                if name == "developer" and chosen.get(SUBSIDIARIES):
                    values = with_below(values, Developer.objects.only("slug", "parent"))
                entries = entries.filter(facet.condition(values))
        certain = chosen.get("certainty") == "certain"
        unstated = bool(chosen.get("include_unstated"))
        for one in RANGES.values():
            if (bounds := one.bounds(chosen)) != (None, None):
                entries = one.narrowed(entries, bounds, is_certain=certain, or_unstated=unstated)
        return entries


class FileFilter(EntryFilter):
    """The filter for files of any format: a file has one page that holds every row."""

    page = Parameter(
        field_class=forms.IntegerField,
        min_value=1,
        max_value=1,
        error_messages={"max_value": _("A file holds every row on one page: leave out “page”.")},
        label=_("Page"),
    )
