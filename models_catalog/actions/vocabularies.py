"""Writes to the tables that entries point at, whose names are part of how an entry is found."""

from django.db import transaction

from models_catalog.actions.settle import settle
from models_catalog.models import Developer, Entry, Sector
from models_catalog.text.names import sort_keys


@transaction.atomic
def save_developer(*, developer: Developer) -> Developer:
    """Save `developer` with its sort keys, and make its entries findable by its names as they are now."""
    for column, key in sort_keys(developer.name_zh, developer.name_en).items():
        setattr(developer, column, key)
    developer.save()
    settle(Entry.objects.filter(developers=developer))
    return developer


@transaction.atomic
def save_sector(*, sector: Sector) -> Sector:
    """Save `sector`; its entries name their industries in the order of the vocabulary."""
    sector.save()
    settle(Entry.objects.filter(sectors=sector))
    return sector
