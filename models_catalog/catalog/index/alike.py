"""Entries with the same values as one row, so that charts of many entries count on the columns in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isinf
from typing import Any

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.db.models.expressions import RawSQL

from models_catalog.catalog.facets import RANGES
from models_catalog.catalog.index.coded import Array
from models_catalog.catalog.index.columns import Bounds
from models_catalog.catalog.index.matching import Matching
from models_catalog.catalog.index.ordering import in_order
from models_catalog.catalog.index.state import IndexState
from models_catalog.catalog.rows import EntryRow, References
from models_catalog.models import Developer

Told = Callable[[RawSQL], Iterable[tuple[int, str]]]
"""From a subquery of entry ids to what the database tells of some of these entries, as text."""

FIRST_KIND = "first_developer_kind"
"""In place of a column: the kind of the first developer, of whom nothing else is known then."""
_COLUMNS = {FIRST_KIND: "developer"}


@dataclass(slots=True)
class AlikeEntries(EntryRow):
    """All entries with the same values of some columns. Reading a field of another column raises AttributeError."""

    told: str = ""
    ids: list[int] = field(default_factory=list)


class Alike(list[AlikeEntries]):
    """Entries in the filter's order of their first, as one row for all that are alike; `ids` are those of all."""

    ids: Array

    def among(self, slugs: Collection[str]) -> list[int]:
        """The ids of the entries of these rows, in the filter's order."""
        ids = [pk for row in self if row.slug in slugs for pk in row.ids]
        return [int(pk) for pk in self.ids[np.isin(self.ids, ids)]]


def alike(matching: Matching, columns: Collection[str], told: Told | None) -> Alike:
    """The entries that pass the filter, by their values of these columns and by what is told of them."""
    state, found = matching.state, Alike()
    found.ids = np.concatenate([np.zeros(0, dtype=np.int64), *in_order(matching)])
    rows, ids = state.rows(found.ids), found.ids.tolist()
    texts = dict(told(subquery(ids)) if told else ())
    values = {name: _values(state, name) for name in columns}
    codes = {name: state.columns[_COLUMNS.get(name, name)].codes[rows] for name in columns}
    keys = [_numbers(values[name])[codes[name]] for name in columns]
    for places in _groups([*keys, _numbers([texts.get(pk, "") for pk in ids])]):
        own = {name: values[name][codes[name][places[0]]] for name in columns}
        alike_ids = [ids[place] for place in places]
        found.append(_row(state.references, own, alike_ids, texts.get(alike_ids[0], "")))
    return found


def subquery(ids: Collection[int]) -> RawSQL:
    """A subquery of ids, which would be too many as parameters."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def _values(state: IndexState, name: str) -> Sequence[Any]:
    """Code → value of a column."""
    if name != FIRST_KIND:
        return state.columns[name].values.parsed
    known = {str(pk): row.kind for pk, row in state.references.developers.items()}
    made_by = state.columns["developer"].values.parsed
    return [tuple(known[pk] for pk in some if pk in known)[:1] for some in made_by]


def _numbers(values: Sequence[Hashable]) -> Array:
    """The same number for the same value."""
    numbers: dict[Hashable, int] = {}
    each = (numbers.setdefault(value, len(numbers)) for value in values)
    return np.fromiter(each, dtype=np.int64, count=len(values))


def _groups(keys: Sequence[Array]) -> list[list[int]]:
    """The places that have the same numbers in all of these, in the order of their first."""
    joined = keys[0]
    for key in keys[1:]:
        joined = np.unique(joined * (key.max(initial=0) + 1) + key, return_inverse=True)[1]
    groups: dict[int, list[int]] = {}
    for place, key in enumerate(joined.tolist()):
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _row(known: References, own: Mapping[str, Any], ids: list[int], told: str) -> AlikeEntries:
    row = AlikeEntries.__new__(AlikeEntries)  # without the fields of other columns
    row.pk, row.slug, row.told, row.ids = ids[0], f"#{ids[0]}", told, ids
    row.name_zh = row.name_en = row.parameters_stated = row.released_stated = ""
    row.parent = None
    for name, value in own.items():
        if name == FIRST_KIND:
            row.developers = [Developer(kind=kind) for kind in value]
        elif name == "developer":
            row.developers = [known.developers[int(pk)] for pk in value if int(pk) in known.developers]
        elif name == "sector":
            row.sectors = [one for pk, one in known.sectors.items() if str(pk) in value]
        else:
            setattr(row, name, _range(name, value) if name in RANGES else ",".join(value))
    return row


def _range(name: str, value: Bounds | None) -> DateRange | NumericRange | None:
    """A value of the index as PostgreSQL gives it."""
    if value is None:
        return None
    kind, whole = (DateRange, date.fromordinal) if name == "released" else (NumericRange, int)
    if value.is_empty:
        return kind(empty=True)
    ends = (value.low, value.high + 1)
    return kind(*(None if isinf(end) else whole(int(end)) for end in ends))
