"""Release timeline: the day or days of each entry's release, by type of developer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.index.alike import FIRST_KIND
from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import (
    Chart,
    ChartFinding,
    claim_urls,
    entry_url,
    joined,
    most,
    named,
    with_stated,
)
from models_catalog.charts.drawing.axes import date_axis, days_words
from models_catalog.charts.drawing.bars import Bars, Segment, with_last
from models_catalog.charts.drawing.figure import DRAWN, Drawing, FigureCell, FigureTable
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.palette import BLUE
from models_catalog.charts.drawing.spans import Span, SpanGroup, SpanPrecision, Spans
from models_catalog.charts.plotted import Entries, Plotted, Record, marks
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import DeveloperKind, EventKind, Field

ENDS = ["released_earliest", "released_latest"]
_YEARS_BY_QUARTER = 6


def plot(entries: Entries) -> Plotted:
    """One row per entry with a release date, by type of its first developer (`""`: none stated), then by day.

    Columns: names, developer_kind, released_stated, released_earliest and released_latest (ISO days, inclusive),
    precision, developer (the first one's slug).
    """

    def released(entry: EntryRow) -> list[list[str | bool]]:
        if entry.released is None:
            return []
        kind, slug = (entry.developers[0].kind, entry.developers[0].slug) if entry.developers else ("", "")
        days = days_of(entry.released)
        ends = [days.first.isoformat(), days.last.isoformat()]
        return [[kind, entry.released_stated, *ends, SpanPrecision.of(*ends).value, slug, bool(entry.parent)]]

    rows = marks(
        ["developer_kind", "released_stated", *ENDS, "precision", "developer", "is_member"], entries, released
    )
    kinds = {kind: place for place, kind in enumerate([*DeveloperKind.values, ""])}
    rows = rows.assign(place=rows["developer_kind"].map(kinds)).sort_values(
        ["place", *ENDS, "is_member", "slug"]
    )
    return Plotted.of(rows.drop(columns=["place", "is_member"]), entries)


def draw(plotted: Plotted, links: Links) -> Drawing:
    """A row per launch (all releases of one developer on one day), or a bar per period with more than DRAWN entries."""
    return _periods(plotted, links) if plotted.placed > DRAWN else _days_of_each(plotted, links)


def _days_of_each(plotted: Plotted, links: Links) -> Spans:
    rows, found = plotted.records(), claim_urls(plotted, links, [Field.EVENT], event=EventKind.RELEASED)
    urls = {row["slug"]: found.get((row["slug"], Field.EVENT.value), entry_url(row, links)) for row in rows}
    groups = [
        SpanGroup(f"{_kind(kind)} · {len(of_kind)}", _spans(of_kind, links, urls))
        for kind, found in groupby(rows, key=lambda row: str(row["developer_kind"]))
        if (of_kind := list(found))
    ]
    cells = [
        [
            FigureCell(named(row), entry_url(row, links)),
            FigureCell(_kind(row["developer_kind"])),
            FigureCell(_days(row)),
            FigureCell(row["released_stated"], urls[row["slug"]]),
            FigureCell(str(SpanPrecision(row["precision"]).label)),
        ]
        for row in rows
    ]
    headings = [_("Entry"), _("Kind of developer"), _("Release date"), _("As stated"), _("Precision")]
    spans = [(row[ENDS[0]], row[ENDS[1]]) for row in rows]
    return Spans(FigureTable(headings, cells), date_axis(spans or [("2023-01-01", "2023-01-01")]), groups)


def _spans(rows: Sequence[Record], links: Links, urls: Mapping[str, str]) -> list[Span]:
    """Spans for the rows of one type of developer, in order; releases of one developer on one day are one span."""

    def launch(row: Record) -> tuple[str, ...]:
        is_day = row["developer"] and row["precision"] == SpanPrecision.EXACT
        return (row["developer"] if is_day else row["slug"], *(row[end] for end in ENDS))

    launches: dict[tuple[str, ...], list[Record]] = {}
    for row in rows:
        launches.setdefault(launch(row), []).append(row)
    return [_span(together, links, urls) for together in launches.values()]


def _span(rows: Sequence[Record], links: Links, urls: Mapping[str, str]) -> Span:
    earliest, latest = (rows[0][end] for end in ENDS)
    at = _days(rows[0])
    names = [named(row) for row in rows]
    if len(rows) == 1:
        url = urls[rows[0]["slug"]]
        words = with_stated(at, rows[0]["released_stated"])
        return Span(names[0], url, earliest, latest, f"{names[0]}{_(': ')}{words}", at)
    label = _("%(name)s and %(n)d more") % {"name": names[0], "n": len(rows) - 1}
    url = links.catalog(developer=rows[0]["developer"], released_from=earliest, released_to=latest)
    return Span(label, url, earliest, latest, f"{at}{_(': ')}{_(', ').join(names)}", at)


def _periods(plotted: Plotted, links: Links) -> Bars:
    """Releases by quarter, or by year if there are many; those in a longer period are hollow."""
    rows = plotted.records()
    days = [row[end] for row in rows for end in ENDS]
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    months = 3 if last.year - first.year < _YEARS_BY_QUARTER else 12
    counts: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if period := _period(row, months):
            counts[period] += plotted.number(row["slug"])
    begins = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13, months)]
    shown = [one for one in begins if min(counts, default=one) <= one <= max(counts, default=one)]
    known = Segment(
        _("Released"), BLUE, [counts[one] for one in shown], [_address(one, months, links) for one in shown]
    )
    labels = [f"{year} Q{(month + 2) // 3}" if months == 3 else str(year) for year, month in shown]
    heading = _("Quarter") if months == 3 else _("Year")
    vague = Segment(_("Only a longer period is stated"), "", [plotted.placed - counts.total()], [""])
    return with_last(heading, labels, [known], _("Longer period"), vague)


def _period(row: Record, months: int) -> tuple[int, int] | None:
    """Year and first month of the period that holds all its days; None if they lie in several."""
    begins = [(int(row[end][:4]), (int(row[end][5:7]) - 1) // months * months + 1) for end in ENDS]
    return begins[0] if begins[0] == begins[1] else None


def _address(begins: tuple[int, int], months: int, links: Links) -> str:
    year, month = begins
    ends = {"released_from": f"{year}-{month:02}", "released_to": f"{year}-{month + months - 1:02}"}
    return links.catalog(**ends, certainty="certain")


def find(plotted: Plotted) -> ChartFinding:
    rows = plotted.records()
    years: Counter[str] = Counter()
    for row in rows:
        year = row["released_earliest"][:4]
        years[year] += plotted.number(row["slug"]) * (year == row["released_latest"][:4])
    busiest, inside = most(years)
    kinds, largest = most(plotted.entries_by("developer_kind"))
    exact = plotted.rows_by("precision")[SpanPrecision.EXACT]
    first = min(rows, key=lambda row: row["released_earliest"])
    last = max(rows, key=lambda row: row["released_latest"])
    title = _("%(inside)d of the %(placed)d entries with a release date were released in %(year)s") % {
        "inside": inside, "placed": plotted.placed, "year": busiest[-1],
    }  # fmt: skip
    summary = (
        _(
            "The earliest release is %(first)s, the latest %(last)s. The exact day is known for %(exact)d; for %(interval)d, "
            "only a longer period. The largest group is %(kinds)s (%(most)d)."
        )
        if exact < plotted.placed
        else _(
            "The earliest release is %(first)s, the latest %(last)s. The exact day of each is known. "
            "The largest group is %(kinds)s (%(most)d)."
        )
    ) % {
        "first": _days(first), "last": _days(last), "exact": exact, "interval": plotted.placed - exact,
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
        "One row for each entry, by kind of developer. A dot is a day; a bar is a period that includes the release."
    ),
    of_many=gettext_lazy("Entries by the period in which they were released."),
    note=gettext_lazy("By the first developer of a joint entry. A plan is not a release."),
    unplaced=gettext_lazy("No release date in our sources"),
    field=Field.EVENT,
    plot=plot,
    draw=draw,
    find=find,
    alike=("released", FIRST_KIND),
    of_each=("released_stated", "developer"),
)
