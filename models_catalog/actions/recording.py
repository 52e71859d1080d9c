"""Saying for the history who does something, in which action, and from which import."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory

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
