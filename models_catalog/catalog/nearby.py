"""Entries that a reader of one may want next: by the same developer, of the same size class, for the same industry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from models_catalog.models import Entry
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import name_order
from models_catalog.models.ranges import interval_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 5
"""Entries of a group that are shown; the others are in the catalog."""

Nearby = list[tuple["StrOrPromise", list[Entry], str]]
"""Groups of entries: heading, the first few and one more if there are others, the query of the catalog for all; "" for none."""


def nearby(entry: Entry) -> Nearby:
    """The groups that are not empty, in one query each."""
    others = Entry.objects.listed().exclude(pk=entry.pk).order_by(name_order(), "slug")
    developers = list(entry.developers.values_list("slug", flat=True))
    sectors = list(entry.sectors.values_list("slug", flat=True))
    made = Entry.objects.filter(developers__slug__in=developers).values("pk")
    meant = Entry.objects.filter(sectors__slug__in=sectors).values("pk")
    groups: list[tuple[StrOrPromise, EntryQuerySet, str]] = [
        (_("By the same developer"), others.filter(pk__in=made), _query("developer", developers)),
        (_("Of the same size class"), _as_large(others, entry), ""),
        (_("For the same industry"), others.filter(pk__in=meant), _query("sector", sectors)),
    ]
    found = [(heading, list(rows[: MOST + 1]), query) for heading, rows, query in groups]
    return [group for group in found if group[1]]


def _query(name: str, slugs: list[str]) -> str:
    return urlencode([(name, slug) for slug in slugs])


def _as_large(others: EntryQuerySet, entry: Entry) -> EntryQuerySet:
    """Those whose size lies wholly within the power of ten that holds the size of `entry`; none where it fits no single one."""
    size = interval_of(entry.parameters) if entry.parameters else None
    if size is None or size.low is None or size.high is None or len(str(size.low)) != len(str(size.high)):
        return others.none()
    low = 10 ** (len(str(size.low)) - 1)
    return others.filter(parameters__contained_by=NumericRange(low, low * 10))
