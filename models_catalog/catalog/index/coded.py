"""Dictionary-encoded columns (each distinct value stored once), and the order of the rows by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Coded(Generic[Value]):
    """`codes[row]` is the index of the row's value in `values`, which maps database text to its index."""

    codes: Array
    values: Values[Value]

    def changed(self, rows: Array, texts: Iterable[str], size: int) -> Coded[Value]:
        """The column with `size` rows, of which `rows` hold `texts`."""
        values, codes = self.values.numbered(texts)
        grown = np.zeros(size, dtype=values.dtype)
        grown[: len(self.codes)] = self.codes
        grown[rows] = codes
        return Coded(grown, values)

    def tally(self, rows: Array | None) -> Array:
        """Code → number of rows with it, among `rows` or all."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes, minlength=len(self.values.texts))

    def where(self, fits: Callable[[Value], bool]) -> Array:
        """Boolean mask over the rows: whether the value fits."""
        return np.fromiter(map(fits, self.values.parsed), dtype=bool, count=len(self.values.texts))[
            self.codes
        ]

    def where_codes(self, codes: Collection[int]) -> Array:
        """Boolean mask over the rows: whether the code is one of these."""
        wanted = np.zeros(len(self.values.texts), dtype=bool)
        wanted[list(codes)] = True
        return wanted[self.codes]


@dataclass(frozen=True)
class Values(Generic[Value]):
    """The distinct values of a column in order of first occurrence, as text and `parsed`."""

    texts: dict[str, int]
    parse: Callable[[str], Value]

    @cached_property
    def parsed(self) -> list[Value]:
        return [self.parse(text) for text in self.texts]

    @property
    def dtype(self) -> type[np.unsignedinteger[Any]]:
        """The narrowest unsigned integer type that holds every code."""
        return next(
            kind for kind in (np.uint8, np.uint16, np.uint32) if len(self.texts) <= np.iinfo(kind).max
        )

    def numbered(self, texts: Iterable[str]) -> tuple[Values[Value], Array]:
        """The codes of these texts, and the values extended by the new ones."""
        known = _Numbers(self.texts)
        codes = np.fromiter(map(known.__getitem__, texts), dtype=np.uint32)
        if len(known) == len(self.texts):
            return self, codes
        return Values(dict(known), self.parse), codes


class _Numbers(dict[str, int]):
    """Assigns the next number to each new key."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def nothing(parse: Callable[[str], Value]) -> Coded[Value]:
    """An empty column."""
    return Coded(np.zeros(0, dtype=np.uint8), Values({}, parse))


Labels = tuple[str, ...]


class LabelMembership:
    """Index from single labels to the codes whose value, a set of labels, contains them; `unstated` is for the empty
    set.
    """

    def __init__(self, sets: Sequence[Labels], unstated: str) -> None:
        self.codes_of: dict[str, list[int]] = {}
        for code, labels in enumerate(sets):
            for label in set(labels) or (unstated,):
                self.codes_of.setdefault(label, []).append(code)
        self._labels = list(self.codes_of)
        self._codes = np.array([code for codes in self.codes_of.values() for code in codes], dtype=np.intp)
        lengths = [len(codes) for codes in self.codes_of.values()]
        self._places = np.repeat(np.arange(len(lengths)), lengths)

    def codes(self, labels: Iterable[str]) -> set[int]:
        """Codes of the values that contain any of the labels."""
        return {code for label in labels for code in self.codes_of.get(label, ())}

    def counts(self, tally: Array) -> Counter[str]:
        """Label → number of rows, without zeros, given the number of rows per code."""
        sums = np.bincount(self._places, weights=tally[self._codes], minlength=len(self._labels))
        return Counter({self._labels[place]: int(sums[place]) for place in np.flatnonzero(sums)})


@dataclass(frozen=True)
class NameOrder:
    """`rows` by name; `same[i]` is whether the sort key of row i equals that of the row before it."""

    rows: Array
    same: Array

    @cached_property
    def backwards(self) -> Array:
        """The rows from the last name to the first; rows with equal sort keys keep their order."""
        group = np.cumsum(~self.same)
        return self.rows[np.argsort(-group, kind="stable")]

    def ranks(self, size: int) -> Array:
        """Row (of `size` rows) → its position in the order, -1 for rows that are not listed."""
        ranks = np.full(size, -1, dtype=np.int32)
        ranks[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return ranks

    def without(self, rows: Array) -> NameOrder:
        same = self.same.copy()
        places = np.flatnonzero(np.isin(self.rows, rows))
        for place in places:
            if place + 1 < len(same):
                same[place + 1] &= same[place]
        return NameOrder(np.delete(self.rows, places), np.delete(same, places))

    def with_rows(self, size: int, placed: Iterable[tuple[int, int | None, bool, bool]]) -> NameOrder:
        """The order with new rows inserted; `size` is the number of rows of the state.

        `placed` yields, in order of name: row, the row before it (None if it is the first), and whether the rows before
        and after it have its sort key. LookupError if the row before is in neither order.
        """
        ranks = self.ranks(size)
        fresh: dict[int, int] = {}
        places, rows, same = [], [], []
        last_same = self.same.copy()
        for row, before, like_before, like_behind in placed:
            # After another new row means at the same insertion point.
            place = 0 if before is None else fresh.get(before, int(ranks[before]) + 1)
            if before is not None and before not in fresh and place == 0:
                raise LookupError(before)
            fresh[row] = place
            places.append(place)
            rows.append(row)
            same.append(like_before)
            if place < len(last_same):
                last_same[place] = like_behind
        return NameOrder(
            np.insert(self.rows, places, np.array(rows, dtype=self.rows.dtype)),
            np.insert(last_same, places, same),
        )
