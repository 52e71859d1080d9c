"""The tables of articles, and of what was left out of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from models_catalog.columns import Column
from models_catalog.dataset.organisations import as_they_are
from models_catalog.dataset.places import gloss_column, place_columns
from models_catalog.dataset.table import ForeignKey, Table
from models_catalog.models import Omission, Source
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import OmissionReason


def day_of(days: Any, end: Literal["first", "last"]) -> date | None:
    """The first or last day of a range; None without one."""
    return getattr(days_of(days), end) if days else None


_DAY = _("day")

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
        Column("file_name", _("File"), _("Name of the text that was read."), "text", lambda r: r.file_name, required=True),
        Column("sha256", _("SHA-256"), _("Hash of the text that was read."), "text", lambda r: r.sha256, required=True),
        Column("author_zh", _("Author (Chinese)"), _("Who wrote it, as far as the copy says."), "text", lambda r: r.author_zh),
        Column("author_en", _("Author (English)"), _("Who wrote it, as far as the copy says."), "text", lambda r: r.author_en),
    ),
    key=("slug",),
    all=lambda: Source.objects.cited().order_by("slug"),
    rows=as_they_are,
)  # fmt: skip

OMISSIONS = Table(
    name="omissions",
    one="Omission",
    title=_("Omissions"),
    meaning=_("Mentions that look like a model and were left out, and why, so that the reading can be audited."),
    columns=(
        *place_columns(),
        Column("reason", _("Reason"), _("Why it is no entry."), "text", lambda r: r.reason, vocabulary=OmissionReason, required=True),
        Column("note_zh", _("Note (Chinese)"), _("More about the reason."), "text", lambda r: r.note_zh),
        Column("note_en", _("Note (English)"), _("More about the reason."), "text", lambda r: r.note_en),
        gloss_column(),
    ),
    key=("source", "line", "start", "end"),
    all=lambda: Omission.objects.select_related("source").order_by("source__slug", "line", "start", "end"),
    rows=as_they_are,
    foreign_keys=(ForeignKey("source", "sources"),),
)  # fmt: skip
