"""The registry's rows as the rows of fixture files, so that any world of tests can be one that was loaded."""

from copy import deepcopy
from typing import Any

from models_catalog.intake.fixtures.rows import Fixtures
from models_catalog.intake.fixtures.tables import TABLES, FixtureTable
from models_catalog.models.vocabulary import Field

FILES = {
    "source": "sources", "sector": "sectors", "developer": "developers", "entry": "entries", "claim": "claims",
    "figure": "figures", "evidence": "evidence", "omission": "omissions",
    "statement": "statements",
}  # fmt: skip


def as_fixtures() -> Fixtures:
    """What would have to stand in the files for the registry to be as it is."""
    return Fixtures(**{file: _rows(TABLES[name]) for name, file in FILES.items()})


def _rows(table: FixtureTable) -> list[dict[str, Any]]:
    columns = [
        field.name for field in table.model._meta.concrete_fields if field.name not in ("id", "created_at")
    ]
    if table.name == "entry":
        columns = ["slug"]
    return [
        {name: _slug(getattr(row, name), name in table.points) for name in columns}
        for row in table.model._default_manager.order_by("pk")
    ]


def _slug(value: Any, is_pointer: bool) -> Any:
    return value.slug if is_pointer and value is not None else value


def upgraded(fixtures: Fixtures) -> Fixtures:
    """What a later version of the files might say: other values everywhere, new rows, and the last of each table gone."""
    later = deepcopy(fixtures)
    for rows in (later.sectors, later.developers, later.figures, later.sources):
        for row in rows:
            row["name_en"] = f"{row['name_en']} II"
    for row in later.claims:
        row["said_by_zh"], row["position"] = "后来", row["position"] + 1
    for row in later.omissions:
        row["note_en"] = "Later"
    for rows in (later.evidence, later.omissions, later.claims):
        del rows[-1:]
    later.sectors.append({"slug": "later", "name_zh": "后来", "name_en": "Later", "position": 99})
    filling = [row for row in later.claims if row["preferred"] and row["field"] != Field.EVENT]
    later.claims.extend(_rival(row, number) for number, row in enumerate(filling))
    return later


def _rival(row: dict[str, Any], number: int) -> dict[str, Any]:
    """A new claim that is preferred from now on instead of `row`, under the key that a curator's would get."""
    rival = {
        **row,
        "key": f"{row['field']}-{900_000 + hash(row['key']) % 1000}",
        "line": (row["line"] or 0) + 1,
    }
    if row["line"] is None:
        rival["line"] = None
    row["preferred"] = False
    return rival
