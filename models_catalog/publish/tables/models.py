"""The tables of entries and of the claims behind their values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.rows import entry_rows
from models_catalog.fields.declared import NUMBERED
from models_catalog.models import Claim, Entry
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    EventKind,
    Field,
    LinkKind,
    NameKind,
    Ruling,
    Status,
)
from models_catalog.publish.column import Column
from models_catalog.publish.columns import COLUMNS
from models_catalog.publish.tables.table import ForeignKey, Table, gloss_column, place_columns

MODELS = Table(
    name="models",
    one="Model",
    title=_("Models"),
    meaning=_("Chinese large models, model families, platforms and applications that an article names."),
    columns=COLUMNS,
    key=("slug",),
    all=lambda: Entry.objects.listed().order_by("slug"),
    rows=entry_rows,
    foreign_keys=(ForeignKey("parent", ""),),
)


def _value(claim: Claim) -> str:
    """The claimed value as text: a name, a token, or the slug of a row; "" for numbers."""
    row = claim.developer or claim.sector or claim.parent
    if row:
        return row.slug
    return claim.text or claim.event or claim.token


def _number(claim: Claim, end: Literal["low", "high"]) -> int | None:
    interval = interval_of(claim.number) if claim.number else None
    return getattr(interval, end) if interval else None


def _day(claim: Claim, end: Literal["first", "last"]) -> date | None:
    return getattr(days_of(claim.days), end) if claim.days else None


_UNITS = format_lazy(" / ".join(["{}"] * len(NUMBERED)), *(number.unit for _one, number in NUMBERED))
_DAY = _("day")

CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("entry", _("Model"), _("Slug of the entry that the claim speaks of."), "text", lambda c: c.entry.slug, required=True),
    Column("key", _("Key"), _("Names the claim within its entry; never reused."), "text", lambda c: c.key, required=True),
    Column("field", _("Field"), _("What the claim speaks of."), "text", lambda c: c.field, vocabulary=Field, required=True),
    Column("answer", _("Answer"), _("A value, or that there is none to be had."), "text", lambda c: c.answer, vocabulary=Answer, required=True),
    Column("value", _("Value"), _("A name, a word of the field's vocabulary, or the slug of a developer, sector or entry; empty for parameters."), "text", _value),
    Column("name_form", _("Form of the name"), _("Which form of a name is given."), "text", lambda c: c.token if c.field == Field.NAME else "", vocabulary=NameKind),
    Column("event", _("Event"), _("What happened to the entry."), "text", lambda c: c.event, vocabulary=EventKind),
    Column("number_low", _("Number, least"), _("The least that the words allow."), "integer", lambda c: _number(c, "low"), _UNITS),
    Column("number_high", _("Number, most"), _("The most that the words allow; empty where they set no end."), "integer", lambda c: _number(c, "high"), _UNITS),
    Column("earliest", _("Earliest"), _("The first day that the words allow."), "date", lambda c: _day(c, "first"), _DAY),
    Column("latest", _("Latest"), _("The last day that the words allow."), "date", lambda c: _day(c, "last"), _DAY),
    Column("status", _("Status"), _("Accepted, or disputed: kept next to the preferred claim."), "text", lambda c: c.status, vocabulary=Status, required=True),
    Column("preferred", _("Preferred"), _("Whether this claim fills the entry's column."), "boolean", lambda c: c.preferred, required=True),
    Column("ruling", _("Rule"), _("The written rule by which another claim was preferred."), "text", lambda c: c.ruling, vocabulary=Ruling),
    Column("basis", _("Basis"), _("Stated in the source, inferred from it, or a curator's knowledge, which has no source."), "text", lambda c: c.basis, vocabulary=Basis, required=True),
    Column("reason_zh", _("Reason (Chinese)"), _("Why a value that is not stated is held."), "text", lambda c: c.reason_zh),
    Column("reason_en", _("Reason (English)"), _("Why a value that is not stated is held."), "text", lambda c: c.reason_en),
    Column("said_by_zh", _("Said by (Chinese)"), _("Who says it, according to the article; empty: its author."), "text", lambda c: c.said_by_zh),
    Column("said_by_en", _("Said by (English)"), _("Who says it, according to the article; empty: its author."), "text", lambda c: c.said_by_en),
    *place_columns(),
    Column("reviewed_at", _("Reviewed"), _("When a curator decided on the claim."), "time", lambda c: c.reviewed_at),
    Column("is_earlier", _("Of an earlier time"), _("Whether the words give what was so before, as in “from … to …”."), "boolean", lambda c: c.is_earlier, required=True, after_url=True),
    gloss_column(),
    Column("link_kind", _("Kind of the link"), _("What is at the address."), "text", lambda c: c.token if c.field == Field.LINK else "", vocabulary=LinkKind, after_url=True),
)  # fmt: skip


CLAIMS = Table(
    name="claims",
    one="Claim",
    title=_("Claims"),
    meaning=_("One claim in each row: one value of one field of one entry, with its quotation and place."),
    columns=CLAIM_COLUMNS,
    key=("entry", "key"),
    all=lambda: (
        Claim.objects.public()
        .filter(entry__is_listed=True)
        .with_related()
        .select_related("entry")
        .order_by("entry__slug", "key")
    ),
    rows=lambda claims: claims,
    foreign_keys=(ForeignKey("entry", "models"), ForeignKey("source", "sources")),
)
