"""Saying for the history who does something, in which action and from which import; and taking rows away for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from models_catalog.claims.settle import settle
from models_catalog.models import Claim, Entry

MERGE, UNDO_MERGE, UNDO_IMPORT = "merge", "undo merge", "undo import"
"""Actions that histories tell in words of their own."""
LOAD, OVERWRITE = "load_registry", "overwrite"
LOADING = (LOAD, OVERWRITE)
"""Actions that write what the fixtures say; everything else in a history was done by a person, or for one."""


@contextmanager
def recorded(what: str, *, who: str = "", **more: Any) -> Iterator[None]:
    """Within, every change is recorded under `what` (the action's name) and `who` (a user's name; "" for the machine).

    Readers are shown `what` and the import's file, never `who`.
    """
    with pghistory.context(what=what, who=who, **more):
        yield


@transaction.atomic
def delete_claims(*, claims: QuerySet[Claim], by: str) -> None:
    """Delete `claims`, and bring the columns of their entries in line with those that stay."""
    with recorded("delete", who=by):
        ids = list(claims.values_list("pk", flat=True))
        entries = list(Entry.objects.filter(claims__in=ids).distinct())
        Claim.objects.filter(pk__in=ids).delete()
        settle(entries)


@transaction.atomic
def delete_rows(*, rows: QuerySet[Any], by: str) -> None:
    """Delete `rows` and what belongs to them; their history stays, and says who did it."""
    with recorded("delete", who=by):
        rows.delete()
