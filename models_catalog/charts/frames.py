"""What each chart plots, as pandas frames: the only module that imports pandas.

Import it where a chart is built, not at the top of a view: pandas costs a second and 69 MB.

Every frame is language-free, but for the order of names, and holds one row a mark. The column `slug` names the entry, so that the entries
placed, each counted once, and those that could not be placed add up to the filtered rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from models_catalog.charts.drawing.words import Evidence, Precision
from models_catalog.models import Claim, Entry, EntryDeveloper, MarketFigure
from models_catalog.models.labels import name_order
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Basis, DeveloperKind, Field, FigureUnit, Stage, Status, strongest

COUNTS = (FigureUnit.MODELS, FigureUnit.ORGANISATIONS)
"""Market figures that count something of which the registry keeps a list."""

_NAMES = ["slug", "name_zh", "name_en"]
_OF_UNPLACED = [*_NAMES, "category", "undisclosed", "not_applicable"]


@dataclass(frozen=True)
class Plotted:
    """The rows of one chart, and what it has no place for."""

    rows: pd.DataFrame
    unplaced: Sequence[Entry | MarketFigure]

    @property
    def placed(self) -> int:
        """Entries with at least one row; one with three sectors counts once."""
        return int(self.rows["slug"].nunique())

    @property
    def total(self) -> int:
        return self.placed + len(self.unplaced)

    def entries_by(self, *columns: str, count: str = "slug") -> dict[Any, int]:
        """Entries, each counted once, by one column's values or by tuples of several. `count`: other things to count."""
        groups = self.rows.groupby(list(columns) if len(columns) > 1 else columns[0])[count].nunique()
        return {key: int(number) for key, number in groups.items()}

    def records(self, most: int | None = None) -> list[dict[str, Any]]:
        """The first rows as dicts, None where a value is missing."""
        rows = self.rows.head(most) if most is not None else self.rows
        return [
            {str(column): None if value is pd.NA else value for column, value in row.items()}
            for row in rows.astype(object).to_dict("records")
        ]


def timeline(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry with a release date, by the kind of its first developer (`""`: none stated) and day.

    Columns: names, developer_kind, released_stated, released_earliest and released_latest (ISO days, both
    included), precision.
    """
    kinds = dict(
        EntryDeveloper.objects.filter(entry__in=_keys(entries), position=1).values_list(
            "entry__slug", "developer__kind"
        )
    )
    rows = []
    for *names, stated, released in _values(entries.exclude(released=None), "released_stated", "released"):
        days = days_of(released)
        precision = Precision.EXACT if days.first == days.last else Precision.INTERVAL
        rows.append(
            [*names, kinds.get(names[0], ""), stated, _iso(days.first), _iso(days.last), precision.value]
        )
    columns = ["developer_kind", "released_stated", "released_earliest", "released_latest", "precision"]
    frame = _frame(rows, columns)
    place = frame["developer_kind"].map(_order([*DeveloperKind.values, ""]))
    frame = frame.assign(place=place).sort_values(["place", "released_earliest", "released_latest", "slug"])
    return _plotted(frame.drop(columns="place"), entries)


def parameters(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry with a size, largest lower bound first.

    Columns: names, parameters_stated, parameters_low and parameters_high (both included, missing where the
    end is open), precision.
    """
    rows = []
    sized = entries.exclude(parameters=None)
    for *names, stated, numbers in _values(sized, "parameters_stated", "parameters"):
        low, high = (interval := interval_of(numbers)).low, interval.high
        rows.append([*names, stated, low, high, _precision(low, high)])
    frame = _frame(rows, ["parameters_stated", "parameters_low", "parameters_high", "precision"])
    frame = frame.astype({"parameters_low": "Int64", "parameters_high": "Int64"})
    by = ["parameters_low", "parameters_high", "slug"]
    return _plotted(frame.sort_values(by, ascending=[False, False, True]), entries)


def sectors(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry and sector. Columns: names, sector, sector_zh, sector_en, category (`""`: not stated), basis."""
    claims = Claim.objects.accepted().filter(field=Field.SECTOR, entry__in=_keys(entries)).order_by()
    bases: dict[tuple[str, str], list[str]] = {}
    for entry, sector, basis in claims.values_list("entry__slug", "sector__slug", "basis"):
        bases.setdefault((entry, sector), []).append(basis)
    through = Entry.sectors.through.objects.filter(entry__in=_keys(entries))
    rows = through.order_by(
        "sector__position", "sector__slug", f"entry__{name_order()}", "entry__slug"
    ).values_list(
        *(f"entry__{name}" for name in _NAMES),
        "sector__slug",
        "sector__name_zh",
        "sector__name_en",
        "entry__category",
    )
    told = [[*row, strongest(bases.get((row[0], row[3]), ())).value] for row in rows]
    return _plotted(_frame(told, ["sector", "sector_zh", "sector_en", "category", "basis"]), entries)


def developers(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry and developer. Columns: names, developer, developer_zh, developer_en, developer_kind."""
    through = EntryDeveloper.objects.filter(entry__in=_keys(entries))
    rows = through.order_by(
        f"developer__{name_order()}", f"entry__{name_order()}", "entry__slug"
    ).values_list(
        *(f"entry__{name}" for name in _NAMES),
        "developer__slug",
        "developer__name_zh",
        "developer__name_en",
        "developer__kind",
    )
    return _plotted(_frame(rows, ["developer", "developer_zh", "developer_en", "developer_kind"]), entries)


def openness(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry whose openness is stated. Columns: names, openness."""
    return _plotted(_frame(_values(entries.exclude(openness=""), "openness"), ["openness"]), entries)


def stage(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry with an event, in the order of the stages. Columns: names, stage."""
    frame = _frame(_values(entries.exclude(stage=""), "stage"), ["stage"])
    return _plotted(
        frame.sort_values("stage", key=lambda s: s.map(_order(Stage.values)), kind="stable"), entries
    )


def coverage(entries: QuerySet[Entry]) -> Plotted:
    """One row an entry and field. Columns: names, field, evidence; every entry is placed.

    The evidence of a field is the most telling that readers see: a dispute before a statement, a statement
    before an inference, that before a curator's knowledge; without any claim it is not stated.
    """
    states: dict[tuple[str, str], Evidence] = {}
    claims = Claim.objects.public().filter(entry__in=_keys(entries))
    for slug, field, status, basis in claims.values_list(
        "entry__slug", "field", "status", "basis"
    ).distinct():
        evidence = Evidence.DISPUTED if status == Status.DISPUTED else _EVIDENCE[Basis(basis)]
        states[slug, field] = min(evidence, states.get((slug, field), evidence), key=_TELLING.index)
    rows = [
        [*names, field, states.get((names[0], field), Evidence.UNSTATED).value]
        for names in _values(entries)
        for field in Field.values
    ]
    return _plotted(_frame(rows, ["field", "evidence"]), entries)


def market(_entries: QuerySet[Entry]) -> Plotted:
    """One row a dated count of the market, earliest first. It is about the field, not about entries: no filter applies.

    Columns: names, unit, low and high (both included, missing where open), precision, as_of_earliest,
    as_of_latest, scope_zh, scope_en, counted_by_zh, counted_by_en, sources (slugs joined with `; `).
    """
    figures = list(MarketFigure.objects.filter(unit__in=COUNTS).prefetch_related("evidence__source"))
    rows = [_market_row(figure) for figure in figures if figure.as_of]
    frame = _frame(rows, _MARKET_COLUMNS).astype({"low": "Int64", "high": "Int64"})
    unplaced = [figure for figure in figures if not figure.as_of]
    return Plotted(
        frame.sort_values(["as_of_earliest", "as_of_latest", "low", "slug"], ignore_index=True), unplaced
    )


_EVIDENCE: Mapping[Basis, Evidence] = {
    Basis.STATED: Evidence.STATED,
    Basis.INFERRED: Evidence.INFERRED,
    Basis.CURATOR: Evidence.CURATOR,
}
_TELLING = [Evidence.DISPUTED, Evidence.STATED, Evidence.INFERRED, Evidence.CURATOR]
_MARKET_COLUMNS = [
    "unit", "low", "high", "precision", "as_of_earliest", "as_of_latest",
    "scope_zh", "scope_en", "counted_by_zh", "counted_by_en", "sources",
]  # fmt: skip


def _market_row(figure: MarketFigure) -> list[Any]:
    low, high = _whole_bounds(figure.value)
    days = days_of(figure.as_of)
    sources = dict.fromkeys(row.source.slug for row in figure.evidence.all() if row.source)
    return [
        figure.slug, figure.name_zh, figure.name_en, figure.unit, low, high, _precision(low, high),
        _iso(days.first), _iso(days.last), figure.scope_zh, figure.scope_en,
        figure.counted_by_zh, figure.counted_by_en, "; ".join(sources),
    ]  # fmt: skip


def _whole_bounds(value: Any) -> tuple[int | None, int | None]:
    """The inclusive whole bounds of a range of decimals; “more than 120” is kept as 120 and above, as sizes are."""
    low = None if value.lower is None else int(value.lower)
    high = None if value.upper is None else int(value.upper) - (not value.upper_inc)
    return low, high


def _precision(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return Precision.OPEN.value
    return (Precision.EXACT if low == high else Precision.INTERVAL).value


def _plotted(rows: pd.DataFrame, entries: QuerySet[Entry]) -> Plotted:
    placed = set(rows["slug"])
    named = _plain(entries).only(*_OF_UNPLACED)
    return Plotted(rows.reset_index(drop=True), [entry for entry in named if entry.slug not in placed])


def _frame(rows: Iterable[Sequence[Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([list(row) for row in rows], columns=[*_NAMES, *columns], dtype=object)


def _values(entries: QuerySet[Entry], *columns: str) -> Iterable[tuple[Any, ...]]:
    return _plain(entries).values_list(*_NAMES, *columns)


def _keys(entries: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    return _plain(entries).order_by().values("pk")


def _plain(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same rows in the same order, without what a page would load beside them."""
    return entries.select_related(None).prefetch_related(None)


def _order(values: Sequence[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(values)}


def _iso(day: date) -> str:
    return day.isoformat()
