"""Parameters of the published tables: claims, developers, market figures and the rest.

Claims also take the catalog's parameters, which select their entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from models_catalog.catalog.filters import EntryFilter, FileFilter, Parameter
from models_catalog.catalog.forms import MAX_FACET_VALUES, SHOWN_CHARS, StrictForm, listed_once
from models_catalog.catalog.results import Results, results_of, rows_of
from models_catalog.models import Entry, MarketFigure, Source
from models_catalog.models.vocabulary import (
    Basis,
    DeveloperKind,
    Field,
    FigureUnit,
    OmissionReason,
    Status,
)
from models_catalog.publish.tables import CLAIMS, DEVELOPERS, EVIDENCE, FIGURES, MODELS, OMISSIONS, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Errors = dict[str, list[str]]

SLUG = "[a-z0-9][a-z0-9-]{0,79}"
_SLUG = re.compile(SLUG)

PUBLIC = [(status.value, status.label) for status in (Status.ACCEPTED, Status.DISPUTED)]
NOT_FOR_CLAIMS = {"sort"}
"""Parameters of the catalog that do not apply to claims, which have an order of their own."""


class WordsField(forms.MultipleChoiceField):
    """One or more tokens of a vocabulary."""

    def validate(self, value: list[str]) -> None:
        if len(value) > MAX_FACET_VALUES:
            raise ValidationError(_("Choose at most %(most)s values."), params={"most": MAX_FACET_VALUES})
        super().validate(value)


class SlugsField(forms.Field):
    """One or more slugs of rows in `rows`; others are refused."""

    widget = forms.SelectMultiple

    def __init__(self, *, rows: Callable[[], QuerySet[Any]], **options: Any) -> None:
        self.rows = rows
        super().__init__(**options)

    def to_python(self, value: Any) -> list[str]:
        return listed_once(value)

    def validate(self, value: list[str]) -> None:
        for one in value:
            if not _SLUG.fullmatch(one):
                raise ValidationError(_("“%(value)s” is not a slug."), params={"value": one[:SHOWN_CHARS]})
        known = set(self.rows().filter(slug__in=value).values_list("slug", flat=True)) if value else set()
        if unknown := [one for one in value if one not in known]:
            raise ValidationError(
                _("“%(value)s” is not an option of this filter."), params={"value": unknown[0]}
            )


class EntriesField(SlugsField):
    """Slugs of entries; the slug of a merged entry is replaced by that of the kept one."""

    def to_python(self, value: Any) -> list[str]:
        slugs = super().to_python(value)
        asked = [slug for slug in slugs if _SLUG.fullmatch(slug)]
        merged = (
            Entry.objects.filter(slug__in=asked, merged_into__is_listed=True)
            if asked
            else Entry.objects.none()
        )
        kept = dict(merged.values_list("slug", "merged_into__slug"))
        return list(dict.fromkeys(kept.get(slug, slug) for slug in slugs))


def _one_of(vocabulary: type[TextChoices] | list[tuple[str, Any]], column: str, label: StrOrPromise) -> Any:
    choices = vocabulary if isinstance(vocabulary, list) else vocabulary.choices
    return Parameter(
        field_class=WordsField, choices=choices, field_name=column, lookup_expr="in", label=label
    )


def _slugs(column: str, rows: Callable[[], QuerySet[Any]], label: StrOrPromise) -> Any:
    return Parameter(field_class=SlugsField, rows=rows, field_name=column, lookup_expr="in", label=label)


class TableFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Filter of a table. Values of one parameter are alternatives (OR), parameters are combined (AND); invalid input is
    refused.
    """

    class Meta:
        form = StrictForm

    def __init__(self, *args: Any, also_allowed: Collection[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.form.also_allowed = also_allowed


class ClaimFilter(TableFilter):
    model = Parameter(
        field_class=EntriesField,
        rows=Entry.objects.listed,
        field_name="entry__slug",
        lookup_expr="in",
        label=_("Model"),
    )
    field = _one_of(Field, "field", _("Field"))
    status = _one_of(PUBLIC, "status", _("Status"))
    basis = _one_of(Basis, "basis", _("Basis"))
    claim_source = _slugs("source__slug", Source.objects.cited, _("Source of the claim"))


class DeveloperFilter(TableFilter):
    kind = _one_of(DeveloperKind, "kind", _("Kind of developer"))


class FigureFilter(TableFilter):
    unit = _one_of(FigureUnit, "unit", _("Unit"))


class EvidenceFilter(TableFilter):
    figure = _slugs("figure__slug", MarketFigure.objects.all, _("Figure"))
    source = _slugs("source__slug", Source.objects.cited, _("Source"))


class OmissionFilter(TableFilter):
    source = _slugs("source__slug", Source.objects.cited, _("Source"))
    reason = _one_of(OmissionReason, "reason", _("Reason"))


_OWN: dict[str, type[TableFilter]] = {
    CLAIMS.name: ClaimFilter,
    DEVELOPERS.name: DeveloperFilter,
    FIGURES.name: FigureFilter,
    EVIDENCE.name: EvidenceFilter,
    OMISSIONS.name: OmissionFilter,
}


@dataclass(frozen=True)
class Selection:
    """The records of a table that a query string selects. `also_allowed` names parameters that the view reads."""

    table: Table
    data: QueryDict
    also_allowed: frozenset[str] = frozenset()

    @cached_property
    def _catalog(self) -> EntryFilter | None:
        """The catalog's filter, for entries, and for claims by their entries; None for other tables."""
        if self.table not in (MODELS, CLAIMS):
            return None
        own = frozenset(ClaimFilter.base_filters if self.table is CLAIMS else ())
        paged = "page" in self.also_allowed
        return (EntryFilter if paged else FileFilter)(
            data=self.data, queryset=Entry.objects.listed(), also_allowed=own | self.also_allowed
        )

    @cached_property
    def _own(self) -> TableFilter | None:
        if self.table is MODELS:
            return None
        allowed = set(self.also_allowed)
        if self._catalog:
            allowed |= set(EntryFilter.base_filters) - NOT_FOR_CLAIMS
        return _OWN.get(self.table.name, TableFilter)(
            data=self.data, queryset=self.table.all(), also_allowed=allowed
        )

    @property
    def errors(self) -> Errors:
        """Parameter → error messages; `query` → errors of the whole. Empty if valid."""
        found: Errors = {}
        for one in (self._own, self._catalog):
            for name, errors in one.errors.items() if one else ():
                found.setdefault("query" if name == "__all__" else name, [str(e) for e in errors])
        return found

    @cached_property
    def results(self) -> Results | None:
        """The selected entries as the catalog lists them; None for other tables."""
        return results_of(self._catalog) if self._catalog and self._own is None else None

    @property
    def rows(self) -> Iterable[Any]:
        """The selected rows as the table's columns read them, in the table's order; entries in the requested order."""
        return self.table.rows(self.records) if self.results is None else rows_of(self.results)

    @property
    def records(self) -> QuerySet[Any]:
        """The selected records of a table other than that of entries, in the table's order."""
        chosen: QuerySet[Any] = self._own.qs if self._own else self.table.all()
        return chosen.filter(entry__in=self._catalog.qs.order_by()) if self._catalog else chosen


def parameters_of(table: Table) -> dict[str, forms.Field]:
    """The parameters that select among a table's records, as form fields, in order."""
    selection = Selection(table, QueryDict())
    own = dict(selection._own.form.fields) if selection._own else {}
    catalog = dict(selection._catalog.form.fields) if selection._catalog else {}
    if table is CLAIMS:
        catalog = {name: field for name, field in catalog.items() if name not in NOT_FOR_CLAIMS}
    catalog.pop("page", None)
    return own | catalog


@cache
def parameter_names(table: Table) -> frozenset[str]:
    """The names of the parameters that select among a table's records."""
    return frozenset(parameters_of(table))
