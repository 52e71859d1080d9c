"""Records the user, action and import of each change in the history; deletes rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from models_catalog.claims.settle import settle
from models_catalog.models import Claim, Entry

MERGE, UNDO_MERGE, UNDO_IMPORT = "merge", "undo merge", "undo import"
"""Actions that history pages describe in their own words."""
LOAD, OVERWRITE = "load_registry", "overwrite"
LOADING = (LOAD, OVERWRITE)
"""Actions that write the fixtures; every other change was made by or for a person."""


_IN_WHOLE: ContextVar[bool] = ContextVar("in_whole", default=False)
"""Whether a block that records its actions as one is open."""


@contextmanager
def recorded(what: str, *, who: str = "", **more: Any) -> Iterator[None]:
    """Record changes in the block under `what`, the action's name, and `who`, a user name ("" for the software).

    Readers are shown `what` and the import's file, never `who`.
    """
    if _IN_WHOLE.get():
        yield
        return
    with pghistory.context(what=what, who=who, **more):
        yield


@contextmanager
def recorded_as_one(what: str, *, who: str, **more: Any) -> Iterator[None]:
    """Record changes in the block like `recorded`, and the actions within as parts of this one."""
    with recorded(what, who=who, **more):
        token = _IN_WHOLE.set(True)
        try:
            yield
        finally:
            _IN_WHOLE.reset(token)


@transaction.atomic
def delete_claims(*, claims: QuerySet[Claim], by: str) -> None:
    """Delete `claims` and settle their entries."""
    with recorded("delete", who=by):
        ids = list(claims.values_list("pk", flat=True))
        entries = list(Entry.objects.filter(claims__in=ids).distinct())
        Claim.objects.filter(pk__in=ids).delete()
        settle(entries)


@transaction.atomic
def delete_rows(*, rows: QuerySet[Any], by: str) -> None:
    """Delete `rows` and their dependent rows. Their history is kept, with the user."""
    with recorded("delete", who=by):
        rows.delete()
