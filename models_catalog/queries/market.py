"""Market figures with their evidence."""

from django.db.models import Prefetch

from models_catalog.models import FigureEvidence, MarketFigure
from models_catalog.models.vocabulary import FigureUnit


def figures_by_unit() -> list[tuple[FigureUnit, list[MarketFigure]]]:
    """The figures under what they count, so that one table holds one unit."""
    evidence = FigureEvidence.objects.select_related("source").order_by("source__position", "line", "start")
    groups: dict[FigureUnit, list[MarketFigure]] = {unit: [] for unit in FigureUnit}
    for figure in MarketFigure.objects.prefetch_related(Prefetch("evidence", queryset=evidence)):
        groups[FigureUnit(figure.unit)].append(figure)
    return [(unit, figures) for unit, figures in groups.items() if figures]
