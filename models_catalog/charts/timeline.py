"""Release timeline: the day or the days of each entry's release, by kind of developer."""

from collections import Counter
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import (
    Chart,
    ChartFinding,
    Entries,
    Plotted,
    Record,
    entry_url,
    joined,
    marks,
    most,
    named,
)
from models_catalog.charts.drawing.axes import date_axis, days_words
from models_catalog.charts.drawing.figure import DRAWN, FigureCell, FigureTable
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.spans import Span, SpanGroup, SpanPrecision, Spans
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import DeveloperKind, Field

ENDS = ["released_earliest", "released_latest"]


def plot(entries: Entries) -> Plotted:
    """One row an entry with a release date, by the kind of its first developer (`""`: none stated) and day.

    Columns: names, developer_kind, released_stated, released_earliest and released_latest (ISO days, both included),
    precision.
    """

    def released(entry: EntryRow) -> list[list[str]]:
        if entry.released is None:
            return []
        kind = entry.developers[0].kind if entry.developers else ""
        days = days_of(entry.released)
        ends = [days.first.isoformat(), days.last.isoformat()]
        return [[kind, entry.released_stated, *ends, SpanPrecision.of(*ends).value]]

    rows = marks(["developer_kind", "released_stated", *ENDS, "precision"], entries, released)
    kinds = {kind: place for place, kind in enumerate([*DeveloperKind.values, ""])}
    rows = rows.assign(place=rows["developer_kind"].map(kinds)).sort_values(["place", *ENDS, "slug"])
    return Plotted.of(rows.drop(columns="place"), entries)


def draw(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    groups = [
        SpanGroup(f"{_kind(kind)} · {len(spans)}", spans)
        for kind, of_kind in groupby(rows, key=lambda row: str(row["developer_kind"]))
        if (spans := [_span(row) for row in of_kind])
    ]
    cells = [
        [
            FigureCell(named(row), entry_url(row)),
            FigureCell(_kind(row["developer_kind"])),
            FigureCell(_days(row)),
            FigureCell(row["released_stated"]),
            FigureCell(str(SpanPrecision(row["precision"]).label)),
        ]
        for row in rows
    ]
    headings = [_("Entry"), _("Kind of developer"), _("Release date"), _("As stated"), _("Precision")]
    days = [row[end] for row in rows for end in ENDS]
    return Spans(FigureTable(headings, cells), date_axis(days or ["2023-01-01"]), groups)


def _span(row: Record) -> Span:
    earliest, latest = (row[end] for end in ENDS)
    return Span(named(row), entry_url(row), earliest, latest, f"{named(row)}{_(': ')}{_days(row)}")


def find(plotted: Plotted) -> ChartFinding:
    rows = plotted.records()
    years: Counter[str] = Counter()
    for row in rows:
        year = row["released_earliest"][:4]
        years[year] += year == row["released_latest"][:4]
    busiest, inside = most(years)
    kinds, largest = most(plotted.entries_by("developer_kind"))
    exact = sum(row["precision"] == SpanPrecision.EXACT for row in rows)
    first = min(rows, key=lambda row: row["released_earliest"])
    last = max(rows, key=lambda row: row["released_latest"])
    title = _("%(inside)d of the %(placed)d entries with a release date were released in %(year)s") % {
        "inside": inside, "placed": plotted.placed, "year": busiest[-1],
    }  # fmt: skip
    summary = _(
        "The earliest release is %(first)s, the latest %(last)s. The exact day is known for %(exact)d; for %(interval)d, "
        "only a longer period. The largest group is %(kinds)s (%(most)d)."
    ) % {
        "first": _days(first), "last": _days(last), "exact": exact, "interval": len(rows) - exact,
        "kinds": joined(map(_kind, kinds)), "most": largest,
    }  # fmt: skip
    return ChartFinding(title, summary)


def _days(row: Record) -> str:
    return days_words(row["released_earliest"], row["released_latest"])


def _kind(kind: str) -> str:
    return str(DeveloperKind(kind).label) if kind else _("Developer not stated")


CHART = Chart(
    name="timeline",
    place=1,
    label=gettext_lazy("Release timeline"),
    subtitle=gettext_lazy(
        "One row an entry, by kind of developer. A point is a day; a bar is an interval in which the release lies."
    ),
    note=gettext_lazy("By the first developer of a joint entry. A plan is not a release."),
    unplaced=gettext_lazy("No release date in our sources"),
    field=Field.EVENT,
    plot=plot,
    draw=draw,
    find=find,
)
