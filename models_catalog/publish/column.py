"""A column of a published table, and the position of the row's address among the columns."""

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
"""Value of a column. `objects` are rows with slug, name_zh and name_en; None and "" mean unknown."""

Vocabulary = type[TextChoices]
Row = TypeVar("Row")
Cell = TypeVar("Cell")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: `name` in files, heading and meaning for readers, unit, and how to `read` it from a row.

    `vocabulary` is the set of allowed tokens; a `required` column is never unknown. `sql` is the same cell in
    PostgreSQL; `publish.writers` defines the names that it uses.
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
    """Whether the column was added when `url` was already the last: existing columns keep their positions."""


URL = "url"


def with_url(columns: Sequence[Column[Any]], cells: Iterable[Cell], url: Cell) -> list[Cell]:
    """`cells`, one for each column, with `url` at its position."""
    found = list(cells)
    place = sum(not column.after_url for column in columns)
    return [*found[:place], url, *found[place:]]
