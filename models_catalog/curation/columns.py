"""The choice of the columns that a list of the admin shows, kept in its address."""

from __future__ import annotations

import re
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
    """The columns of a list that are shown, all but the first by choice; it narrows no rows."""

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
        for name, label in [("", _("All")), *self.lookup_choices]:
            kept = [one for one in every if (one in chosen) != (one == name)] if name else []
            is_all = len(kept) in (0, len(every))
            order = _order(
                changelist, [*changelist.list_display[: -len(chosen)], *(every if is_all else kept)]
            )
            own = {self.parameter_name: None if is_all else ",".join(kept), ORDER_VAR: order or None}
            is_chosen = name in chosen if name else len(chosen) == len(every)
            yield {"selected": is_chosen, "query_string": changelist.get_query_string(own), "display": label}

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset


def _order(changelist: Any, columns: Sequence[Any]) -> str:
    """Return the order of the list, whose parameter counts columns, for these ones; "" if they keep none of it."""
    then = [name_of(one) for one in columns]
    found = []
    for sign, at in re.findall(r"(-?)\b(\d{1,2})\b", changelist.params.get(ORDER_VAR, "")):
        held = [name_of(one) for one in changelist.list_display][int(at) : int(at) + 1]
        found += [f"{sign}{then.index(held[0])}"] if held and held[0] in then else []
    return ".".join(found)


def shown(columns: Sequence[Any], request: HttpRequest) -> list[Any]:
    """Return the columns that the address asks for, all if it asks for none; the first, a link, always."""
    asked = request.GET.get(ColumnsFilter.parameter_name, "").split(",")
    return [one for at, one in enumerate(columns) if not at or asked == [""] or name_of(one) in asked]
