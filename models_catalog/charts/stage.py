"""Chart of stages: a bar for each latest stage, and a hollow one for entries without an event."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.charts.chart import Chart, ChartFinding, sentences
from models_catalog.charts.drawing.bars import Bars, word_bars
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.plotted import Entries, Plotted, marks
from models_catalog.models.vocabulary import Field, Stage


def plot(entries: Entries) -> Plotted:
    """One row per entry with a stage, in the order of the stages. Columns: names, stage."""
    rows = marks(["stage"], entries, lambda entry: [[entry.stage]] if entry.stage else [])
    place = {stage: place for place, stage in enumerate(Stage.values)}
    return Plotted.of(rows.sort_values("stage", key=lambda stages: stages.map(place), kind="stable"), entries)


def draw(plotted: Plotted, links: Links) -> Bars:
    counts = plotted.entries_by("stage")
    return word_bars(Stage, _("Stage"), counts, plotted.missing, lambda value: links.catalog(stage=value))


def find(plotted: Plotted) -> ChartFinding:
    counts = plotted.entries_by("stage")
    title = _("%(released)d of %(total)d entries have been released; %(planned)d are only planned") % {
        "released": counts[Stage.RELEASED], "planned": counts[Stage.PLANNED], "total": plotted.total,
    }  # fmt: skip
    summary = _("%(announced)d are announced, %(beta)d in beta and %(in_use)d in use.") % {
        "announced": counts[Stage.ANNOUNCED], "beta": counts[Stage.BETA], "in_use": counts[Stage.IN_USE],
    }  # fmt: skip
    unstated = _("Of %(unplaced)d no stage is stated.") % {"unplaced": plotted.missing}
    return ChartFinding(title, sentences(summary, unstated))


CHART = Chart(
    name="stage",
    place=6,
    label=gettext_lazy("Stage"),
    subtitle=gettext_lazy("Entries by latest stage in our sources. The hollow bar is “not stated”."),
    note=gettext_lazy("A stage is as of the day of its article."),
    unplaced=gettext_lazy("No event in our sources"),
    field=Field.EVENT,
    plot=plot,
    draw=draw,
    find=find,
    alike=("stage",),
)
