"""What a published table is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models_catalog.columns import URL, Column, with_url
from models_catalog.exports import Cell, flat, json_value

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

UrlOf = Callable[[Any], str]
"""Gives the full address of a row's page."""


@dataclass(frozen=True)
class ForeignKey:
    """That a column holds the key of another table's row, or of another row of this one (`table` is "")."""

    column: str
    table: str
    to: str = "slug"


@dataclass(frozen=True)
class Table:
    """One published table.

    `name` names it in files, `one` is the name of a row. `all` gives every public row's record in a fixed order,
    `rows` turns records into what the columns read, in few queries however many there are.
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
        """The rows as JSON has them; only `fields`, if any are named."""
        chosen = set(fields or self.names)
        by_name = {column.name: column for column in self.columns}
        names = [name for name in self.names if name in chosen]
        for row in self.rows(records):
            yield {name: url_of(row) if name == URL else json_value(by_name[name], row) for name in names}

    def cells(self, records: Any, url_of: UrlOf) -> Iterator[list[Cell]]:
        """The rows as a spreadsheet has them: numbers and days as such."""
        for row in self.rows(records):
            yield with_url(self.columns, (flat(column.read(row)) for column in self.columns), url_of(row))
