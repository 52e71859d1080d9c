"""Definition of a chart: its texts, and the functions from entries to rows, rows to a drawing, and rows to a finding.

Rows are a pandas frame with one row per mark and no translated text. The column `slug` names the entry; the placed
entries, each counted once, and the unplaced ones add up to the selected entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.drawing.figure import DRAWN, Drawing, figure_json
from models_catalog.charts.drawing.links import Links
from models_catalog.models import Claim, Entry, MarketFigure
from models_catalog.models.addresses import address
from models_catalog.models.labels import in_english, name_order
from models_catalog.models.vocabulary import Field

if TYPE_CHECKING:
    import pandas as pd
    from django_stubs_ext import StrOrPromise

NAMES = ["slug", "name_zh", "name_en"]
"""First columns of every frame."""

Entries = Sequence[EntryRow]
"""The selected entries, in order."""

Record = Mapping[str, Any]
"""One row of a frame: column → value, None if missing."""


class ChartFinding(NamedTuple):
    """The message of a chart for the current rows, as a title and a few sentences."""

    title: str
    summary: str


@dataclass(frozen=True)
class Plotted:
    """The rows of one chart, and the entries or figures that it cannot place."""

    rows: pd.DataFrame
    unplaced: Sequence[EntryRow | MarketFigure]

    @classmethod
    def of(cls, rows: pd.DataFrame, entries: Entries) -> Plotted:
        """These rows; the entries without any are unplaced."""
        placed = set(rows["slug"])
        return cls(rows.reset_index(drop=True), [entry for entry in entries if entry.slug not in placed])

    @cached_property
    def placed(self) -> int:
        """Number of entries with at least one row; an entry with three sectors counts once."""
        return int(self.rows["slug"].nunique())

    @property
    def total(self) -> int:
        return self.placed + len(self.unplaced)

    def entries_by(self, *columns: str, count: str = "slug") -> Counter[Any]:
        """Number of distinct entries (or of distinct values of column `count`) by value of one column, or by tuple of
        several.
        """
        groups = self.rows.groupby(list(columns) if len(columns) > 1 else columns[0])[count].nunique()
        return Counter({key: int(number) for key, number in groups.items()})

    def records(self, most: int | None = None) -> list[dict[str, Any]]:
        """The rows, or the first `most`, as dicts with None for missing values."""
        rows = self.rows if most is None else self.rows.head(most)
        whole = rows.astype(object)
        return [
            {str(column): value for column, value in row.items()}
            for row in whole.where(rows.notna(), None).to_dict("records")
        ]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart. `name` is in its address and is the module's name; `place` is its position on the page of all charts.

    `field` is the field that unplaced entries have no value of. `of_entries` is false if the filters do not apply.
    `find` is called only if there are rows.
    """

    name: str
    place: int
    label: StrOrPromise
    subtitle: StrOrPromise
    note: StrOrPromise
    unplaced: StrOrPromise
    plot: Callable[[Entries], Plotted]
    draw: Callable[[Plotted, Links], Drawing]
    find: Callable[[Plotted], ChartFinding]
    field: Field | None = None
    of_entries: bool = True
    of_many: StrOrPromise = ""
    """Subtitle for more than `DRAWN` entries, which the drawing aggregates."""

    def build(self, entries: Entries, links: Links) -> Built:
        """The chart of these entries."""
        return Built(self, self.plot(entries), links, len(entries))


@dataclass(frozen=True)
class Built:
    """A chart with its rows. `finding` is None if there is nothing to draw."""

    chart: Chart
    plotted: Plotted
    links: Links
    of: int
    """The number of entries that were selected."""

    @cached_property
    def drawing(self) -> Drawing:
        return self.chart.draw(self.plotted, self.links)

    @cached_property
    def finding(self) -> ChartFinding | None:
        return self.chart.find(self.plotted) if self.plotted.placed else None

    @property
    def title(self) -> str:
        return self.finding.title if self.finding else str(self.chart.label)

    @property
    def subtitle(self) -> str:
        is_of_many = self.chart.of_many and self.plotted.placed > DRAWN
        return str(self.chart.of_many if is_of_many else self.chart.subtitle)

    @property
    def hidden(self) -> int:
        """Number of placed entries that the figure and table leave to the CSV, to stay readable."""
        return max(0, self.plotted.placed - DRAWN) if self.drawing.is_cut else 0

    def figure(self) -> dict[str, Any]:
        """The figure for JSON; its texts, counts and unplaced entries are in `layout.meta`."""
        meta = {
            "name": self.chart.name,
            "title": self.title,
            "subtitle": self.subtitle,
            "summary": self.finding.summary if self.finding else "",
            "placed": self.plotted.placed,
            "total": self.plotted.total,
            "drawn": self.plotted.placed - self.hidden,
            "unplaced": [{name: getattr(row, name) for name in NAMES} for row in self.plotted.unplaced],
        }
        return figure_json(self.drawing, meta)


# --- From entries to rows ------------------------------------------------------------------------------------------


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


def by_name(entries: Entries) -> list[EntryRow]:
    """The same entries by name, in the reader's language."""
    rows = {row.pk: row for row in entries}
    order = Entry.objects.filter(pk__in=rows).order_by(name_order(), "slug")
    return [rows[pk] for pk in order.values_list("pk", flat=True)]


# --- Words ---------------------------------------------------------------------------------------------------------


def named(row: Record, column: str = "name") -> str:
    """`<column>_zh` or `<column>_en` by the reader's language, the other as fallback."""
    pair = (row[f"{column}_en"], row[f"{column}_zh"])
    return str(pair[0] or pair[1]) if in_english() else str(pair[1] or pair[0])


def entry_url(row: Record, links: Links) -> str:
    return f"{address('entry', row['slug'])}{links.state}"


def claim_urls(
    plotted: Plotted, links: Links, fields: Iterable[Field], *first: str, **more: Any
) -> dict[tuple[str, str], str]:
    """Slug and field → address of the first claim behind the value, at its place on the entry's page.

    The preferred of the present are first; `first` are columns that weigh more.
    """
    claims = Claim.objects.public().filter(
        entry__slug__in=plotted.rows["slug"].unique(), entry__is_listed=True, field__in=fields, **more
    )
    same = ("entry_id", "field")
    weight = (*first, "is_earlier", "status", "-preferred", "source__position", "pk")
    keys = claims.order_by(*same, *weight).distinct(*same).values_list("entry__slug", "field", "key")
    return {(slug, of): f"{entry_url({'slug': slug}, links)}#{key}" for slug, of, key in keys}


def with_stated(words: str, stated: str) -> str:
    """A value as words, with those of the source if they differ."""
    if not stated or stated == words:
        return words
    return _("%(value)s (“%(stated)s”)") % {"value": words, "stated": stated}


def most(counts: Mapping[str, int]) -> tuple[list[str], int]:
    """The values with the highest count, sorted, and that count."""
    highest = max(counts.values())
    return sorted(value for value, count in counts.items() if count == highest), highest


def joined(names: Iterable[object]) -> str:
    return _(" and ").join(str(name) for name in names)
