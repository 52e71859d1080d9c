"""Developers and sectors with their entries, and market figures with their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, CharField, Count, Func, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from models_catalog.models import Developer, Entry, FigureEvidence, MarketFigure, Sector
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import DeveloperKind, FigureUnit
from models_catalog.text.names import fold

SAMPLE = 6
"""Entries named next to each row of a list."""
DEVELOPERS_PAGE = 200
"""Developers on one page; longer lists can be searched."""
FIGURES_PAGE = 100
"""Market figures on one page."""
SHOWN = 100
"""Entries in the table of one developer or sector; the catalog has the rest."""

_LISTED = Q(entries__is_listed=True)


def _sample() -> Prefetch[str, QuerySet[Entry], str]:
    entries = Entry.objects.listed().order_by(name_order(), "slug")[:SAMPLE]
    return Prefetch("entries", queryset=entries, to_attr="sample")


def developers(q: str = "") -> QuerySet[Developer]:
    """The reviewed developers whose name or pinyin holds `q`, by kind and name, each with `entry_count` and its first
    entries as `sample`.
    """
    kinds = [When(kind=kind, then=Value(place)) for place, kind in enumerate(DeveloperKind)]
    counted = Developer.objects.reviewed().annotate(
        entry_count=Count("entries", filter=_LISTED, distinct=True),
        place=Case(*kinds, output_field=IntegerField()),
    )
    if q:
        letters = Func(
            "sort_key",
            Value("[^a-z]"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=CharField(),
        )
        named = Q(name_zh__icontains=q) | Q(name_en__icontains=q) | Q(pinyin__contains=fold(q) or q)
        counted = counted.annotate(pinyin=letters).filter(named)
    return (
        counted.select_related("parent").prefetch_related(_sample()).order_by("place", name_order(), "slug")
    )


def sectors() -> QuerySet[Sector]:
    """All sectors in their own order, each with `entry_count` and its first entries as `sample`."""
    counted = Sector.objects.annotate(entry_count=Count("entries", filter=_LISTED, distinct=True))
    return counted.prefetch_related(_sample())


def entries_of(owner: Developer | Sector) -> QuerySet[Entry]:
    """The listed entries of a developer or sector, by name."""
    column = "developers" if isinstance(owner, Developer) else "sectors"
    return Entry.objects.listed().filter(**{column: owner}).order_by(name_order(), "slug")


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
class FigureGroup:
    """The market figures of one unit, for one table."""

    unit: FigureUnit
    figures: list[MarketFigure]

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.unit])


def figures() -> QuerySet[MarketFigure]:
    """All market figures with their evidence, by unit and then in their own order."""
    evidence = FigureEvidence.objects.select_related("source").order_by("source__position", "line", "start")
    units = [When(unit=unit, then=Value(place)) for place, unit in enumerate(FigureUnit)]
    ordered = MarketFigure.objects.order_by(Case(*units, output_field=IntegerField()), "position", "slug")
    return ordered.prefetch_related(Prefetch("evidence", queryset=evidence))


def page_with(slug: str) -> int | None:
    """The number of the page of figures that holds this one; None if there is no such figure."""
    slugs = list(figures().values_list("slug", flat=True))
    return slugs.index(slug) // FIGURES_PAGE + 1 if slug in slugs else None


def by_unit(rows: Iterable[MarketFigure]) -> list[FigureGroup]:
    """These figures, which are in order, in tables of one unit each."""
    return [
        FigureGroup(FigureUnit(unit), list(some)) for unit, some in groupby(rows, key=lambda row: row.unit)
    ]
