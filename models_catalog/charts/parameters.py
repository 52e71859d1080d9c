"""Chart of parameters: each entry's size on a logarithmic axis, as a point, a range, or a line with an open end."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.index.alike import Alike, subquery
from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import Chart, ChartFinding, claim_urls, entry_url, named, with_stated
from models_catalog.charts.drawing.axes import size_axis, size_words
from models_catalog.charts.drawing.bars import Bars, Segment, with_last
from models_catalog.charts.drawing.figure import DRAWN, Drawing, FigureCell, FigureTable
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.palette import BLUE
from models_catalog.charts.drawing.spans import Span, SpanGroup, SpanPrecision, Spans
from models_catalog.charts.plotted import Entries, Plotted, Record, frame
from models_catalog.models import Claim, Entry
from models_catalog.models.ranges import interval_of
from models_catalog.models.vocabulary import Field, Status
from models_catalog.text.sizes import Interval

ENDS = ["parameters_low", "parameters_high"]


def plot(entries: Entries) -> Plotted:
    """One row per entry with a size, largest lower bound first, then one per disputed claim.

    Columns: names, parameters_stated, parameters_low and parameters_high (inclusive, missing if open), precision,
    standing (accepted, disputed).
    """
    sized = [entry for entry in entries if entry.parameters is not None]
    held = (
        [*_names(entry), *_mark(entry.parameters_stated, interval_of(entry.parameters), Status.ACCEPTED)]
        for entry in sized
    )
    columns = ["parameters_stated", *ENDS, "precision", "standing"]
    rows = frame(columns, [*held, *_disputed(entries, sized)]).astype(dict.fromkeys(ENDS, "Int64"))
    order = ["standing", *ENDS, "slug"]
    rows = rows.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    if isinstance(entries, Alike) and sized:
        ids = entries.among([str(rows.at[0, "slug"])])
        rows.at[0, "name_zh"], rows.at[0, "name_en"] = _first_by_slug(ids)
    return Plotted.of(rows, entries)


def _names(entry: EntryRow) -> list[str]:
    return [entry.slug, entry.name_zh, entry.name_en]


def _first_by_slug(ids: Collection[int]) -> tuple[str, str]:
    """The names of the first; "" if all have left since they were counted."""
    listed = Entry.objects.listed().filter(pk__in=subquery(ids))
    return listed.order_by("slug").values_list("name_zh", "name_en").first() or ("", "")


def _disputed(entries: Entries, sized: Sequence[EntryRow]) -> Iterator[list[str | int | None]]:
    """Rows of the disputed claims about entries with a size. Of entries that are alike each has a slug of its own."""
    names: dict[int, list[str]] = {entry.pk: _names(entry) for entry in sized}
    ids: Any = [*names]
    if isinstance(entries, Alike):
        names, ids = {}, subquery(entries.among({entry.slug for entry in sized}))
    claims = Claim.objects.filter(field=Field.PARAMETERS, status=Status.DISPUTED, entry__in=ids)
    for claim in claims.exclude(number=None).order_by("entry", "pk"):
        mark = _mark(claim.stated, interval_of(claim.number), Status.DISPUTED)
        yield [*names.get(claim.entry_id, [f"#{claim.entry_id} disputed", "", ""]), *mark]


def _mark(stated: str, size: Interval, standing: Status) -> list[str | int | None]:
    return [stated, size.low, size.high, SpanPrecision.of(size.low, size.high).value, standing.value]


def draw(plotted: Plotted, links: Links) -> Drawing:
    """A row per entry, or a bar per order of magnitude if there are more than DRAWN entries."""
    return _classes(plotted, links) if plotted.placed > DRAWN else _size_of_each(plotted, links)


def _size_of_each(plotted: Plotted, links: Links) -> Spans:
    rows, found = plotted.records(), claim_urls(plotted, links, [Field.PARAMETERS])
    urls = {
        row["slug"]: found.get((row["slug"], Field.PARAMETERS.value), entry_url(row, links)) for row in rows
    }
    cells = [
        [
            FigureCell(named(row), entry_url(row, links)),
            FigureCell(_size(row), is_number=True),
            FigureCell(row["parameters_stated"], urls[row["slug"]]),
            FigureCell(str(SpanPrecision(row["precision"]).label)),
            FigureCell(str(Status(row["standing"]).label)),
        ]
        for row in rows
    ]
    headings = [_("Entry"), _("Parameters"), _("As stated"), _("Precision"), _("Standing")]
    others: dict[str, list[Span]] = {}
    for row in rows:
        if row["standing"] == Status.DISPUTED:
            others.setdefault(row["slug"], []).append(_span(row, urls))
    spans = [_span(row, urls)._replace(disputed=others.get(row["slug"], ())) for row in _accepted(rows)]
    return Spans(FigureTable(headings, cells), size_axis(_sizes(rows)), [SpanGroup("", spans)])


def _classes(plotted: Plotted, links: Links) -> Bars:
    """Entries by order of magnitude; those that may belong to several are hollow."""
    powers: Counter[int] = Counter()
    for row in _accepted(plotted.records()):
        if (power := _power(row)) is not None:
            powers[power] += plotted.number(row["slug"])
    shown = range(min(powers, default=9), max(powers, default=9) + 1)
    urls = [
        links.catalog(
            parameters_min=str(10**power), parameters_max=str(10 ** (power + 1) - 1), certainty="certain"
        )
        for power in shown
    ]
    labels = [
        f"{size_words(10**power, 10**power)} – {size_words(10 ** (power + 1), 10 ** (power + 1))}"
        for power in shown
    ]
    known = Segment(_("Entries"), BLUE, [powers[power] for power in shown], urls)
    vague = Segment(_("May be in several classes"), "", [plotted.placed - powers.total()], [""])
    return with_last(_("Parameters"), labels, [known], _("Several classes"), vague)


def _power(row: Record) -> int | None:
    """The order of magnitude of a size; None if it may have several."""
    low, high = (row[end] for end in ENDS)
    if not low or not high:
        return None
    power = len(str(low)) - 1
    return power if len(str(high)) - 1 == power else None


def _accepted(rows: Sequence[Record]) -> list[Record]:
    return [row for row in rows if row["standing"] == Status.ACCEPTED]


def _span(row: Record, urls: Mapping[str, str]) -> Span:
    low, high = (row[end] for end in ENDS)
    words = with_stated(_size(row), row["parameters_stated"])
    return Span(named(row), urls[row["slug"]], low, high, f"{named(row)}{_(': ')}{words}")


def find(plotted: Plotted) -> ChartFinding:
    rows = _accepted(plotted.records())
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["precision"]] += plotted.number(row["slug"])
    is_one = len({row[end] for row in plotted.records() for end in ENDS}) == 1
    stated = (
        _sizes(rows) if len({*_sizes(rows)}) > 1 else _sizes(plotted.records())
    )  # disputed ones tell one apart
    low, high = _rounded_up(min(stated)), _rounded_up(max(stated))
    title = _("Stated sizes range from %(low)s to %(high)s; %(exact)d of %(placed)d are exact") % {
        "low": size_words(low, low), "high": size_words(high, high),
        "exact": counts[SpanPrecision.EXACT], "placed": plotted.placed,
    }  # fmt: skip
    largest = {"name": _largest(rows, plotted), "size": _size(rows[0])}
    if counts[SpanPrecision.EXACT] == plotted.placed:
        if is_one:
            title = _("All sizes shown are %(size)s") % largest
        return ChartFinding(title, _("The largest is %(name)s (%(size)s). All sizes are exact.") % largest)
    summary = _(
        "The largest, by its lower bound, is %(name)s (%(size)s). For %(interval)d only a range is stated, "
        "for %(open)d only a minimum or a maximum."
    ) % {**largest, "interval": counts[SpanPrecision.INTERVAL], "open": counts[SpanPrecision.OPEN]}
    return ChartFinding(title, summary)


def _largest(rows: Sequence[Record], plotted: Plotted) -> str:
    """The name of the first entry, and how many others have its size."""
    alike = (row["slug"] for row in rows if all(row[end] == rows[0][end] for end in ENDS))
    others = sum(map(plotted.number, alike)) - 1
    if not others:
        return named(rows[0])
    return _("%(name)s and %(n)d more") % {"name": named(rows[0]), "n": others}


def _size(row: Record) -> str:
    return size_words(row["parameters_low"], row["parameters_high"])


def _sizes(rows: Sequence[Record]) -> list[int]:
    """The ends that are not open."""
    return [row[end] for row in rows for end in ENDS if row[end]]


def _rounded_up(size: int) -> int:
    """The upper end of an order of magnitude (99…9) as the round number above it; other sizes unchanged."""
    return size + 1 if (size + 1) % 10**6 == 0 else size


CHART = Chart(
    name="parameters",
    place=2,
    label=gettext_lazy("Parameters"),
    subtitle=gettext_lazy(
        "One row for each entry, on a log scale. A dot is exact, a bar is a range, and a hollow end has no stated limit."
    ),
    of_many=gettext_lazy("Entries by order of magnitude."),
    note=gettext_lazy("“千亿级” (100B class) is an order of magnitude: a range, not a number."),
    unplaced=gettext_lazy("Size not stated"),
    field=Field.PARAMETERS,
    plot=plot,
    draw=draw,
    find=find,
    alike=("parameters",),
    of_each=("parameters_stated",),
)
