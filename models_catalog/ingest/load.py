"""Writing the fixtures to the database: all of them or none, and only what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from models_catalog.actions.settle import settle
from models_catalog.ingest.fixture_files import Row
from models_catalog.ingest.fixture_rows import Fixtures, read_fixtures
from models_catalog.models import (
    Claim,
    Developer,
    Entry,
    FigureEvidence,
    MarketFigure,
    Omission,
    Sector,
    Source,
)


@dataclass(frozen=True)
class Loaded:
    """What loading did to one table, in rows."""

    table: str
    created: int
    updated: int
    unchanged: int

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.table,
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@transaction.atomic
def load_fixtures(folder: Path) -> list[Loaded]:
    """Bring the tables in line with the fixtures in `folder`; rows that curators added stay as they are.

    Loading twice changes nothing. Raises `FixtureError` before anything is written if the files hold a
    mistake.
    """
    fixtures = read_fixtures(folder)
    loaded = [
        _write(Source, ["slug"], fixtures.sources),
        _write(Sector, ["slug"], fixtures.sectors),
        _write_developers(fixtures.developers),
        _write(Entry, ["slug"], fixtures.entries),
        _write(MarketFigure, ["slug"], fixtures.figures),
    ]
    tables = {
        "source": Source,
        "sector": Sector,
        "developer": Developer,
        "entry": Entry,
        "figure": MarketFigure,
    }
    ids = {column: _ids(model) for column, model in tables.items()}
    ids["parent"] = ids["entry"]
    _withdraw_preferences(fixtures, ids["entry"])
    place = ["source_id", "line", "start"]
    loaded += [
        _write(Claim, ["entry_id", "key"], _resolved(fixtures.claims, ids)),
        _write(FigureEvidence, ["figure_id", *place], _resolved(fixtures.evidence, ids)),
        _write(Omission, [*place, "end"], _resolved(fixtures.omissions, ids)),
    ]
    settle(Entry.objects.filter(slug__in=[row["slug"] for row in fixtures.entries]))
    return loaded


def _ids(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("slug", "pk"))


def _resolved(rows: Iterable[Row], ids: dict[str, dict[str, int]]) -> list[Row]:
    """Rows with slugs of related rows replaced by their ids, in columns ending in `_id`."""
    return [
        {
            (f"{column}_id" if column in ids else column): (
                ids[column][value] if column in ids and value is not None else value
            )
            for column, value in row.items()
        }
        for row in rows
    ]


def _write_developers(rows: list[Row]) -> Loaded:
    """Generation by generation, since a child points at its parent's row."""
    loaded = Loaded(Developer._meta.db_table, 0, 0, 0)
    written: set[str | None] = {None}
    while generation := [row for row in rows if row["slug"] not in written and row["parent"] in written]:
        resolved = _resolved(generation, {"parent": _ids(Developer)})
        loaded += _write(Developer, ["slug"], resolved)
        written |= {row["slug"] for row in generation}
    return loaded


def _withdraw_preferences(fixtures: Fixtures, entries: dict[str, int]) -> None:
    """Clear the mark of claims that are no longer preferred first, so that no two hold it at once."""
    preferred = {(entries[row["entry"]], row["key"]) for row in fixtures.claims if row["preferred"]}
    known = {(entries[row["entry"]], row["key"]) for row in fixtures.claims}
    stale = [
        claim.pk
        for claim in Claim.objects.filter(preferred=True).only("entry_id", "key")
        if (claim.entry_id, claim.key) in known - preferred
    ]
    Claim.objects.filter(pk__in=stale).update(preferred=False)


def _write(model: type[models.Model], key: list[str], rows: list[Row]) -> Loaded:
    """Insert and update so that the row with each `key` holds the given columns."""
    current = {
        tuple(getattr(found, column) for column in key): found for found in model._default_manager.all()
    }
    created, updated = [], []
    for row in rows:
        found = current.get(tuple(row[column] for column in key))
        if found is None:
            created.append(model(**row))
        elif differing(found, row):
            updated.append(found)
    model._default_manager.bulk_create(created)
    if updated:
        columns = [column.removesuffix("_id") for column in rows[0] if column not in key]
        model._default_manager.bulk_update(updated, columns)
    return Loaded(model._meta.db_table, len(created), len(updated), len(rows) - len(created) - len(updated))


def differing(found: models.Model, row: dict[str, Any]) -> bool:
    """Set the columns of `found` that differ from `row`; whether any did."""
    changed = {column: value for column, value in row.items() if getattr(found, column) != value}
    for column, value in changed.items():
        setattr(found, column, value)
    return bool(changed)
