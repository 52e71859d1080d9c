"""Chart of the fields with evidence: for each field of each entry, the evidence behind its value."""

from collections.abc import Mapping
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.charts.chart import (
    Chart,
    ChartFinding,
    claim_urls,
    entry_url,
    joined,
    most,
    named,
    sentences,
)
from models_catalog.charts.drawing.bars import Bars, Segment, bars
from models_catalog.charts.drawing.figure import DRAWN, Drawing, FigureCell, FigureTable
from models_catalog.charts.drawing.grid import HUES, Evidence, Grid, GridLine, GridMark
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.plotted import Entries, Plotted, Said, marks
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Basis, Field, Status

_OF_BASIS: Mapping[str, Evidence] = {
    Basis.STATED: Evidence.STATED,
    Basis.INFERRED: Evidence.INFERRED,
    Basis.CURATOR: Evidence.CURATOR,
}
SAID = Said(Claim.objects.public, ("field", "status", "basis"))
_TELLING = [Evidence.DISPUTED, Evidence.STATED, Evidence.INFERRED, Evidence.CURATOR]


def plot(entries: Entries) -> Plotted:
    """One row per entry and field. Columns: names, field, evidence; every entry is placed.

    The evidence of a field is the first of these that public claims have: disputed, stated, inferred, curator's
    addition; without any claim it is not stated.
    """
    found: dict[tuple[int, str], Evidence] = {}
    for pk, field, status, basis in SAID.of(entries):
        evidence = Evidence.DISPUTED if status == Status.DISPUTED else _OF_BASIS[basis]
        found[pk, field] = min(evidence, found.get((pk, field), evidence), key=_TELLING.index)
    rows = marks(
        ["field", "evidence"],
        entries,
        lambda entry: [
            [field, found.get((entry.pk, field), Evidence.UNSTATED).value] for field in Field.values
        ],
    )
    return Plotted.of(rows, entries)


def draw(plotted: Plotted, links: Links) -> Drawing:
    """A mark for each field of each entry, or a bar for each field if there are more than DRAWN entries."""
    return _by_field(plotted) if plotted.placed > DRAWN else _by_entry(plotted, links)


def _by_field(plotted: Plotted) -> Bars:
    counts = plotted.entries_by("field", "evidence")
    segments = [
        Segment(
            str(one.label), HUES[one], [counts[field.value, one.value] for field in Field], [""] * len(Field)
        )
        for one in Evidence
    ]
    return bars(_("Field"), [str(field.label) for field in Field], segments)


def _by_entry(plotted: Plotted, links: Links) -> Grid:
    columns = [str(field.label) for field in Field]
    urls = claim_urls(plotted, links, Field, "-status")  # what is in dispute opens its dispute
    place = {field.value: column for column, field in enumerate(Field)}
    lines = []
    for _slug, rows in groupby(plotted.records(), key=lambda row: str(row["slug"])):
        cells = list(rows)
        name = named(cells[0])
        marks = [
            _mark(place[row["field"]], Evidence(row["evidence"]), name, columns)._replace(
                url=urls.get((row["slug"], row["field"]), "")
            )
            for row in cells
        ]
        lines.append(GridLine(name, entry_url(cells[0], links), marks))
    cells_of = [
        [
            FigureCell(line.label, line.url),
            *(FigureCell(str(mark.evidence.label), mark.url) for mark in line.marks),
        ]
        for line in lines
    ]
    return Grid(FigureTable([_("Entry"), *columns], cells_of), columns, lines)


def _mark(column: int, evidence: Evidence, name: str, columns: list[str]) -> GridMark:
    return GridMark(column, evidence, f"{name} · {columns[column]}{_(': ')}{evidence.label}")


def find(plotted: Plotted) -> ChartFinding:
    cells = plotted.entries_by("field", "evidence")
    counts = plotted.rows_by("evidence")
    fields = counts.total()
    missing = {field: count for (field, evidence), count in cells.items() if evidence == Evidence.UNSTATED}
    backed = fields - counts[Evidence.UNSTATED] - counts[Evidence.CURATOR]
    title = _("Articles back %(backed)d of %(total)d fields; %(disputed)d of them are disputed") % {
        "backed": backed, "total": fields, "disputed": counts[Evidence.DISPUTED],
    }  # fmt: skip
    summary = _(
        "%(entries)d entries with %(fields)d fields each: %(stated)d stated, %(inferred)d inferred, %(disputed)d disputed, "
        "%(curator)d added by curators, %(unstated)d not stated."
    ) % {
        "entries": plotted.placed, "fields": len(Field), "stated": counts[Evidence.STATED],
        "inferred": counts[Evidence.INFERRED], "curator": counts[Evidence.CURATOR],
        "unstated": counts[Evidence.UNSTATED], "disputed": counts[Evidence.DISPUTED],
    }  # fmt: skip
    if missing:
        least = joined(Field(field).label for field in most(missing)[0])
        summary = sentences(summary, _("Least often stated: %(field)s.") % {"field": least})
    return ChartFinding(title, summary)


CHART = Chart(
    name="coverage",
    place=8,
    label=gettext_lazy("Fields with evidence"),
    subtitle=gettext_lazy("Every field of every entry. A hollow square is not stated in our sources."),
    of_many=gettext_lazy("Entries by what backs each field. What is hollow is not stated in our sources."),
    note=gettext_lazy("A field is disputed where two claims disagree; the entry's page shows both."),
    unplaced=gettext_lazy("Entries without a row"),
    plot=plot,
    draw=draw,
    find=find,
    alike=(),
    said=SAID,
)
