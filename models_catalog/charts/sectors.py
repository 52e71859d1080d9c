"""Chart of sectors and categories: entries per sector, general-purpose or industry-specific."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.facets import UNSTATED
from models_catalog.catalog.rows import EntryRow
from models_catalog.charts.chart import Chart, ChartFinding, joined, most, named
from models_catalog.charts.drawing.bars import Bars, Segment, with_unstated
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.drawing.palette import BLUE, VERMILION
from models_catalog.charts.plotted import Entries, Plotted, Said, by_name, marks
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Basis, Category, Field, strongest

SAID = Said(
    lambda: Claim.objects.accepted().filter(field=Field.SECTOR).exclude(sector=None), ("sector", "basis")
)


def plot(entries: Entries) -> Plotted:
    """One row per entry and sector. Columns: names, sector, sector_zh, sector_en, category (`""`: none), basis."""
    bases = _bases(entries)
    order: dict[str, tuple[int, str]] = {}

    def meant_for(entry: EntryRow) -> list[list[str]]:
        order.update({one.slug: (one.position, one.slug) for one in entry.sectors})
        return [
            [one.slug, one.name_zh, one.name_en, entry.category, strongest(bases.get((entry.pk, one.pk), ())).value]
            for one in entry.sectors
        ]  # fmt: skip

    rows = marks(["sector", "sector_zh", "sector_en", "category", "basis"], by_name(entries), meant_for)
    return Plotted.of(rows.sort_values("sector", key=lambda slugs: slugs.map(order), kind="stable"), entries)


def _bases(entries: Entries) -> dict[tuple[int, int], list[str]]:
    """(Entry id, sector id) → bases of the accepted claims."""
    bases: dict[tuple[int, int], list[str]] = {}
    for entry, sector, basis in SAID.of(entries):
        bases.setdefault((entry, int(sector)), []).append(basis)
    return bases


def draw(plotted: Plotted, links: Links) -> Bars:
    """Sectors by number of entries, split by category; the entries without a sector last."""
    counts = plotted.entries_by("sector", "category")
    totals = plotted.entries_by("sector")
    names = _names(plotted)
    order = sorted(names, key=lambda sector: (-totals[sector], names[sector]))
    labels = [names[sector] for sector in order]
    segments = [
        Segment(
            label, hue,
            [counts[sector, category] for sector in order],
            [links.catalog(sector=sector, category=category or UNSTATED) for sector in order],
        )
        for category, label, hue in [
            (Category.GENERAL.value, str(Category.GENERAL.label), BLUE),
            (Category.INDUSTRY.value, str(Category.INDUSTRY.label), VERMILION),
            ("", _("Category not stated or not applicable"), ""),
        ]
    ]  # fmt: skip
    unstated = Segment(_("Industry not stated"), "", [plotted.missing], [links.catalog(sector=UNSTATED)])
    return with_unstated(_("Sector"), labels, segments, unstated)


def find(plotted: Plotted) -> ChartFinding:
    names = _names(plotted)
    leading, count = most(plotted.entries_by("sector"))
    categories = plotted.entries_by("category")
    bases = plotted.rows_by("basis")
    title = _(
        "Most entries: %(sectors)s, %(count)d of %(placed)d; %(stated)d industries of entries are stated, "
        "%(inferred)d inferred, %(curator)d added by curators"
    ) % {
        "sectors": joined(names[sector] for sector in leading), "count": count, "placed": plotted.placed,
        "stated": bases[Basis.STATED], "inferred": bases[Basis.INFERRED], "curator": bases[Basis.CURATOR],
    }  # fmt: skip
    summary = _(
        "The entries name %(sectors)d industries. Of the entries that name one, %(industry)d are industry-specific and "
        "%(general)d general-purpose; for %(unstated)d, the category is not stated or does not apply."
    ) % {
        "sectors": len(names), "industry": categories[Category.INDUSTRY],
        "general": categories[Category.GENERAL], "unstated": categories[""],
    }  # fmt: skip
    return ChartFinding(title, summary)


def _names(plotted: Plotted) -> dict[str, str]:
    return {row["sector"]: named(row, "sector") for row in plotted.records()}


CHART = Chart(
    name="sectors",
    place=3,
    label=gettext_lazy("Sectors and categories"),
    subtitle=gettext_lazy("Entries by target industry, split into general-purpose and industry-specific."),
    note=gettext_lazy("An entry with several industries counts once in each, and once in the total."),
    unplaced=gettext_lazy("No sector in our sources"),
    field=Field.SECTOR,
    plot=plot,
    draw=draw,
    find=find,
    alike=("sector", "category"),
    said=SAID,
)
