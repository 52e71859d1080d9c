"""Rows of a chart, made from the selected entries.

Rows are a pandas frame with one row per mark and no translated text. The column `slug` names the entry; the placed
entries, each counted once, and the unplaced ones add up to the selected entries. Of many entries, those that are alike
are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from models_catalog.catalog.index.alike import Alike
from models_catalog.catalog.rows import EntryRow
from models_catalog.models import Claim, Entry, MarketFigure
from models_catalog.models.labels import name_order

if TYPE_CHECKING:
    import pandas as pd

NAMES = ["slug", "name_zh", "name_en"]
"""First columns of every frame."""

Entries = Sequence[EntryRow]
"""The selected entries, in order."""

Record = Mapping[str, Any]
"""One row of a frame: column → value, None if missing."""


@dataclass(frozen=True)
class Said:
    """What claims say of entries: columns of claims, none of which has a colon or comma."""

    claims: Callable[[], QuerySet[Claim]]
    columns: Sequence[str]

    def of(self, entries: Entries) -> Iterator[tuple[Any, ...]]:
        """Entry id and each set of values, as text."""
        if isinstance(entries, Alike):
            yield from ((row.pk, *one.split(":")) for row in entries for one in row.told.split(",") if one)
            return
        claims = self.claims().filter(entry__in=[row.pk for row in entries]).order_by()
        for pk, *values in claims.values_list("entry", *self.columns).distinct():
            yield pk, *map(str, values)

    def texts(self, entries: RawSQL) -> QuerySet[Claim, tuple[int, str]]:
        """Entry id and its sets of values, as one text."""
        parts = [(Value(":"), Cast(column, CharField())) for column in self.columns]
        joined = Concat(*[part for pair in parts for part in pair][1:])
        claims = self.claims().filter(entry__in=entries).order_by()
        return claims.values_list("entry").annotate(said=StringAgg(joined, ",", distinct=True))


@dataclass(frozen=True)
class Plotted:
    """The rows of one chart, and the entries or figures that it cannot place."""

    rows: pd.DataFrame
    unplaced: Sequence[EntryRow | MarketFigure]
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Slug of placed entries that are alike → their number; empty if each has its own rows."""
    unlisted: int = 0
    """The number of entries without a place besides `unplaced`."""

    @classmethod
    def of(cls, rows: pd.DataFrame, entries: Entries) -> Plotted:
        """These rows; the entries without any are unplaced."""
        placed = set(rows["slug"])
        return cls(rows.reset_index(drop=True), [entry for entry in entries if entry.slug not in placed])

    @cached_property
    def placed(self) -> int:
        """Number of entries with at least one row; an entry with three sectors counts once."""
        return sum(self.numbers.values()) if self.numbers else int(self.rows["slug"].nunique())

    @property
    def missing(self) -> int:
        """Number of entries without a place."""
        return len(self.unplaced) + self.unlisted

    @property
    def total(self) -> int:
        return self.placed + self.missing

    def number(self, slug: str) -> int:
        """The number of entries that the rows of this slug are of."""
        return self.numbers.get(slug, 1)

    def entries_by(self, *columns: str, count: str = "slug") -> Counter[Any]:
        """Number of distinct entries (or of distinct values of column `count`) by value of one column, or by tuple of
        several.
        """
        each = self.rows.drop_duplicates([*columns, count])
        return self._summed(each, columns, each["slug"].map(self.number) if count == "slug" else 1)

    def rows_by(self, column: str) -> Counter[Any]:
        """Number of rows, each entry having its own, by value of a column."""
        return self._summed(self.rows, (column,), self.rows["slug"].map(self.number))

    def _summed(self, rows: pd.DataFrame, columns: Sequence[str], numbers: Any) -> Counter[Any]:
        groups = (
            rows.assign(number=numbers)
            .groupby(list(columns) if len(columns) > 1 else columns[0])["number"]
            .sum()
        )
        return Counter({key: int(number) for key, number in groups.items()})

    def records(self, most: int | None = None) -> list[dict[str, Any]]:
        """The rows, or the first `most`, as dicts with None for missing values."""
        rows = self.rows if most is None else self.rows.head(most)
        whole = rows.astype(object)
        return [
            {str(column): value for column, value in row.items()}
            for row in whole.where(rows.notna(), None).to_dict("records")
        ]


def frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A frame of rows with the names, then these columns."""
    import pandas as pd  # imported where a chart is built: costs a second and 69 MB

    return pd.DataFrame([list(row) for row in rows], columns=[*NAMES, *columns], dtype=object)


def marks(
    columns: Sequence[str],
    entries: Entries,
    marks_of: Callable[[EntryRow], Iterable[Sequence[Any]]],
) -> pd.DataFrame:
    """A frame of each entry's marks: its names, then these columns."""
    return frame(
        columns, ([row.slug, row.name_zh, row.name_en, *mark] for row in entries for mark in marks_of(row))
    )


def by_name(entries: Entries) -> Entries:
    """The same entries by name, in the reader's language; those that are alike have none."""
    if isinstance(entries, Alike):
        return entries
    rows = {row.pk: row for row in entries}
    order = Entry.objects.filter(pk__in=rows).order_by(name_order(), "slug")
    return [rows[pk] for pk in order.values_list("pk", flat=True)]
