"""Finding rows by any name of an entry or a developer: the catalog's own normaliser, not SQL's `LIKE` on raw text."""

from django.db.models import Q, QuerySet

from models_catalog.actions.settle import developer_names
from models_catalog.models import Developer, Entry
from models_catalog.queries.waiting import found_waiting
from models_catalog.text import names


def entries_like(queryset: QuerySet[Entry], term: str) -> QuerySet[Entry]:
    """Of `queryset`, the entries that `term` names, also by names that wait; and those whose slug says so."""
    named = Entry.objects.search(term).order_by().values("pk")
    return queryset.filter(Q(pk__in=named) | found_waiting(term) | Q(slug__icontains=term))


def developers_like(queryset: QuerySet[Developer], term: str) -> QuerySet[Developer]:
    """Of `queryset`, the developers that one of their names finds for `term`."""
    key = names.fold(term)
    found = [row.pk for row in Developer.objects.all() if key and _answers(row, key)]
    return queryset.filter(pk__in=found)


def _answers(developer: Developer, key: str) -> bool:
    keys = [names.keys(name) for name in [*developer_names(developer), developer.slug]]
    return any(key in found for name in keys for found in (name.folded, name.pinyin, name.initials))
