"""Market figures with their evidence."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from models_catalog.models import FigureEvidence, MarketFigure
from models_catalog.models.vocabulary import FigureUnit

HEADINGS = {
    FigureUnit.MODELS: _("How many models"),
    FigureUnit.MODELS_PER_INDUSTRY: _("How many models in one industry"),
    FigureUnit.ORGANISATIONS: _("How many organisations"),
    FigureUnit.PERCENT: _("Shares (%)"),
    FigureUnit.USD: _("Amounts in US dollars"),
    FigureUnit.CNY: _("Amounts in yuan"),
    FigureUnit.PARAMETERS: _("Sizes, in parameters"),
    FigureUnit.PEOPLE: _("How many people"),
    FigureUnit.CHIPS: _("How many chips"),
    FigureUnit.PRODUCTS: _("How many products"),
    FigureUnit.MONTHS: _("Time in months"),
    FigureUnit.YEARS: _("Time in years"),
    FigureUnit.POINTS: _("Scores (points)"),
    FigureUnit.SECTORS: _("Which industries"),
    FigureUnit.REGIONS: _("Which regions"),
}


@dataclass
class Group:
    """The figures under what they count, so that one table holds one unit."""

    unit: FigureUnit
    figures: list[MarketFigure] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.unit])


def figures_by_unit() -> list[Group]:
    evidence = FigureEvidence.objects.select_related("source").order_by("source__position", "line", "start")
    groups = {unit: Group(unit) for unit in FigureUnit}
    for figure in MarketFigure.objects.prefetch_related(Prefetch("evidence", queryset=evidence)):
        groups[FigureUnit(figure.unit)].figures.append(figure)
    return [group for group in groups.values() if group.figures]
