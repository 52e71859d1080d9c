"""Every entry that one word hits, and how well, in one pass over the index of names."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import connections
from numpy.typing import NDArray

from models_catalog.models import SearchKey
from models_catalog.models.search_key import INSIDE, PREFIX

Hits = dict[int, NDArray[Any]]
"""Place (1 is best) → ids of the entries that have a key with a hit at this place. An entry may stand at several."""

_PACKED = """
SELECT tier + CASE WHEN key = %s THEN 0 WHEN starts_with(key, %s) THEN {prefix} ELSE {inside} END,
    string_agg(int8send(entry_id), '')
FROM ({keys}) keys GROUP BY 1
"""


def hits(alias: str, folded: str, *, is_one_of_many: bool = False) -> Hits:
    """`folded` as a whole name, or as one of several words of which short ones have to begin a key."""
    if not folded:
        return {}
    keys = SearchKey.objects.using(alias)
    chosen = keys.holding_word(folded) if is_one_of_many else keys.holding(folded)
    sql, params = chosen.values("tier", "key", "entry_id").query.sql_with_params()
    statement = _PACKED.format(keys=sql, prefix=PREFIX, inside=INSIDE)
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [folded, folded, *params])
        rows = cursor.fetchall()
    return {place: np.frombuffer(ids, dtype=">i8").astype(np.int64) for place, ids in rows}
