"""A published table, and the columns that give the place of a quotation in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from models_catalog.publish.column import URL, Column, with_url
from models_catalog.publish.writers import Cell, flat, json_value

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

UrlOf = Callable[[Any], str]
"""Function from a row to the full address of its page."""


@dataclass(frozen=True)
class ForeignKey:
    """A column that holds the key of another table's row, or of another row of the same table (`table` is "")."""

    column: str
    table: str
    to: str = "slug"


@dataclass(frozen=True)
class Table:
    """One published table.

    `name` is used in files, `one` names a row. `all` returns the records of all public rows in a fixed order; `rows`
    turns records into what the columns read, in a constant number of queries.
    """

    name: str
    one: str
    title: StrOrPromise
    meaning: StrOrPromise
    columns: tuple[Column[Any], ...]
    key: tuple[str, ...]
    all: Callable[[], QuerySet[Any]]
    rows: Callable[[Any], Iterable[Any]]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, with the address."""
        return tuple(with_url(self.columns, (column.name for column in self.columns), URL))

    def objects(self, records: Any, url_of: UrlOf, fields: Iterable[str] = ()) -> Iterable[dict[str, Any]]:
        """The records' rows as JSON objects; only `fields`, if any are given."""
        return self.json_objects(self.rows(records), url_of, fields)

    def json_objects(
        self, rows: Iterable[Any], url_of: UrlOf, fields: Iterable[str] = ()
    ) -> Iterable[dict[str, Any]]:
        """Rows as JSON objects; only `fields`, if any are given."""
        chosen = set(fields or self.names)
        by_name = {column.name: column for column in self.columns}
        names = [name for name in self.names if name in chosen]
        for row in rows:
            yield {name: url_of(row) if name == URL else json_value(by_name[name], row) for name in names}

    def cells(self, records: Any, url_of: UrlOf) -> Iterator[list[Cell]]:
        """The rows as spreadsheet cells, with numbers and days as such."""
        for row in self.rows(records):
            yield with_url(self.columns, (flat(column.read(row)) for column in self.columns), url_of(row))


def slug_of(row: object) -> str:
    """The slug of a related row; "" for none."""
    return str(getattr(row, "slug", ""))


def gloss_column() -> Column[Any]:
    """The editors' translation of the quotation, the last column of tables with one."""
    return Column("gloss_en", _("Our translation"), _("The quotation in English, by its sense: the editors' words, not the article's."), "text", lambda r: r.gloss_en, after_url=True)  # fmt: skip


def place_columns() -> tuple[Column[Any], ...]:
    """Source, line and offsets, the quotation there, and the part of it that states the value."""
    return (
        Column("source", _("Source"), _("Slug of the article; empty for a curator's knowledge."), "text", lambda r: slug_of(r.source)),
        Column("line", _("Line"), _("Of the raw text split at line feeds, from 1; empty for words that were not checked against a text."), "integer", lambda r: r.line),
        Column("start", _("Start"), _("Code points before the first character, in that line."), "integer", lambda r: r.start, _("code points")),
        Column("end", _("End"), _("Code points up to and with the last character, in that line."), "integer", lambda r: r.end, _("code points")),
        Column("quotation", _("Quotation"), _("The words at that place once mechanical dirt is repaired; at most 24 characters."), "text", lambda r: r.quotation),
        Column("stated", _("Words that state it"), _("The part of the quotation that states the value."), "text", lambda r: r.stated),
    )  # fmt: skip
