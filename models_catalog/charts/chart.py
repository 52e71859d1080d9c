"""Definition of a chart: its texts, and the functions from entries to rows, rows to a drawing, and rows to a finding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from models_catalog.catalog.index.alike import alike
from models_catalog.catalog.index.matching import Matching
from models_catalog.catalog.rows import page_rows
from models_catalog.charts.drawing.figure import DRAWN, Drawing, figure_json
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.plotted import NAMES, Entries, Plotted, Record, Said
from models_catalog.models import Claim
from models_catalog.models.addresses import address
from models_catalog.models.labels import in_english
from models_catalog.models.vocabulary import Field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LISTED = 200
"""Entries without a place whose names are shown."""


class ChartFinding(NamedTuple):
    """The message of a chart for the current rows, as a title and a few sentences."""

    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart. `name` is in its address and is the module's name; `place` is its position on the page of all charts.

    `field` is the field that unplaced entries have no value of. `of_entries` is false if the filters do not apply.
    `find` is called only if there are rows. `alike` are the columns of the index that `plot` goes by, `said` the claims
    that it goes by: of many entries, those that are alike in both are plotted as one. `of_each` are columns of single entries.
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
    alike: Collection[str]
    said: Said | None = None
    of_each: Collection[str] = ()
    field: Field | None = None
    of_entries: bool = True
    of_many: StrOrPromise = ""
    """Subtitle for more than `DRAWN` entries, which the drawing aggregates."""

    def build(self, entries: Entries, links: Links) -> Built:
        """The chart of these entries."""
        return Built(self, self.plot(entries), links, len(entries))

    def count(self, matching: Matching, links: Links) -> Built:
        """The chart of many entries, counted on the columns in memory; those with a place have rows if they are few."""
        if not self.of_entries:
            return Built(self, self.plot(()), links, matching.total)
        entries = alike(matching, self.alike, self.said.texts if self.said else None)
        plotted = self.plot(entries)
        numbers = {row.slug: len(row.ids) for row in entries}
        placed = {slug: numbers[slug] for slug in plotted.rows["slug"].unique() if slug in numbers}
        unplaced = entries.among(numbers.keys() - placed)
        if sum(placed.values()) > DRAWN:
            rows, numbers = plotted.rows, placed
        else:
            few = page_rows(entries.among(placed), matching.state.references)
            rows, numbers = self.plot(few).rows, {}
        listed = page_rows(unplaced[:LISTED], matching.state.references)
        return Built(
            self, Plotted(rows, listed, numbers, len(unplaced) - len(listed)), links, len(entries.ids)
        )


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
    def file(self) -> Plotted:
        """The rows for files: of entries that were counted, those that differ in a column that is counted, with their number."""
        if not self.plotted.numbers:
            return self.plotted
        rows = self.plotted.rows.drop(columns=[*NAMES, *self.chart.of_each])
        numbers = self.plotted.rows["slug"].map(self.plotted.number)
        groups = rows.assign(rows=numbers).groupby(list(rows.columns), dropna=False, sort=False)
        return Plotted(groups["rows"].sum().reset_index(), self.plotted.unplaced)

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


def sentences(*some: str) -> str:
    """These sentences in a row; Chinese has no space between them."""
    return (" " if in_english() else "").join(some)
