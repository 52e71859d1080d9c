"""The columns of entries outside the site: one ordered list for csv, json, xlsx, the admin and the data dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.rows import EntryRow
from models_catalog.fields.declared import DECLARED, NUMBERED
from models_catalog.fields.numbers import PARAMETERS, Number
from models_catalog.fields.surfaces import covers
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import (
    Basis,
    Category,
    DeveloperKind,
    Field,
    Kind,
    Modality,
    Openness,
    Stage,
)
from models_catalog.publish.column import URL, Column, with_url

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _released(row: EntryRow, end: Literal["first", "last"]) -> date | None:
    if row.released is None:
        return None
    days = days_of(row.released)
    return days.first if end == "first" else days.last


BASIS_MEANING = _(
    "Stated in the source, inferred from it, or a curator's knowledge: one word for all values, or one for each in their "
    "order. Computed, so that a table that is imported need not have it."
)
_BASES = {
    "name_zh": _("Basis of the Chinese name"),
    "name_en": _("Basis of the English name"),
    "aliases": _("Basis of the other names"),
    "stage": _("Basis of the stage"),
    **{one.column: one.basis for one in DECLARED},
}
"""Key of `Entry.bases` → heading of its column."""
_PUBLISHED = (
    *(
        "name_zh",
        "name_en",
        "aliases",
        "kind",
        "parent",
        "developers",
        "category",
        "modality",
        "parameters",
        "released",
    ),
    *("stage", "openness", "sectors"),
)
"""The order of the original basis columns; newer ones follow them."""


def _basis(name: str, heading: StrOrPromise) -> Column[EntryRow]:
    return Column(
        f"{name}_basis",
        heading,
        BASIS_MEANING,
        "list",
        lambda r: r.bases[name].split("; ") if name in r.bases and (name != "parent" or r.parent) else [],
        vocabulary=Basis,
        required=True,
        sql="CASE WHEN parent.slug <> '' THEN entry.bases ->> 'parent' END"
        if name == "parent"
        else f"(entry.bases ->> '{name}')",
        after_url=True,
    )


_DAY = _("day")


def _number_columns(column: str, number: Number, *, is_newer: bool = False) -> Iterator[Column[EntryRow]]:
    """Columns of a number: the words that state it, and both ends of its interval."""

    def end(row: EntryRow, place: Literal["low", "high"]) -> int | None:
        held = getattr(row, column)
        return None if held is None else getattr(interval_of(held), place)

    stated, low, high = (f"{column}_{end}" for end in ("stated", "low", "high"))
    yield Column(
        stated, number.stated, _("The words of the source."), "text", attrgetter(stated),
        sql=f"entry.{stated}", after_url=is_newer,
    )  # fmt: skip
    yield Column(
        low, number.least, _("The least that the words allow."), "integer", lambda r: end(r, "low"), number.unit,
        sql=f"lower(entry.{column})", after_url=is_newer,
    )  # fmt: skip
    yield Column(
        high, number.most, _("The most that the words allow; empty where they set no end."), "integer",
        lambda r: end(r, "high"), number.unit, sql=f"upper(entry.{column}) - 1", after_url=is_newer,
    )  # fmt: skip


COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(
        "slug",
        _("Slug"),
        _("Names the entry in addresses; does not change."),
        "text",
        lambda r: r.slug,
        required=True,
        sql="entry.slug",
    ),
    Column(
        "name_zh",
        _("Chinese name"),
        _("The name as readers know it."),
        "text",
        lambda r: r.name_zh,
        required=True,
        sql="entry.name_zh",
    ),
    Column(
        "name_en",
        _("English name"),
        _("As the sources or the developer write it."),
        "text",
        lambda r: r.name_en,
        sql="entry.name_en",
    ),
    Column(
        "aliases",
        _("Other names"),
        _("Traditional, Latin and short forms; not those corrupted in an article."),
        "list",
        lambda r: r.aliases,
        required=True,
        sql="array_to_string(entry.aliases, '; ')",
    ),
    Column(
        "kind",
        _("Kind of entry"),
        _("Model, family, platform or application."),
        "text",
        lambda r: r.kind,
        vocabulary=Kind,
        sql="entry.kind",
    ),
    Column(
        "parent",
        _("Part of"),
        _("Slug of the family or platform it belongs to."),
        "text",
        lambda r: r.parent or "",
        sql="parent.slug",
    ),
    Column(
        "developers",
        _("Developers"),
        _("Joint ones in the order in which the source gives them."),
        "objects",
        lambda r: list(r.developers),
        required=True,
        sql="asked.makers",
    ),
    Column(
        "developer_kinds",
        _("Kinds of developers"),
        _("One for each developer, in the same order."),
        "list",
        lambda r: [developer.kind for developer in r.developers],
        vocabulary=DeveloperKind,
        required=True,
        sql="asked.kinds",
    ),
    Column(
        "category",
        _("Category"),
        _("General-purpose or industry-specific."),
        "text",
        lambda r: r.category,
        vocabulary=Category,
        sql="entry.category",
    ),
    Column(
        "modality",
        _("Modality"),
        _("What it takes and gives."),
        "list",
        lambda r: r.modalities,
        vocabulary=Modality,
        required=True,
        sql="array_to_string(entry.modalities, '; ')",
    ),
    *_number_columns("parameters", PARAMETERS),
    Column(
        "released_stated",
        _("Release as stated"),
        _("The words of the source."),
        "text",
        lambda r: r.released_stated,
        sql="entry.released_stated",
    ),
    Column(
        "released_earliest",
        _("Released, earliest"),
        _("The first day that the words allow."),
        "date",
        lambda r: _released(r, "first"),
        _DAY,
        sql="to_char(lower(entry.released)::timestamp, 'YYYY-MM-DD')",
    ),
    Column(
        "released_latest",
        _("Released, latest"),
        _("The last day that the words allow."),
        "date",
        lambda r: _released(r, "last"),
        _DAY,
        sql="to_char((upper(entry.released) - 1)::timestamp, 'YYYY-MM-DD')",
    ),
    Column(
        "stage",
        _("Stage"),
        _("The furthest that the sources support."),
        "text",
        lambda r: r.stage,
        vocabulary=Stage,
        sql="entry.stage",
    ),
    Column(
        "openness",
        _("Openness"),
        _("Open or closed, as a source states it."),
        "text",
        lambda r: r.openness,
        vocabulary=Openness,
        sql="entry.openness",
    ),
    Column(
        "sectors",
        _("Target industries"),
        _("In the registry's vocabulary."),
        "objects",
        lambda r: list(r.sectors),
        required=True,
        sql="asked.sectors",
    ),
    Column(
        "sources",
        _("Sources"),
        _("The articles from which a claim of this entry was accepted."),
        "objects",
        lambda r: list(r.sources),
        required=True,
        sql="asked.sources",
    ),
    *(_basis(name, _BASES[name]) for name in _PUBLISHED),
    *(
        column
        for one, number in NUMBERED
        if one.is_newer
        for column in (
            *_number_columns(one.column, number, is_newer=True),
            _basis(one.column, one.basis),
        )
    ),
    Column(
        "links",
        _("Links"),
        _("What is there (a home page, weights, code, a paper, a filing) and its address."),
        "list",
        lambda r: r.links,
        required=True,
        sql="array_to_string(entry.links, '; ')",
        after_url=True,
    ),
    _basis("links", _BASES["links"]),
)
"""All but `url`, which depends on where the site is."""

covers(
    "files: the table of models",
    [
        one.field
        for one in DECLARED
        if {one.column, f"{one.column}_stated"} & {column.name for column in COLUMNS}
    ],
    but=(Field.NAME,),
)

NAMES: tuple[str, ...] = tuple(with_url(COLUMNS, (column.name for column in COLUMNS), URL))
