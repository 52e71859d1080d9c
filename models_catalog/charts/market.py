"""Chart of counts of models and developers: who counted how many, and when. About the market, not about entries."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.charts.chart import Chart, ChartFinding, named
from models_catalog.charts.drawing.axes import count_axis, count_words, days_words
from models_catalog.charts.drawing.figure import DRAWN, FigureCell, FigureTable
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.spans import Span, SpanGroup, SpanPrecision, Spans
from models_catalog.charts.plotted import Entries, Plotted, Record, frame
from models_catalog.models import MarketFigure
from models_catalog.models.addresses import address
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import FigureUnit

COUNTS = (FigureUnit.MODELS, FigureUnit.ORGANISATIONS)
"""Units of market figures that count something the registry lists."""

_COLUMNS = [
    "unit", "low", "high", "precision", "as_of_earliest", "as_of_latest",
    "scope_zh", "scope_en", "counted_by_zh", "counted_by_en", "sources",
]  # fmt: skip


def plot(_entries: Entries) -> Plotted:
    """One row per dated count of the market, earliest first; no filter applies.

    Columns: names, unit, low and high (inclusive, missing if open), precision, as_of_earliest, as_of_latest, scope_zh,
    scope_en, counted_by_zh, counted_by_en, sources (slugs joined with `; `).
    """
    figures = list(MarketFigure.objects.filter(unit__in=COUNTS).prefetch_related("evidence__source"))
    rows = frame(_COLUMNS, (_row(figure) for figure in figures if figure.as_of))
    rows = rows.astype({"low": "Int64", "high": "Int64"})
    order = ["as_of_earliest", "as_of_latest", "low", "slug"]
    return Plotted(
        rows.sort_values(order, ignore_index=True), [figure for figure in figures if not figure.as_of]
    )


def _row(figure: MarketFigure) -> list[Any]:
    low, high = _whole_bounds(figure.value)
    days = days_of(figure.as_of)
    sources = dict.fromkeys(row.source.slug for row in figure.evidence.all() if row.source)
    return [
        figure.slug, figure.name_zh, figure.name_en, figure.unit, low, high, SpanPrecision.of(low, high).value,
        days.first.isoformat(), days.last.isoformat(), figure.scope_zh, figure.scope_en,
        figure.counted_by_zh, figure.counted_by_en, "; ".join(sources),
    ]  # fmt: skip


def _whole_bounds(value: Any) -> tuple[int | None, int | None]:
    """The inclusive whole bounds of a decimal range; “more than 120” is kept as 120 and above, as for sizes."""
    low = None if value.lower is None else int(value.lower)
    high = None if value.upper is None else int(value.upper) - (not value.upper_inc)
    return low, high


def draw(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    groups = [
        SpanGroup(heading, [_span(row) for row in rows if row["unit"] == unit])
        for heading, unit in [
            (_("Models"), FigureUnit.MODELS),
            (_("Organisations"), FigureUnit.ORGANISATIONS),
        ]
    ]
    cells = [
        [
            FigureCell(_days(row)),
            FigureCell(named(row), _url(row)),
            FigureCell(_count(row), is_number=True),
            FigureCell(str(FigureUnit(row["unit"]).label)),
            FigureCell(named(row, "counted_by")),
            FigureCell(named(row, "scope")),
        ]
        for row in rows
    ]
    headings = [_("As of"), _("What was counted"), _("Count"), _("Unit"), _("Counted by"), _("Scope")]
    ends = [row[end] for row in rows for end in ("low", "high") if row[end] is not None]
    axis = count_axis(max(ends, default=1))
    return Spans(FigureTable(headings, cells), axis, [group for group in groups if group.spans])


def _span(row: Record) -> Span:
    label = f"{row['as_of_earliest'][:7]} · {named(row, 'counted_by')}\n{named(row)}"
    words = f"{_by_whom(row)}{_(': ')}{_count(row)}\n{named(row)}"
    return Span(label, _url(row), row["low"], row["high"], words)


def find(plotted: Plotted) -> ChartFinding:
    rows = [row for row in plotted.records() if row["unit"] == FigureUnit.MODELS] or plotted.records()
    if len(rows) == 1:
        return ChartFinding(f"{named(rows[0])}{_(': ')}{_count(rows[0])}", _by_whom(rows[0]))
    low = min(rows, key=lambda row: row["low"] if row["low"] is not None else 0)
    high = max(rows, key=lambda row: row["low"] if row["low"] is not None else row["high"])
    counters = len({row["counted_by_zh"] for row in rows})
    several = _(
        "Counts range from %(low)s to %(high)s, depending on who counted: %(counts)d counts by %(counters)d counters"
    )
    title = (several if counters > 1 else _("%(counts)d counts by one counter range from %(low)s to %(high)s")) % {
        "counts": len(rows), "counters": counters, "low": _count(low), "high": _count(high),
    }  # fmt: skip
    summary = _(
        "The lowest count is from %(low_by)s (%(low_of)s), the highest from %(high_by)s (%(high_of)s). "
        "They count different things: see the table."
    ) % {
        "low_by": named(low, "counted_by"), "low_of": named(low),
        "high_by": named(high, "counted_by"), "high_of": named(high),
    }  # fmt: skip
    return ChartFinding(title, summary)


def _days(row: Record) -> str:
    return days_words(row["as_of_earliest"], row["as_of_latest"])


def _by_whom(row: Record) -> str:
    return f"{_days(row)} · {named(row, 'counted_by')}"


def _url(row: Record) -> str:
    return f"{address('market')}#{row['slug']}"


def _count(row: Record) -> str:
    """A count as text: `79`, `≥120`, `80–99`."""
    low, high = row["low"], row["high"]
    if low is None:
        return f"≤{count_words(high)}"
    if high is None:
        return f"≥{count_words(low)}"
    return count_words(low) if low == high else f"{count_words(low)}–{count_words(high)}"


CHART = Chart(
    name="market",
    place=7,
    label=gettext_lazy("Counts of models and developers"),
    subtitle=gettext_lazy(
        "How many large models and developers were there? It depends on who counted. A dot is a count; a hollow end means “at least” or “at most”."
    ),
    note=gettext_lazy("These figures are about the market as a whole: the filters do not apply to them."),
    unplaced=gettext_lazy("Counts without a date"),
    of_entries=False,
    plot=plot,
    draw=draw,
    find=find,
    alike=(),
)
