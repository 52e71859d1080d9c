"""Columns that say where in an article the words stand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from models_catalog.columns import Column


def slug_of(row: object) -> str:
    """The slug of a related row; "" for none."""
    return str(getattr(row, "slug", ""))


def gloss_column() -> Column[Any]:
    """Our translation of the quotation: the last column of a table that has one."""
    return Column("gloss_en", _("Our translation"), _("The quotation in English, by its sense: the editors' words, not the article's."), "text", lambda r: r.gloss_en, after_url=True)  # fmt: skip


def place_columns() -> tuple[Column[Any], ...]:
    """Source, line and offsets, the words there, and those of them that state the value."""
    return (
        Column("source", _("Source"), _("Slug of the article; empty for a curator's knowledge."), "text", lambda r: slug_of(r.source)),
        Column("line", _("Line"), _("Of the raw text split at line feeds, from 1."), "integer", lambda r: r.line),
        Column("start", _("Start"), _("Code points before the first character, in that line."), "integer", lambda r: r.start, _("code points")),
        Column("end", _("End"), _("Code points up to and with the last character, in that line."), "integer", lambda r: r.end, _("code points")),
        Column("quotation", _("Quotation"), _("The words at that place once mechanical dirt is repaired; at most 24 characters."), "text", lambda r: r.quotation),
        Column("stated", _("Words that state it"), _("The part of the quotation that states the value."), "text", lambda r: r.stated),
    )  # fmt: skip
