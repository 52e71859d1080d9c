"""Filters of the admin's lists, with the catalog's parameter names, and search by any name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import Count, Model, Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.claims.pending import found_waiting
from models_catalog.claims.settle import developer_names
from models_catalog.models import Claim, Developer, Entry, Merge, Sector, Source
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.report import ReportStatus
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    DeveloperKind,
    FigureUnit,
    OmissionReason,
    Shape,
    Stage,
    Status,
)
from models_catalog.models.vocabulary import Field as ClaimField
from models_catalog.text import names

UNSTATED = "unstated"

Choices = list[tuple[str, Any]]


class BoundedFilter(admin.SimpleListFilter, ABC):
    """A filter that accepts only its choices; any other value is a bad request, instead of showing everything.

    With `takes_several`, a comma joins several values, and the rows match any of them.
    """

    takes_several: ClassVar[bool] = False

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        known = {str(key) for key, _label in self.lookup_choices}
        if not set(self.chosen()) <= known:
            raise BadRequest(f"{self.parameter_name} has no such value")

    def chosen(self) -> list[str]:
        """Return the chosen values; none if the filter is not set."""
        value = self.value()
        return [] if value is None else value.split(",") if self.takes_several else [value]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the links: with `takes_several` each adds its value to the chosen ones, or removes it."""
        chosen = self.chosen()
        for (lookup, _title), choice in zip(
            [(None, ""), *self.lookup_choices], super().choices(changelist), strict=True
        ):
            if self.takes_several and lookup is not None:
                others = [value for value in chosen if value != str(lookup)]
                values = others if str(lookup) in chosen else [*chosen, str(lookup)]
                own = {self.parameter_name: ",".join(values)} if values else {}
                query = changelist.get_query_string(own, None if values else [self.parameter_name])
                choice = {**choice, "selected": str(lookup) in chosen, "query_string": query}
            yield choice

    @abstractmethod
    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows of `queryset` that match `value`, one of the choices."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.chosen()
        if len(chosen) < 2:
            return self.choose(queryset, chosen[0]) if chosen else queryset
        rows = queryset.model._default_manager.order_by()
        return queryset.filter(
            reduce(or_, (Q(pk__in=self.choose(rows, value).values("pk")) for value in chosen))
        )


class WordFilter(BoundedFilter):
    """Filter by a vocabulary word; with `empty`, also by having none."""

    takes_several = True
    column: ClassVar[str]
    vocabulary: ClassVar[type[TextChoices]]
    empty: ClassVar[bool] = False

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [*self.vocabulary.choices, *([(UNSTATED, _("Not stated"))] if self.empty else [])]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.column: "" if value == UNSTATED else value})


class ListWordFilter(WordFilter):
    """Filter by a vocabulary word in an array column."""

    empty = True

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(
            **{self.column: []} if value == UNSTATED else {f"{self.column}__contains": [value]}
        )


class SlugFilter(BoundedFilter):
    """Filter by the slug of a related row."""

    takes_several = True
    column: ClassVar[str]
    table: ClassVar[type[Model]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        rows: Any = self.table._default_manager.only("slug", "name_zh", "name_en")
        return [*((row.slug, row.label) for row in rows), (UNSTATED, _("Not stated"))]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == UNSTATED:
            return queryset.filter(**{f"{self.column}__isnull": True})
        pointing = queryset.model._default_manager.filter(**{f"{self.column}__slug": value})
        return queryset.filter(pk__in=pointing.order_by().values("pk"))  # each row once, however many matches


def by_word(
    column: str, vocabulary: type[TextChoices], title: Any, *, empty: bool = False
) -> type[WordFilter]:
    """Return a filter by `column`, which holds one word of `vocabulary`."""
    body = {
        "column": column,
        "parameter_name": column,
        "vocabulary": vocabulary,
        "title": title,
        "empty": empty,
    }
    return type("WordFilter", (WordFilter,), body)


def by_slug(column: str, table: type[Model], title: Any, *, parameter: str) -> type[SlugFilter]:
    """Return a filter by the slug of the row that `column` refers to."""
    body = {"column": column, "parameter_name": parameter, "table": table, "title": title}
    return type("SlugFilter", (SlugFilter,), body)


def by_field(field: ClaimField) -> type[WordFilter]:
    """Return a filter of entries by the vocabulary words of `field`."""
    is_one = field.shape is Shape.WORD
    body = {
        "column": field.entry_column,
        "parameter_name": field.value,
        "vocabulary": TOKENS[field],
        "title": field.label,
        "empty": True,
    }
    return type("WordFilter", (WordFilter if is_one else ListWordFilter,), body)


class ListedFilter(BoundedFilter):
    """Filter entries by state: listed, not listed yet, or merged into another."""

    title = _("For readers")
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("listed", _("Listed")),
            ("waiting", _("Not listed yet")),
            ("merged", _("Merged into another")),
        ]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "merged":
            return queryset.filter(merged_into__isnull=False)
        return queryset.filter(is_listed=value == "listed", merged_into=None)


class SourcesFilter(BoundedFilter):
    """Filter entries by their number of sources, to find those that need a second one."""

    title = _("Number of sources")
    parameter_name = "sources"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("single", _("Without a second source")), ("several", _("Two or more"))]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        counted = Entry.objects.annotate(n_sources=Count("sources"))
        several = counted.filter(n_sources__gt=1).order_by().values("pk")
        return queryset.filter(pk__in=several) if value == "several" else queryset.exclude(pk__in=several)


class UnstatedFilter(BoundedFilter):
    """Filter entries by a field of which no accepted claim speaks."""

    title = _("Not stated")
    parameter_name = "without"
    takes_several = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [*ClaimField.choices]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.exclude(
            pk__in=Claim.objects.accepted().filter(field=value).order_by().values("entry")
        )


class WorkFilter(BoundedFilter):
    """Filter entries by what is left to do about their claims."""

    title = _("Claims")
    parameter_name = "claims"
    takes_several = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(Status.PROPOSED.value, _("To review")), (Status.DISPUTED.value, _("Disputed"))]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=Claim.objects.filter(status=value).order_by().values("entry"))


class YesNoFilter(BoundedFilter):
    """Filter by a boolean column."""

    column: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("Yes")), ("no", _("No"))]

    def choose(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.column: value == "yes"})


class PreferredFilter(YesNoFilter):
    title = _("Fills the column")
    parameter_name = column = "preferred"


ENTRY_WORDS = tuple(by_field(field) for field in TOKENS)
"""A filter for each field with a vocabulary."""
STAGE = by_word("stage", Stage, _("Stage"), empty=True)
STATUS = by_word("status", Status, _("Status"))
FIELD = by_word("field", ClaimField, _("Field"))
BASIS = by_word("basis", Basis, _("Basis"))
ANSWER = by_word("answer", Answer, _("Answer"))
DEVELOPER_KIND = by_word("kind", DeveloperKind, _("Kind"))
UNIT = by_word("unit", FigureUnit, _("Unit"))
REPORT_STATUS = by_word("status", ReportStatus, _("Status"))
MERGE_OF = by_word("of", Merge.Of, _("Kind"))
REASON = by_word("reason", OmissionReason, _("Reason"))
ENTRY_DEVELOPER = by_slug("developers", Developer, _("Developer"), parameter="developer")
ENTRY_SECTOR = by_slug("sectors", Sector, _("Target industry"), parameter="sector")
ENTRY_SOURCE = by_slug("sources", Source, _("Source"), parameter="source")
SOURCE = by_slug("source", Source, _("Source"), parameter="source")
EVIDENCE_SOURCE = by_slug("evidence__source", Source, _("Source"), parameter="source")


def entries_like(queryset: QuerySet[Entry], term: str) -> QuerySet[Entry]:
    """Return the entries that match `term` by a name, including undecided ones, or by slug."""
    named = Entry.objects.search(term).order_by().values("pk")
    return queryset.filter(Q(pk__in=named) | found_waiting(term) | Q(slug__icontains=term))


def developers_like(queryset: QuerySet[Developer], term: str) -> QuerySet[Developer]:
    """Return the developers with a name or slug that matches `term`."""
    key = names.fold(term)
    found = [row.pk for row in Developer.objects.all() if key and _answers(row, key)]
    return queryset.filter(pk__in=found)


def _answers(developer: Developer, key: str) -> bool:
    keys = [names.keys(name) for name in [*developer_names(developer), developer.slug]]
    return any(key in found for name in keys for found in (name.folded, name.pinyin, name.initials))
