"""The tables of market figures and of the words that state them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from models_catalog.columns import Column
from models_catalog.dataset.organisations import as_they_are
from models_catalog.dataset.places import gloss_column, place_columns
from models_catalog.dataset.sources import day_of
from models_catalog.dataset.table import ForeignKey, Table
from models_catalog.models import FigureEvidence, MarketFigure
from models_catalog.models.vocabulary import Basis, FigureUnit


def _bound(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


_DAY = _("day")

FIGURES = Table(
    name="market-figures",
    one="MarketFigure",
    title=_("Market figures"),
    meaning=_("Findings about the market as a whole, with who counted and when."),
    columns=(
        Column("slug", _("Slug"), _("Names the figure."), "text", lambda r: r.slug, required=True),
        Column("name_zh", _("Chinese name"), _("What is counted."), "text", lambda r: r.name_zh, required=True),
        Column("name_en", _("English name"), _("What is counted."), "text", lambda r: r.name_en),
        Column("value_low", _("Value, least"), _("In `unit`; empty for “at most”."), "decimal", lambda r: _bound(r.value.lower)),
        Column("value_high", _("Value, most"), _("In `unit`; empty for “more than”."), "decimal", lambda r: _bound(r.value.upper)),
        Column("unit", _("Unit"), _("What the value counts."), "text", lambda r: r.unit, vocabulary=FigureUnit, required=True),
        Column("scope_zh", _("Scope (Chinese)"), _("What the count takes in."), "text", lambda r: r.scope_zh),
        Column("scope_en", _("Scope (English)"), _("What the count takes in."), "text", lambda r: r.scope_en),
        Column("as_of_earliest", _("As of, earliest"), _("The first day of which it may speak."), "date", lambda r: day_of(r.as_of, "first"), _DAY),
        Column("as_of_latest", _("As of, latest"), _("The last day of which it may speak."), "date", lambda r: day_of(r.as_of, "last"), _DAY),
        Column("counted_by_zh", _("Counted by (Chinese)"), _("Who counted."), "text", lambda r: r.counted_by_zh, required=True),
        Column("counted_by_en", _("Counted by (English)"), _("Who counted."), "text", lambda r: r.counted_by_en),
    ),
    key=("slug",),
    all=lambda: MarketFigure.objects.order_by("slug"),
    rows=as_they_are,
)  # fmt: skip

EVIDENCE = Table(
    name="market-figure-evidence",
    one="MarketFigureEvidence",
    title=_("Evidence of market figures"),
    meaning=_("The words of the articles that state a market figure."),
    columns=(
        Column("figure", _("Figure"), _("Slug of the market figure."), "text", lambda r: r.figure.slug, required=True),
        *place_columns(),
        Column("basis", _("Basis"), _("Stated in the source, or inferred from it."), "text", lambda r: r.basis, vocabulary=Basis, required=True),
        gloss_column(),
    ),
    key=("figure", "source", "line", "start"),
    all=lambda: FigureEvidence.objects.select_related("figure", "source").order_by(
        "figure__slug", "source__slug", "line", "start"
    ),
    rows=as_they_are,
    foreign_keys=(ForeignKey("figure", "market-figures"), ForeignKey("source", "sources")),
)  # fmt: skip
