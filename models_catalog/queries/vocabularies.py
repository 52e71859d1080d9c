"""Developers and sectors with their entries."""

from django.db.models import Count, Prefetch, Q, QuerySet

from models_catalog.models import Developer, Entry, Sector
from models_catalog.models.labels import name_order

SAMPLE = 6
"""Entries named beside each row of a list."""
SHOWN = 100
"""Entries in the table of one developer or sector; the catalog has the rest."""

_LISTED = Q(entries__is_listed=True)


def _sample() -> "Prefetch[str, QuerySet[Entry], str]":
    entries = Entry.objects.listed().order_by(name_order(), "slug")[:SAMPLE]
    return Prefetch("entries", queryset=entries, to_attr="sample")


def developers() -> QuerySet[Developer]:
    """All that are reviewed, by kind and then name, each with `entry_count` and the first few entries as `sample`."""
    counted = Developer.objects.reviewed().annotate(
        entry_count=Count("entries", filter=_LISTED, distinct=True)
    )
    return counted.select_related("parent").prefetch_related(_sample()).order_by(name_order(), "slug")


def sectors() -> QuerySet[Sector]:
    """All in their own order, each with `entry_count` and the first few entries as `sample`."""
    counted = Sector.objects.annotate(entry_count=Count("entries", filter=_LISTED, distinct=True))
    return counted.prefetch_related(_sample())


def entries_of(owner: Developer | Sector) -> QuerySet[Entry]:
    """The listed entries of a developer or sector with all that a row shows."""
    column = "developers" if isinstance(owner, Developer) else "sectors"
    entries = Entry.objects.listed().filter(**{column: owner}).order_by(name_order(), "slug")
    return entries.prefetch_related("entry_developers__developer", "sectors")
