"""Chart of developers by type: the number of entries of each type, next to the number of its developers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from models_catalog.catalog.facets import UNSTATED
from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import Chart, ChartFinding, joined, most, named
from models_catalog.charts.drawing.bars import Bars, Segment, with_unstated
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.palette import BLUE, GREEN
from models_catalog.charts.plotted import Entries, Plotted, by_name, marks
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import DeveloperKind, Field


def plot(entries: Entries) -> Plotted:
    """One row per entry and developer, by name.

    Columns: names, developer, developer_zh, developer_en, developer_kind.
    """
    order: dict[str, str] = {}

    def made_by(entry: EntryRow) -> list[list[str]]:
        order.update({one.slug: getattr(one, name_order()) for one in entry.developers})
        return [[one.slug, one.name_zh, one.name_en, one.kind] for one in entry.developers]

    columns = ["developer", "developer_zh", "developer_en", "developer_kind"]
    rows = marks(columns, by_name(entries), made_by)
    return Plotted.of(
        rows.sort_values("developer", key=lambda slugs: slugs.map(order), kind="stable"), entries
    )


def draw(plotted: Plotted, links: Links) -> Bars:
    """Types of developer by number of entries, then of developers."""
    entries = plotted.entries_by("developer_kind")
    makers = plotted.entries_by("developer_kind", count="developer")
    kinds = sorted(entries, key=lambda kind: (-entries[kind], -makers[kind], kind))
    urls = [links.catalog(developer_kind=kind) for kind in kinds]
    segments = [
        Segment(_("Entries"), BLUE, [entries[kind] for kind in kinds], urls),
        Segment(_("Developers"), GREEN, [makers[kind] for kind in kinds], urls),
    ]
    unstated = Segment(_("Developer not stated"), "", [plotted.missing], [links.catalog(developer=UNSTATED)])
    labels = [str(DeveloperKind(kind).label) for kind in kinds]
    return with_unstated(_("Kind of developer"), labels, segments, unstated, grouped=True)


def find(plotted: Plotted) -> ChartFinding:
    kinds, count = most(plotted.entries_by("developer_kind"))
    makers = plotted.rows["developer"].nunique()
    busiest, built = most(plotted.entries_by("developer"))
    names = {row["developer"]: named(row, "developer") for row in plotted.records()}
    title = _("Leading kind of developer: %(kinds)s, with %(count)d of %(placed)d entries") % {
        "kinds": joined(DeveloperKind(kind).label for kind in kinds), "count": count, "placed": plotted.placed,
    }  # fmt: skip
    summary = ngettext(
        "%(makers)d developer is named: %(busiest)s, with %(built)d.",
        "%(makers)d developers are named; %(busiest)s has the most entries (%(built)d).",
        makers,
    ) % {"makers": makers, "busiest": joined(names[maker] for maker in busiest), "built": built}
    return ChartFinding(title, summary)


CHART = Chart(
    name="developers",
    place=4,
    label=gettext_lazy("Developers by kind"),
    subtitle=gettext_lazy("Entries and the developers that build them, by kind of developer."),
    note=gettext_lazy(
        "A joint entry counts once in the kind of each of its developers, and once in the total."
    ),
    unplaced=gettext_lazy("No developer in our sources"),
    field=Field.DEVELOPER,
    plot=plot,
    draw=draw,
    find=find,
    alike=("developer",),
)
