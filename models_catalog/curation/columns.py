"""The choice of the columns that a list of the admin shows, kept in its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from models_catalog.curation.filters import BoundedFilter, Choices

FEW = 5
"""Number of columns up to which there is no choice."""


def name_of(column: Any) -> str:
    return str(getattr(column, "__name__", column))


class ColumnsFilter(BoundedFilter):
    """The columns of a list that are shown, all but the first by choice; it narrows no rows.

    A choice forgets the order of the list, whose parameter counts columns.
    """

    title = _("Columns")
    parameter_name = "columns"
    takes_several = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        of = model_admin.model, model_admin
        return [
            (name_of(one), capfirst(str(label_for_field(one, *of)))) for one in model_admin.list_display[1:]
        ]

    def chosen(self) -> list[str]:
        return super().chosen() or [name for name, _label in self.lookup_choices]

    def choices(self, changelist: Any) -> Iterator[Any]:
        chosen, every = self.chosen(), [str(name) for name, _label in self.lookup_choices]
        forgotten = [self.parameter_name, ORDER_VAR]
        is_all = len(chosen) == len(every)
        yield {
            "selected": is_all,
            "query_string": changelist.get_query_string({}, forgotten),
            "display": _("All"),
        }
        for name, label in self.lookup_choices:
            shown = [one for one in every if (one in chosen) != (one == name)]
            own = {self.parameter_name: ",".join(shown)} if shown and len(shown) < len(every) else {}
            query = changelist.get_query_string(own, [ORDER_VAR] if own else forgotten)
            yield {"selected": name in chosen, "query_string": query, "display": label}

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset


def shown(columns: Sequence[Any], request: HttpRequest) -> list[Any]:
    """Return the columns that the address asks for, all if it asks for none; the first, a link, always."""
    asked = request.GET.get(ColumnsFilter.parameter_name, "").split(",")
    return [one for at, one in enumerate(columns) if not at or asked == [""] or name_of(one) in asked]
