"""Pages of records: numbered in the requested order, or by cursor through everything in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.forms import MAX_PAGE, SHOWN_CHARS, StrictForm
from models_catalog.catalog.past_forms import PastForm, refuse_another_past
from models_catalog.catalog.results import Results
from models_catalog.catalog.rows import page_rows
from models_catalog.publish.selection import Selection, parameter_names
from models_catalog.publish.tables import Table

FIRST = "*"
"""The cursor before the first record."""
DEFAULT_SIZE, MAX_SIZE = 50, 200
CURSOR = r"after-([0-9]{1,18})"
"""Contains the key of the record shown last. Eighteen digits are below the largest key."""

_CURSOR = re.compile(CURSOR)


class CursorField(forms.Field):
    """A cursor, cleaned to the key of the record before the page: 0 for the first page, None if not given."""

    def to_python(self, value: Any) -> int | None:
        if not value:
            return None
        return 0 if value == FIRST else _opened(str(value))


class ColumnsField(forms.Field):
    """Column names separated by commas, cleaned to a list; [] (all columns) if not given."""

    max_length = 1_000

    def __init__(self, *, table: Table, **options: Any) -> None:
        self.table = table
        super().__init__(**options)

    def to_python(self, value: Any) -> list[str]:
        text = str(value or "")
        if len(text) > self.max_length:
            raise ValidationError(_("This is too long."))
        names = text.split(",") if text else []
        for name in names:
            if name not in self.table.names:
                raise ValidationError(_("There is no field “%(name)s”."), params={"name": name[:SHOWN_CHARS]})
        return names


class PageForm(StrictForm):
    """The parameters that select a page of a list."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=MAX_SIZE)
    cursor = CursorField(required=False)

    def __init__(self, data: QueryDict, table: Table, also_allowed: frozenset[str] = frozenset()) -> None:
        super().__init__(data)
        self.also_allowed = also_allowed
        self.fields["fields"] = ColumnsField(table=table, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("cursor") is not None:
            for name in ("page", "sort"):
                if self.data.get(name):
                    self.add_error("cursor", _("A cursor has its own order: leave out page and sort."))
                    break
        return cleaned


class RowForm(StrictForm):
    """The parameters of a single row: fields, and the past state if the table's list takes one."""

    def __init__(self, data: QueryDict, table: Table) -> None:
        super().__init__(data)
        self.fields["fields"] = ColumnsField(table=table, required=False)
        self.has_past = PastForm.base_fields.keys() <= parameter_names(table)
        if self.has_past:
            self.fields |= {name: deepcopy(field) for name, field in PastForm.base_fields.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.has_past:
            refuse_another_past(self)
        return cleaned


@dataclass(frozen=True)
class Page:
    """Rows in order, the total number, and the addresses of the neighbouring pages."""

    rows: Iterable[Any]
    count: int
    next: str | None
    previous: str | None


def page_of(request: HttpRequest, selection: Selection, form: PageForm) -> Page:
    """The page that a valid form asks for."""
    size: int = form.cleaned_data["page_size"] or DEFAULT_SIZE
    after: int | None = form.cleaned_data["cursor"]
    listed = _Entries(selection.results) if selection.results else _Records(selection)
    if after is not None:
        return _behind(request, listed, after, size)
    count = listed.total()
    number: int = form.cleaned_data["page"] or 1
    first = (number - 1) * size
    return Page(
        rows=listed.page(first, size),
        count=count,
        next=_address(request, page=number + 1) if first + size < count else None,
        previous=_address(request, page=number - 1) if 1 < number <= -(-count // size) + 1 else None,
    )


def _behind(request: HttpRequest, listed: _Entries | _Records, after: int, size: int) -> Page:
    """A page by key, so that rows added meanwhile come at the end."""
    keys = listed.after(after, size + 1)
    shown = keys[:size]
    more = _address(request, cursor=f"after-{shown[-1]}") if len(keys) > size else None
    return Page(listed.rows(shown), listed.total(), more, None)


class _Entries:
    """Entries, from the results that the catalog page shows."""

    def __init__(self, results: Results) -> None:
        self.total, self.after, self._results = results.total, results.after, results

    def page(self, first: int, size: int) -> Iterable[Any]:
        return self.rows(self._results.page(first, size))

    def rows(self, ids: list[int]) -> Iterable[Any]:
        return page_rows(ids, self._results.references)


class _Records:
    """Rows of another table, from PostgreSQL."""

    def __init__(self, selection: Selection) -> None:
        self._records, self._rows_of = selection.records, selection.table.rows
        self.total = self._records.count

    def page(self, first: int, size: int) -> Iterable[Any]:
        return self._rows_of(self._records[first : first + size])

    def after(self, pk: int, size: int) -> list[int]:
        behind = self._records.filter(pk__gt=pk).order_by("pk")
        return list(behind.values_list("pk", flat=True)[:size])

    def rows(self, ids: list[int]) -> Iterable[Any]:
        return self._rows_of(self._records.filter(pk__in=ids).order_by("pk"))


def _opened(cursor: str) -> int:
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise ValidationError(_("This is not a cursor: begin with * and follow next."))
    return int(match[1])


def _address(request: HttpRequest, **changed: object) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
