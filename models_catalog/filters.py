"""The one filter behind the catalog's page, its exports, the charts, the API and the admin's exports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet

from models_catalog.forms import (
    MAX_PAGE,
    AsOfField,
    DayField,
    EntryFilterForm,
    FacetField,
    SearchField,
    SizeField,
)
from models_catalog.models import Entry
from models_catalog.models.entry_queryset import SORTS, EntryQuerySet
from models_catalog.queries.facets import FACETS
from models_catalog.text.dates import Days

CERTAINTIES = [("possible", _("Possibly in the range")), ("certain", _("Certainly in the range"))]
SORT_CHOICES = [(f"{sign}{sort}", f"{sign}{sort}") for sort in SORTS for sign in ("", "-")]


class Parameter(Filter):  # type: ignore[misc]  # django-filter ships no types
    """A parameter of the given field, applied by the method of that name."""

    def __init__(self, *, field_class: type[forms.Field], **options: Any) -> None:
        self.field_class = field_class
        super().__init__(**options)


def _facet(name: str) -> Any:
    facet = FACETS[name]
    return Parameter(field_class=FacetField, facet=facet, method="narrow", label=facet.heading)


class EntryFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Every parameter of the catalog. Values within a facet are alternatives, facets add up.

    Anything mistyped, a parameter's name too, makes the filter invalid, and an invalid filter has no rows.
    `also_allowed` names parameters that the view reads itself.
    """

    q = Parameter(field_class=SearchField, method="search", label=_("Search"))
    developer = _facet("developer")
    developer_kind = _facet("developer_kind")
    category = _facet("category")
    kind = _facet("kind")
    modality = _facet("modality")
    sector = _facet("sector")
    openness = _facet("openness")
    stage = _facet("stage")
    source = _facet("source")
    parameters_min = Parameter(field_class=SizeField, method="bound", label=_("Parameters from"))
    parameters_max = Parameter(field_class=SizeField, method="bound", label=_("Parameters to"))
    released_from = Parameter(field_class=DayField, method="bound", label=_("Released from"))
    released_to = Parameter(field_class=DayField, method="bound", label=_("Released to"))
    certainty = Parameter(
        field_class=forms.ChoiceField, choices=CERTAINTIES, method="keep", label=_("Intervals")
    )
    include_unstated = Parameter(
        field_class=forms.TypedChoiceField,
        choices=[("1", _("Yes")), ("0", _("No"))],
        coerce="1".__eq__,
        empty_value=False,
        method="keep",
        label=_("Include entries of which it is not stated"),
    )
    sort = Parameter(field_class=forms.ChoiceField, choices=SORT_CHOICES, method="keep", label=_("Sort by"))
    page = Parameter(
        field_class=forms.IntegerField, min_value=1, max_value=MAX_PAGE, method="keep", label=_("Page")
    )

    as_of = Parameter(
        field_class=AsOfField, method="keep", label=_("As it stood on")
    )  # read by `views.as_of`: it changes what every query sees

    class Meta:
        model = Entry
        fields: list[str] = []
        form = EntryFilterForm

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        also_allowed: Collection[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(data, *args, **more)
        self.form.also_allowed = also_allowed

    def filter_queryset(self, queryset: EntryQuerySet) -> EntryQuerySet:
        return self._sorted(self._narrowed(queryset))

    def leaving_out(self, *names: str) -> EntryQuerySet:
        """The entries that all parameters but `names` let through, unsorted; none if the filter is invalid."""
        return self._narrowed(self.queryset.all(), leaving_out=names).order_by()

    def _narrowed(self, queryset: EntryQuerySet, leaving_out: Collection[str] = ()) -> EntryQuerySet:
        if not self.is_valid():
            return queryset.none()
        for name, value in self.form.cleaned_data.items():
            if name not in leaving_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _sorted(self, queryset: EntryQuerySet) -> EntryQuerySet:
        chosen = self.form.cleaned_data if self.is_valid() else {}
        if sort := chosen.get("sort"):
            return queryset.sorted_by(sort)
        return queryset.by_relevance(q) if (q := chosen.get("q")) else queryset.sorted_by("name")

    def search(self, queryset: EntryQuerySet, _name: str, q: str) -> EntryQuerySet:
        return queryset.search(q)

    def narrow(self, queryset: EntryQuerySet, name: str, values: list[str]) -> EntryQuerySet:
        return queryset.filter(FACETS[name].any_of(values))

    def bound(self, queryset: EntryQuerySet, name: str, value: int | Days) -> EntryQuerySet:
        """One end of an interval, under the chosen reading of uncertain values."""
        certain = self.form.cleaned_data["certainty"] == "certain"
        unstated: bool = self.form.cleaned_data["include_unstated"]
        if isinstance(value, Days):
            released = queryset.certainly_released if certain else queryset.possibly_released
            days = {"since": value.first} if name == "released_from" else {"until": value.last}
            return released(**days, or_unstated=unstated)
        sized = queryset.certainly_sized if certain else queryset.possibly_sized
        sizes = {"at_least": value} if name == "parameters_min" else {"at_most": value}
        return sized(**sizes, or_unstated=unstated)

    def keep(self, queryset: EntryQuerySet, _name: str, _value: Any) -> EntryQuerySet:
        """For parameters that narrow nothing by themselves."""
        return queryset
