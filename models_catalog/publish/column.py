"""A column of a published table, and where the address of a row stands among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from django.db.models import TextChoices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Type = Literal["text", "integer", "decimal", "boolean", "date", "time", "list", "objects"]
Value = str | int | Decimal | date | list[Any] | None
"""`objects` are rows with slug, name_zh and name_en; None is unknown, and so is empty text."""

Vocabulary = type[TextChoices]
Row = TypeVar("Row")
Cell = TypeVar("Cell")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its `name` in files, its heading and meaning for readers, its unit, and how a row gives it.

    `vocabulary` are the words it may hold; a `required` one is never unknown. `sql` is the same cell in PostgreSQL, where
    `publish.writers` says what stands behind the names.
    """

    name: str
    heading: StrOrPromise
    meaning: StrOrPromise
    type: Type
    read: Callable[[Row], Value]
    unit: StrOrPromise = ""
    vocabulary: Vocabulary | None = None
    required: bool = False
    sql: str = ""
    after_url: bool = False
    """Whether the column came when `url` was the last one already: nobody's columns move."""


URL = "url"


def with_url(columns: Sequence[Column[Any]], cells: Iterable[Cell], url: Cell) -> list[Cell]:
    """`cells`, one for each column, with `url` at its place."""
    found = list(cells)
    place = sum(not column.after_url for column in columns)
    return [*found[:place], url, *found[place:]]
