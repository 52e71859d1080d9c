"""The tables that fixtures fill: how a row is named, what it points at, and its values as plain JSON."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from models_catalog.ingest.fixture_files import Row
from models_catalog.models import (
    Claim,
    Developer,
    DeveloperClaim,
    Entry,
    FigureEvidence,
    MarketFigure,
    Omission,
    Sector,
    Source,
)

DERIVED: Final = {"key", "sort_key", "sort_key_en"}
"""Columns that name a row or follow from others: no sign that a person changed it."""


@dataclass(frozen=True)
class Table:
    """`key`: the columns that name a row in its file. `points`: column → the table whose slug it holds."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...] = ("slug",)
    points: dict[str, str] = field(default_factory=dict)

    def key_of(self, row: Row) -> str:
        return "/".join(str(row[column]) for column in self.key)

    def column(self, name: str) -> str:
        """The model's attribute for a column of the file."""
        return f"{name}_id" if name in self.points else name

    @property
    def natural(self) -> tuple[str, ...]:
        """The attributes by which a row is found that is not remembered."""
        return tuple(map(self.column, self.key))


TABLES: Final = {
    table.name: table
    for table in (
        Table("source", Source),
        Table("sector", Sector),
        Table("developer", Developer, points={"parent": "developer"}),
        Table("entry", Entry),
        Table("figure", MarketFigure),
        Table(
            "claim",
            Claim,
            ("entry", "key"),
            {"entry": "entry", "parent": "entry"}
            | {name: name for name in ("source", "developer", "sector")},
        ),
        Table(
            "evidence",
            FigureEvidence,
            ("figure", "source", "line", "start"),
            {"figure": "figure", "source": "source"},
        ),
        Table("omission", Omission, ("source", "line", "start", "end"), {"source": "source"}),
        Table(
            "statement",
            DeveloperClaim,
            ("developer", "key"),
            {"developer": "developer", "parent": "developer", "source": "source"},
        ),
    )
}


def plain(value: Any) -> Any:
    """`value` of a column in a form that JSON keeps and that is equal where the value is."""
    if isinstance(value, Range):
        return [plain(value.lower), plain(value.upper), value._bounds]
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, datetime):
        return value.timestamp()
    return value if value is None or isinstance(value, bool | int) else str(value)


def plain_columns(columns: Row) -> Row:
    return {column: plain(value) for column, value in columns.items()}


def differs(found: models.Model, columns: Row) -> bool:
    """Whether `found` differs from the remembered `columns`; one that the memory lacks, as it is new, differs never."""
    known = {field.attname for field in found._meta.concrete_fields}
    return any(
        plain(getattr(found, column)) != value
        for column, value in columns.items()
        if column in known - DERIVED
    )
