"""Chart of openness: a bar for each token, and a hollow one for entries without any."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.charts.chart import Chart, ChartFinding
from models_catalog.charts.drawing.bars import Bars, word_bars
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.plotted import Entries, Plotted, marks
from models_catalog.models.vocabulary import Field, Openness


def plot(entries: Entries) -> Plotted:
    """One row per entry with stated openness. Columns: names, openness."""
    rows = marks(["openness"], entries, lambda entry: [[entry.openness]] if entry.openness else [])
    return Plotted.of(rows, entries)


def draw(plotted: Plotted, links: Links) -> Bars:
    counts = plotted.entries_by("openness")
    return word_bars(
        Openness, _("Openness"), counts, plotted.missing, lambda value: links.catalog(openness=value)
    )


def find(plotted: Plotted) -> ChartFinding:
    counts = plotted.entries_by("openness")
    title = _("%(open)d of %(total)d entries are stated to be open source, %(closed)d to be closed source") % {
        "open": counts[Openness.OPEN], "closed": counts[Openness.CLOSED], "total": plotted.total,
    }  # fmt: skip
    return ChartFinding(
        title, _("For the other %(unplaced)d, no source says.") % {"unplaced": plotted.missing}
    )


CHART = Chart(
    name="openness",
    place=5,
    label=gettext_lazy("Openness"),
    subtitle=gettext_lazy("Entries by openness, as the articles state it. The hollow bar is not stated."),
    note=gettext_lazy("Not stated does not mean closed: the articles do not say."),
    unplaced=gettext_lazy("No word on openness in our sources"),
    field=Field.OPENNESS,
    plot=plot,
    draw=draw,
    find=find,
    alike=("openness",),
)
