"""Filters and orders of entries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.db.models import Case, F, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from models_catalog.models.labels import name_order
from models_catalog.models.search_terms import Terms, as_typed
from models_catalog.models.vocabulary import NUMBERS, Field, Stage

if TYPE_CHECKING:
    from models_catalog.models.entry import Entry  # noqa: F401  # named in the base of EntryQuerySet
    from models_catalog.models.search_key import SearchKeyQuerySet

MAX_BIGINT = 2**63 - 1


class EntryQuerySet(models.QuerySet["Entry"]):
    """Intervals are sets of possible values: *possibly* means that some value fits, *certainly* that all do."""

    def listed(self) -> EntryQuerySet:
        """Entries that readers see: with an accepted name, and not merged into another."""
        return self.filter(is_listed=True)

    def possibly_between(
        self,
        field: Field,
        at_least: int | None = None,
        at_most: int | None = None,
        *,
        or_unstated: bool = False,
    ) -> EntryQuerySet:
        """Entries whose `field`, one of NUMBERS, may be between the bounds (inclusive; None is no bound)."""
        return self._where(f"{field.value}__overlap", _numbers(at_least, at_most), or_unstated)

    def certainly_between(
        self,
        field: Field,
        at_least: int | None = None,
        at_most: int | None = None,
        *,
        or_unstated: bool = False,
    ) -> EntryQuerySet:
        """Entries whose `field` is certainly between the bounds."""
        return self._where(f"{field.value}__contained_by", _numbers(at_least, at_most), or_unstated)

    def possibly_released(
        self, since: date | None = None, until: date | None = None, *, or_unstated: bool = False
    ) -> EntryQuerySet:
        """Entries that may have been released between the days (inclusive; None is no bound)."""
        return self._where("released__overlap", DateRange(since, until, "[]"), or_unstated)

    def certainly_released(
        self, since: date | None = None, until: date | None = None, *, or_unstated: bool = False
    ) -> EntryQuerySet:
        """Entries that were certainly released between the days."""
        return self._where("released__contained_by", DateRange(since, until, "[]"), or_unstated)

    def _where(self, lookup: str, bounds: Any, or_unstated: bool) -> EntryQuerySet:
        fits = Q(**{lookup: bounds})
        unstated = Q(**{f"{lookup.split('__')[0]}__isnull": True})
        return self.filter(fits | unstated if or_unstated else fits)

    def search(self, q: str) -> EntryQuerySet:
        """Entries found by `q` as typed, in any script, by one of their names or of their developers' names.

        `q` matches as one name, ignoring blanks, or each of its words matches.
        """
        return self.found_by(as_typed(q))

    def by_relevance(self, q: str) -> EntryQuerySet:
        """Best matches of `search(q)` first: exact, prefix, infix; names before aliases before developers."""
        return self.best_first(as_typed(q))

    def found_by(self, terms: Terms) -> EntryQuerySet:
        """Entries that match `terms`."""
        return self.filter(pk__in=self._search_keys().entries_found(terms))

    def best_first(self, terms: Terms) -> EntryQuerySet:
        """Best matches of `terms` first, then by name."""
        own = self._search_keys().filter(entry=OuterRef("pk"))
        return self.order_by(own.relevance(terms).asc(nulls_last=True), name_order(), "slug")

    def _search_keys(self) -> SearchKeyQuerySet:
        # Looked up through the model: the table of keys imports this module.
        keys: Any = self.model._meta.get_field("search_keys").related_model
        return keys.objects.all()  # type: ignore[no-any-return]  # a related model of unknown class

    def sorted_by(self, sort: str) -> EntryQuerySet:
        """In the order of a key of SORTS: intervals by lower end, unknown values last, then by name."""
        rows = self.annotate(
            first_developer=FilteredRelation("entry_developers", condition=Q(entry_developers__position=1))
        )
        key = _SORT_KEYS[sort.removeprefix("-")]()
        ordered = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
        return rows.order_by(ordered, name_order(), "slug")


def _numbers(at_least: int | None, at_most: int | None) -> NumericRange:
    """The inclusive range; an upper bound of MAX_BIGINT counts as none, since no larger number can be stored."""
    return NumericRange(at_least, None if at_most == MAX_BIGINT else at_most, "[]")


def _by_least(column: str) -> Case:
    """NULL only for unknown values: an interval without a lower bound sorts first, as 0."""
    return Case(When(**{f"{column}__isnull": False}, then=Coalesce(f"{column}__startswith", Value(0))))


_SORT_KEYS: dict[str, Callable[[], Any]] = {
    "name": lambda: F(name_order()),
    "developer": lambda: F(f"first_developer__developer__{name_order()}"),
    **{field.value: partial(_by_least, field.value) for field in NUMBERS},
    "released": lambda: F("released__startswith"),
    "stage": lambda: Case(
        *[When(stage=stage, then=Value(place)) for place, stage in enumerate(Stage)],
        output_field=models.IntegerField(),
    ),
}

SORTS = tuple(_SORT_KEYS)
"""Sort keys of entries; a leading `-` reverses the order."""
