"""The merge of three: the fixtures as they were, the fixtures as they are, and the registry as people have it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import Q

from models_catalog.actions.families import leads_to
from models_catalog.ingest.fixture_files import Row
from models_catalog.ingest.fixture_memory import Memory
from models_catalog.ingest.fixture_tables import Table, differs, plain_columns
from models_catalog.models import Claim, Developer, DeveloperClaim, Entry, LoadedRow

KEYED = (Claim, DeveloperClaim)
"""Rows that are numbered within what they are about."""


class Verdict(Enum):
    """What becomes of a row of the fixtures."""

    CREATED = "created"
    UPDATED = "updated"
    SAME = "unchanged"
    KEPT = "kept as people have it"
    DELETED = "deleted by a person"
    LEFT = "finds no place"


@dataclass
class Judged:
    """A row of the fixtures, and what is to become of it. `row`: column → value, of other tables' rows the id."""

    label: str
    key: str
    row: Row
    found: Any
    known: LoadedRow | None
    verdict: Verdict = Verdict.SAME
    reason: str = ""
    is_overwritten: bool = False
    is_whole: bool = True
    """Whether all the rows are there that it points at."""
    said: Row | None = None
    """The columns as the fixtures say them, where `row` yields to people's preference."""

    @property
    def is_written(self) -> bool:
        return self.verdict in (Verdict.CREATED, Verdict.UPDATED)

    def leave(self, reason: str) -> None:
        self.verdict, self.reason = Verdict.LEFT, reason


class Merge:
    """Judges the rows of each table; holds the ids of those that other tables point at.

    `overwrite`: the labels of rows that shall be as the fixtures say whatever people did; `ALL` for every row.
    """

    ALL = "*"

    def __init__(self, memory: Memory, overwrite: Collection[str] = ()) -> None:
        self.memory = memory
        self.overwrite = overwrite
        self.ids: dict[str, dict[str, int]] = {}
        self.merged_slugs: dict[int, str] = {}
        self.above: dict[int, int | None] = {}
        """Developer → its parent, as the judged rows have it."""

    def judge(self, table: Table, rows: Iterable[Row]) -> list[Judged]:
        rows = list(rows)
        if table.model is Developer:
            self.above = dict(Developer.objects.exclude(parent=None).values_list("pk", "parent"))
        resolved = [self._resolved(table, row) for row in rows]
        known = self.memory.of(table.name)
        by_id, by_name = self._current(table, known, [columns for columns, _missing in resolved])
        judged = []
        for row, (columns, missing) in zip(rows, resolved, strict=True):
            key = table.key_of(row)
            memory = known.get(key)
            found = by_id.get(memory.row) if memory else None
            found = found or by_name.get(tuple(columns.get(name) for name in table.natural))
            one = Judged(f"{table.name} {key}", key, columns, found, memory)
            self._decide(one, missing)
            judged.append(one)
        return judged

    def index(self, table: Table, keys: Iterable[str]) -> None:
        """Know the ids of the rows that these slugs name: as remembered, which a renaming does not change."""
        known = self.memory.of(table.name)
        here = Q(pk__in=[row.row for row in known.values()]) | Q(slug__in=keys)
        found = dict(table.model._default_manager.filter(here).values_list("pk", "slug"))
        self.ids[table.name] = {slug: pk for pk, slug in found.items()}
        self.ids[table.name] |= {key: row.row for key, row in known.items() if row.row in found}
        if table.model is Entry:
            merged = Entry.objects.filter(pk__in=found).exclude(merged_into=None)
            self.merged_slugs = dict(merged.values_list("pk", "merged_into__slug"))

    def _resolved(self, table: Table, row: Row) -> tuple[Row, list[str]]:
        """The row with ids for slugs, and the rows that it points at and that are not there."""
        columns, missing = {}, []
        for name, value in row.items():
            if name in table.points and value is not None:
                pointed = self.ids[table.points[name]].get(value)
                if pointed is None:
                    missing.append(f"{table.points[name]} {value}")
                    continue
                columns[table.column(name)] = pointed
            else:
                columns[table.column(name)] = value
        return columns, missing

    def _current(
        self, table: Table, known: dict[str, LoadedRow], rows: list[Row]
    ) -> tuple[dict[int, models.Model], dict[tuple[Any, ...], models.Model]]:
        """The registry's rows that may be those of the fixtures, by id and by what names them."""
        first = table.natural[0]
        near = {f"{first}__in": {row[first] for row in rows if first in row}}
        here = Q(pk__in=[row.row for row in known.values()]) | Q(**near)
        found = list(table.model._default_manager.filter(here))
        remembered = {row.row for row in known.values()}
        named = {
            tuple(getattr(row, name) for name in table.natural): row
            for row in found
            if row.pk not in remembered
        }
        return {row.pk: row for row in found}, named

    def _decide(self, one: Judged, missing: list[str]) -> None:
        one.is_overwritten = bool({one.label, self.ALL} & set(self.overwrite))
        one.is_whole = not missing
        if _is_another(one):
            one.found = None
        if one.found is None and one.known and not one.is_overwritten:
            one.verdict = Verdict.DELETED
        elif one.found is not None and not missing and not differs(one.found, plain_columns(one.row)):
            one.verdict = Verdict.SAME
        elif one.found is not None and not one.is_overwritten and is_touched(one.found, one.known):
            one.verdict = Verdict.KEPT
        elif missing:
            one.leave(f"there is no {', no '.join(missing)} any more")
        elif reason := self._misfit(one):
            one.leave(reason)
        else:
            one.verdict = Verdict.CREATED if one.found is None else Verdict.UPDATED

    def _misfit(self, one: Judged) -> str:
        """Why the row as the fixtures have it makes no sense with what people did; "" if it does."""
        entry, parent = one.row.get("entry_id"), one.row.get("parent_id")
        if isinstance(one.found, Developer):
            if parent and leads_to(self.above, parent, one.found.pk):
                return "it would be its own parent"
            self.above[one.found.pk] = parent
        if "entry_id" not in one.row:
            return ""
        for pk in (entry, parent):
            if pk in self.merged_slugs:
                return f"its entry was merged into {self.merged_slugs[pk]}"
        return "its entry would be its own parent" if entry == parent else ""


def is_touched(found: models.Model, known: LoadedRow | None) -> bool:
    """Whether a person made or changed the row."""
    return known is None or found.pk != known.row or differs(found, known.columns)


def assign(one: Judged) -> None:
    """Give the registry's row the columns; one with a key keeps that which it has, since links point at it."""
    for column, value in one.row.items():
        if column != "key" or not isinstance(one.found, KEYED):
            setattr(one.found, column, value)


def remembered_columns(one: Judged) -> Row:
    return plain_columns(one.said or one.row)


def _is_another(one: Judged) -> bool:
    """Whether a row has the key by chance: a curator's is numbered as those of the fixtures are."""
    if not isinstance(one.found, KEYED) or (one.known and one.known.row == one.found.pk):
        return False
    places = ("field", "source_id", "line", "start")
    return any(getattr(one.found, name) != one.row.get(name) for name in places)
