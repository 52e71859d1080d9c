"""What changed in one step for readers: an import, or its undoing, which touches hundreds of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from pghistory.models import Context

from models_catalog.models import EVENT_MODELS, ClaimEvent, Developer, EntryEvent, Source
from models_catalog.models.history import DELETE, INSERT
from models_catalog.queries import changes

Counts = Counter[UUID]
"""By the context, which is the step."""


@dataclass(frozen=True)
class Step:
    """An import, or its undoing, with how many rows that readers see it made, changed or removed."""

    at: datetime
    context: UUID
    what: str
    file: str
    entries: int
    developers: int
    claims: int
    source: str
    """Address of the source that the import made; "" if there is none any more."""


def newest_steps(limit: int) -> list[Step]:
    """The last of them, newest first, but for those of which readers saw nothing."""
    before = timezone.now() - changes.SETTLING
    contexts = Context.objects.filter(metadata__what__in=changes.TOGETHER, created_at__lt=before)
    newest = list(contexts.order_by("-created_at")[:limit])
    ids = [one.pk for one in newest]
    entries, developers, claims = _entries(ids), _developers(ids), _claims(ids)
    slugs = {f"import-{one.metadata.get('batch')}" for one in newest}
    sources = {*Source.objects.cited().filter(slug__in=slugs).values_list("slug", flat=True)}
    return [
        Step(
            at=one.created_at,
            context=one.pk,
            what=one.metadata["what"],
            file=one.metadata.get("file", ""),
            entries=entries[one.pk],
            developers=developers[one.pk],
            claims=claims[one.pk],
            source=slug if (slug := f"import-{one.metadata.get('batch')}") in sources else "",
        )
        for one in newest
        if entries[one.pk] or claims[one.pk]
    ]


def _entries(ids: Collection[UUID]) -> Counts:
    """Entries that came before readers, or went."""
    earlier = EntryEvent.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    was = Coalesce(
        Subquery(earlier.order_by("-pgh_id").values("is_listed")[:1]), False, output_field=BooleanField()
    )
    events = EntryEvent.objects.filter(pgh_context__in=ids).annotate(was=was)
    return _counted(events.exclude(is_listed=F("was")))


def _claims(ids: Collection[UUID]) -> Counts:
    return _counted(_public_claims(ids).filter(pgh_label__in=(INSERT, DELETE)))


def _developers(ids: Collection[UUID]) -> Counts:
    """Developers that came or went with a claim that readers see."""
    named = _public_claims(ids).filter(
        pgh_context=OuterRef("pgh_context"), developer_id=OuterRef("pgh_obj_id")
    )
    events = EVENT_MODELS[Developer].objects.filter(pgh_context__in=ids, pgh_label__in=(INSERT, DELETE))
    return _counted(events.filter(Exists(named)))


def _public_claims(ids: Collection[UUID]) -> Any:
    return ClaimEvent.objects.filter(pgh_context__in=ids, status__in=changes.PUBLIC)


def _counted(events: Any) -> Counts:
    rows = events.order_by().values_list("pgh_context").annotate(n=Count("pgh_obj_id", distinct=True))
    return Counter(dict(rows))
