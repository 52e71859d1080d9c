"""The tables of articles, of omissions from them, and of market figures with their evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from models_catalog.models import FigureEvidence, MarketFigure, Omission, Source
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import Basis, FigureUnit, OmissionReason
from models_catalog.publish.column import Column
from models_catalog.publish.tables.organisations import as_they_are
from models_catalog.publish.tables.table import ForeignKey, Table, gloss_column, place_columns


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


def day_of(days: Any, end: Literal["first", "last"]) -> date | None:
    """The first or last day of a range; None without a range."""
    return getattr(days_of(days), end) if days else None


SOURCES = Table(
    name="sources",
    one="Source",
    title=_("Sources"),
    meaning=_("The articles as they were found on the web. Their texts are not part of the data."),
    columns=(
        Column("slug", _("Slug"), _("Names the article in addresses."), "text", lambda r: r.slug, required=True),
        Column("name_zh", _("Title"), _("The article's title."), "text", lambda r: r.name_zh, required=True),
        Column("name_en", _("Title in English"), _("Translated for the registry."), "text", lambda r: r.name_en),
        Column("publisher_zh", _("Publisher (Chinese)"), _("Who published it."), "text", lambda r: r.publisher_zh),
        Column("publisher_en", _("Publisher (English)"), _("Who published it."), "text", lambda r: r.publisher_en),
        Column("found_at_zh", _("Found at (Chinese)"), _("Where this copy was found."), "text", lambda r: r.found_at_zh),
        Column("found_at_en", _("Found at (English)"), _("Where this copy was found."), "text", lambda r: r.found_at_en),
        Column("published_earliest", _("Published, earliest"), _("The first day that the article allows."), "date", lambda r: day_of(r.published, "first"), _DAY),
        Column("published_latest", _("Published, latest"), _("The last day that the article allows."), "date", lambda r: day_of(r.published, "last"), _DAY),
        Column("condition_zh", _("Condition (Chinese)"), _("What is wrong with the text."), "text", lambda r: r.condition_zh),
        Column("condition_en", _("Condition (English)"), _("What is wrong with the text."), "text", lambda r: r.condition_en),
        Column("is_reworded", _("Reworded"), _("Whether the wording is not the author's own."), "boolean", lambda r: r.is_reworded, required=True),
        Column("file_name", _("File"), _("Name of the text that was read; empty for a web page."), "text", lambda r: r.file_name),
        Column("sha256", _("SHA-256"), _("Hash of the text that was read; empty for a web page."), "text", lambda r: r.sha256),
        Column("author_zh", _("Author (Chinese)"), _("Who wrote it, as far as the copy says."), "text", lambda r: r.author_zh),
        Column("author_en", _("Author (English)"), _("Who wrote it, as far as the copy says."), "text", lambda r: r.author_en),
        Column("web_address", _("Address on the web"), _("Of the page, where it is known; the registry never fetches it."), "text", lambda r: r.web_address),
    ),
    key=("slug",),
    all=lambda: Source.objects.cited().order_by("slug"),
    rows=as_they_are,
)  # fmt: skip

OMISSIONS = Table(
    name="omissions",
    one="Omission",
    title=_("Omissions"),
    meaning=_("Mentions that look like a model but are not listed, and why. They let you check how the articles were read."),
    columns=(
        *place_columns(),
        Column("reason", _("Reason"), _("Why it is not an entry."), "text", lambda r: r.reason, vocabulary=OmissionReason, required=True),
        Column("note_zh", _("Note (Chinese)"), _("More about the reason."), "text", lambda r: r.note_zh),
        Column("note_en", _("Note (English)"), _("More about the reason."), "text", lambda r: r.note_en),
        gloss_column(),
    ),
    key=("source", "line", "start", "end"),
    all=lambda: Omission.objects.select_related("source").order_by("source__slug", "line", "start", "end"),
    rows=as_they_are,
    foreign_keys=(ForeignKey("source", "sources"),),
)  # fmt: skip
