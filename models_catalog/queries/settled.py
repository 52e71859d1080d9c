"""How far histories can be read by whoever goes on from there later, so that nothing is passed over.

Numbers are given when a row of history is written, and seen when its transaction ends: an import that takes minutes holds numbers
below those that others have committed meanwhile. No clock says when that is over, least of all one that was put back.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import Max

_WRITERS = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = ANY(%s::regclass[])
)
"""
"""Whether somebody else has written into one of these tables, and has not ended yet."""


def settled_ends(histories: Sequence[Any]) -> list[int]:
    """Of each history the number up to which it is whole; 0 for all while somebody is writing: ask again later."""
    ends = [model.objects.aggregate(end=Max("pgh_id"))["end"] for model in histories]
    # In this order: whoever begins to write after the numbers were read gets higher ones, whoever began before is seen here.
    with connections[histories[0].objects.db].cursor() as cursor:
        cursor.execute(_WRITERS, [[model._meta.db_table for model in histories]])
        is_written = cursor.fetchone()[0]
    return [0 if is_written else end or 0 for end in ends]
