"""Parameters: the size of each entry on a logarithmic axis, as a point, a range, or a line with an open end."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import Chart, ChartFinding, Entries, Plotted, Record, entry_url, marks, named
from models_catalog.charts.drawing.axes import size_axis, size_words
from models_catalog.charts.drawing.figure import DRAWN, FigureCell, FigureTable
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.spans import Span, SpanGroup, SpanPrecision, Spans
from models_catalog.models.ranges import interval_of
from models_catalog.models.vocabulary import Field

ENDS = ["parameters_low", "parameters_high"]


def plot(entries: Entries) -> Plotted:
    """One row an entry with a size, largest lower bound first.

    Columns: names, parameters_stated, parameters_low and parameters_high (both included, missing where the end is open),
    precision.
    """

    def sized(entry: EntryRow) -> list[list[str | int | None]]:
        if entry.parameters is None:
            return []
        low, high = (interval := interval_of(entry.parameters)).low, interval.high
        return [[entry.parameters_stated, low, high, SpanPrecision.of(low, high).value]]

    rows = marks(["parameters_stated", *ENDS, "precision"], entries, sized).astype(
        dict.fromkeys(ENDS, "Int64")
    )
    return Plotted.of(rows.sort_values([*ENDS, "slug"], ascending=[False, False, True]), entries)


def draw(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    cells = [
        [
            FigureCell(named(row), entry_url(row)),
            FigureCell(_size(row), is_number=True),
            FigureCell(row["parameters_stated"]),
            FigureCell(str(SpanPrecision(row["precision"]).label)),
        ]
        for row in rows
    ]
    table = FigureTable([_("Entry"), _("Parameters"), _("As stated"), _("Precision")], cells)
    return Spans(table, size_axis(_sizes(rows)), [SpanGroup("", [_span(row) for row in rows])])


def _span(row: Record) -> Span:
    low, high = (row[end] for end in ENDS)
    return Span(named(row), entry_url(row), low, high, f"{named(row)}{_(': ')}{_size(row)}")


def find(plotted: Plotted) -> ChartFinding:
    rows = plotted.records()
    counts = plotted.entries_by("precision")
    low, high = (_rounded_up(extreme(_sizes(rows))) for extreme in (min, max))
    title = _("Stated sizes range from %(low)s to %(high)s; %(exact)d of %(placed)d are exact") % {
        "low": size_words(low, low), "high": size_words(high, high),
        "exact": counts[SpanPrecision.EXACT], "placed": plotted.placed,
    }  # fmt: skip
    summary = _(
        "The largest, by its lower bound, is %(name)s (%(size)s). For %(interval)d only a range is stated, "
        "for %(open)d only a minimum or a maximum."
    ) % {
        "name": named(rows[0]), "size": _size(rows[0]),
        "interval": counts[SpanPrecision.INTERVAL], "open": counts[SpanPrecision.OPEN],
    }  # fmt: skip
    return ChartFinding(title, summary)


def _size(row: Record) -> str:
    return size_words(row["parameters_low"], row["parameters_high"])


def _sizes(rows: Sequence[Record]) -> list[int]:
    """The ends that are not open."""
    return [row[end] for row in rows for end in ENDS if row[end]]


def _rounded_up(size: int) -> int:
    """The upper end of an order of magnitude as the round number under which it lies."""
    return size + 1 if (size + 1) % 10**6 == 0 else size


CHART = Chart(
    name="parameters",
    place=2,
    label=gettext_lazy("Parameters"),
    subtitle=gettext_lazy(
        "One row for each entry, on a log scale. A dot is exact, a bar is a range, and a hollow end has no stated limit."
    ),
    note=gettext_lazy("“千亿级” (100B class) is an order of magnitude, so it is drawn as a range."),
    unplaced=gettext_lazy("Size not stated"),
    field=Field.PARAMETERS,
    plot=plot,
    draw=draw,
    find=find,
)
