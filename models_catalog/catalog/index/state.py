"""One immutable state of the index: the columns of every entry, and the orders by name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from models_catalog.catalog.index import load
from models_catalog.catalog.index.coded import Array, Coded, NameOrder, nothing
from models_catalog.catalog.index.columns import PARSERS
from models_catalog.catalog.index.load import Changes, between, version_of
from models_catalog.catalog.index.pieces import Pieces
from models_catalog.catalog.rows import References
from models_catalog.models.labels import name_order

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class IndexState:
    """One state of the index; row i of `listed` and of each of `columns` belongs to the entry `ids[i]`.

    `ids` are ascending. `orders` has the listed rows by each of the columns `load.NAME_ORDERS`.
    """

    alias: str
    seen: Changes
    references: References
    ids: Array
    listed: Array
    columns: dict[str, Coded[Any]]
    orders: dict[str, NameOrder]
    pieces: Pieces = field(default_factory=Pieces, compare=False)
    """What pages made of its entries; unlike `kept` it outlasts changes of other entries."""
    kept: dict[Any, Any] = field(default_factory=dict, init=False, compare=False)
    """Cache of results derived from this state."""

    @cached_property
    def version(self) -> Decimal:
        return version_of(self.seen)

    @property
    def names(self) -> NameOrder:
        """The listed rows by name, in the reader's language."""
        return self.orders[name_order()]

    def remembered(self, key: Any, work: Callable[[], Kept], most: int = 0) -> Kept:
        """The cached result of `work()`. If `most` is set, at most that many keys with the same first item are kept."""
        if key in self.kept:
            found: Kept = self.kept[key]
            return found
        made = self.kept[key] = work()
        if most:
            alike = [other for other in list(self.kept) if other[0] == key[0]]
            for other in alike[:-most]:
                self.kept.pop(other, None)
        return made

    def rows(self, ids: Any) -> Array:
        """The rows of entries. LookupError if one is unknown."""
        wanted = np.asarray(ids, dtype=np.int64)
        found = np.searchsorted(self.ids, wanted)
        if len(wanted) and (
            not len(self.ids) or (self.ids[np.minimum(found, len(self.ids) - 1)] != wanted).any()
        ):
            raise LookupError("an entry that this state does not have")
        return found

    def followed(self, now: Changes) -> IndexState:
        """The index at a later state `now`, which the database has: updated by entry if possible, else reloaded."""
        since = between(self.seen, now)
        # Reviewing a claim can show a developer or source to readers, or hide it.
        is_same = not since.references and since.entries == frozenset()
        references = self.references if is_same else References.load(self.alias)
        if since.entries is not None:
            changed = since.entries | self._made_by_renamed(references)
            pieces = Pieces() if since.references else self.pieces.without(changed)
            try:
                return replace(self._with(now, references, changed), pieces=pieces)
            except LookupError:  # a new entry with an id below others, or one that changed meanwhile
                pass
        return loaded(self.alias, now)

    def _made_by_renamed(self, now: References) -> set[int]:
        """The entries whose developers have other names now: whose word a claim is goes by the names."""
        before = {pk: (row.name_zh, row.name_en) for pk, row in self.references.developers.items()}
        renamed = {
            str(pk) for pk, row in now.developers.items() if before.get(pk) != (row.name_zh, row.name_en)
        }
        column = self.columns["developer"]
        codes = {code for code, made_by in enumerate(column.values.parsed) if not renamed.isdisjoint(made_by)}
        return {int(pk) for pk in self.ids[column.where_codes(codes)]} if codes else set()

    def _with(self, now: Changes, references: References, changed: Collection[int]) -> IndexState:
        if not changed:
            return replace(self, seen=now, references=references)
        found, *read = load.some_entries(self.alias, changed) or [()] * (2 + len(self.columns))
        numbers = np.array(found, dtype=np.int64)
        touched = np.flatnonzero(np.isin(self.ids, list(changed)))
        ids = np.concatenate([self.ids, numbers[numbers > self.ids.max(initial=0)]])
        grown = replace(self, seen=now, references=references, ids=ids, listed=np.zeros(len(ids), dtype=bool))
        rows = grown.rows(numbers)
        grown.listed[: len(self.listed)] = self.listed
        grown.listed[touched] = False  # a deleted entry stays as an unlisted row
        grown.listed[rows] = read[0]
        columns = {
            name: column.changed(rows, texts, len(ids))
            for (name, column), texts in zip(self.columns.items(), read[1:], strict=True)
        }
        orders = {by: grown._placed(order.without(touched), by, changed) for by, order in self.orders.items()}
        return replace(grown, columns=columns, orders=orders)

    def _placed(self, order: NameOrder, by: str, changed: Collection[int]) -> NameOrder:
        """The order by column `by`, with the changed entries at their new positions."""

        def row(pk: int | None) -> int | None:
            return None if pk is None else int(self.rows([pk])[0])

        placed = load.places_by_name(self.alias, by, changed)
        return order.with_rows(
            len(self.ids),
            [
                (int(self.rows([pk])[0]), row(before), like_before, like_behind)
                for pk, before, like_before, like_behind in placed
            ],
        )


def loaded(alias: str, now: Changes) -> IndexState:
    """The index, read from the database in full."""
    columns: dict[str, Coded[Any]] = {name: nothing(PARSERS[name]) for name in load.COLUMNS}
    parts: dict[str, list[Array]] = {name: [] for name in ("ids", "listed", *columns)}
    for numbers, are_listed, *texts in load.all_entries(alias):
        parts["ids"].append(np.array(numbers, dtype=np.int64))
        parts["listed"].append(np.array(are_listed, dtype=bool))
        for name, column in zip(columns, texts, strict=True):
            values, codes = columns[name].values.numbered(column)
            columns[name] = Coded(columns[name].codes, values)
            parts[name].append(codes.astype(values.dtype))
    for name, known in columns.items():
        columns[name] = Coded(_joined(parts[name], known.values.dtype), known.values)
    ids, listed = _joined(parts["ids"], np.int64), _joined(parts["listed"], bool)
    state = IndexState(alias, now, References.load(alias), ids, listed, columns, orders={})
    for by in load.NAME_ORDERS:
        by_name, same = load.by_name(alias, by)
        state.orders[by] = NameOrder(state.rows(by_name).astype(np.int32), same)
    return state


def _joined(parts: list[Array], dtype: Any) -> Array:
    return np.concatenate([np.zeros(0, dtype=dtype), *parts]).astype(dtype)
