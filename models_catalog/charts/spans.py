"""The charts with one row an entry or finding on one axis: releases, sizes, market counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_catalog.charts.drawing.axes import count_axis, date_axis, size_axis
from models_catalog.charts.drawing.drawings import DRAWN, Cell, Group, Span, Spans, Table
from models_catalog.charts.drawing.words import Precision
from models_catalog.charts.frames import Plotted
from models_catalog.charts.links import Links
from models_catalog.charts.naming import entry_url, named
from models_catalog.models.vocabulary import DeveloperKind, FigureUnit
from models_catalog.text.dates import format_days
from models_catalog.text.days import Days
from models_catalog.text.quantities import Interval, format_quantity

Row = Mapping[str, Any]


def timeline(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    groups = [
        Group(f"{kind_label(kind)} · {len(spans)}", spans)
        for kind, kind_rows in groupby(rows, key=lambda row: str(row["developer_kind"]))
        if (spans := [_released(row) for row in kind_rows])
    ]
    days = [row[end] for row in rows for end in ("released_earliest", "released_latest")]
    headings = [_("Entry"), _("Kind of developer"), _("Release date"), _("As stated"), _("Precision")]
    cells = [
        [
            Cell(named(row), entry_url(row)),
            Cell(kind_label(row["developer_kind"])),
            Cell(days_words(row)),
            Cell(row["released_stated"]),
            Cell(str(Precision(row["precision"]).label)),
        ]
        for row in rows
    ]
    return Spans(date_axis(days or ["2023-01-01"]), groups, Table(headings, cells))


def _released(row: Row) -> Span:
    words = f"{named(row)}{_(': ')}{days_words(row)}"
    ends = row["released_earliest"], row["released_latest"]
    return Span(named(row), entry_url(row), *ends, Precision(row["precision"]), words)


def days_words(row: Row, column: str = "released") -> str:
    ends = (date.fromisoformat(row[f"{column}_{end}"]) for end in ("earliest", "latest"))
    return format_days(Days(*ends), get_language() or "")


def kind_label(kind: str) -> str:
    return str(DeveloperKind(kind).label) if kind else _("Developer not stated")


def parameters(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    ends = [row[end] for row in rows for end in ("parameters_low", "parameters_high") if row[end]]
    spans = [
        Span(
            named(row), entry_url(row), row["parameters_low"], row["parameters_high"],
            Precision(row["precision"]), f"{named(row)}{_(': ')}{size_of(row)}",
        )
        for row in rows
    ]  # fmt: skip
    headings = [_("Entry"), _("Parameters"), _("As stated"), _("Precision")]
    cells = [
        [
            Cell(named(row), entry_url(row)),
            Cell(size_of(row), is_number=True),
            Cell(row["parameters_stated"]),
            Cell(str(Precision(row["precision"]).label)),
        ]
        for row in rows
    ]
    return Spans(size_axis(ends), [Group("", spans)], Table(headings, cells))


def size_of(row: Row) -> str:
    interval = Interval(row["parameters_low"], row["parameters_high"])
    return format_quantity(interval, get_language() or "")


def market(plotted: Plotted, _links: Links) -> Spans:
    rows = plotted.records(DRAWN)
    ends = [row[end] for row in rows for end in ("low", "high") if row[end] is not None]
    groups = [
        _market_group(_("Models"), FigureUnit.MODELS, rows),
        _market_group(_("Organisations"), FigureUnit.ORGANISATIONS, rows),
    ]
    headings = [_("As of"), _("What was counted"), _("Count"), _("Unit"), _("Counted by"), _("Scope")]
    cells = [
        [
            Cell(days_words(row, "as_of")),
            Cell(named(row), _figure_url(row)),
            Cell(count_words(row["low"], row["high"]), is_number=True),
            Cell(str(FigureUnit(row["unit"]).label)),
            Cell(named(row, "counted_by")),
            Cell(named(row, "scope")),
        ]
        for row in rows
    ]
    return Spans(
        count_axis(max(ends, default=1)), [group for group in groups if group.spans], Table(headings, cells)
    )


def _market_group(heading: str, unit: FigureUnit, rows: Sequence[Row]) -> Group:
    return Group(heading, [_counted(row) for row in rows if row["unit"] == unit])


def _counted(row: Row) -> Span:
    label = f"{row['as_of_earliest'][:7]} · {named(row, 'counted_by')}\n{named(row)}"
    words = f"{days_words(row, 'as_of')} · {named(row, 'counted_by')}{_(': ')}{count_words(row['low'], row['high'])}"
    words += f"\n{named(row)}"
    return Span(label, _figure_url(row), row["low"], row["high"], Precision(row["precision"]), words)


def _figure_url(row: Row) -> str:
    return f"{reverse('market')}#{row['slug']}"


def count_words(low: int | None, high: int | None) -> str:
    """A count for a reader: `79`, `≥120`, `80–99`."""
    if low is None:
        return f"≤{high:,}"
    if high is None:
        return f"≥{low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
