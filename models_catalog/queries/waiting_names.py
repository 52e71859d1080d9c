"""What an entry is called for curators while none of its names is accepted: by the first that waits."""

from collections.abc import Iterable

from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Field


def call_by_waiting_names(entries: Iterable[Entry | None]) -> None:
    """Let nameless `entries` be called by their first proposed name: one query, none where all have a name."""
    nameless = [entry for entry in entries if entry and not (entry.name_zh or entry.name_en)]
    if not nameless:
        return
    names = Claim.objects.proposed().filter(field=Field.NAME, entry__in={entry.pk for entry in nameless})
    first = dict(names.order_by("-position", "-pk").values_list("entry", "text"))
    for entry in nameless:
        entry.waiting_name = first.get(entry.pk, "")
