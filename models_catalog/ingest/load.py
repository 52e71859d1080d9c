"""Writing the fixtures to the database: what nobody touched follows them, what a person decided stays (decision 15)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DataError, IntegrityError, OperationalError, connection, models, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from models_catalog.actions.settle import settle
from models_catalog.ingest.fixture_files import Row
from models_catalog.ingest.fixture_memory import Memory
from models_catalog.ingest.fixture_merge import KEYED, Judged, Merge, Verdict, assign, remembered_columns
from models_catalog.ingest.fixture_preferences import Preferences, leave_circles
from models_catalog.ingest.fixture_rows import Fixtures, read_fixtures
from models_catalog.ingest.fixture_tables import TABLES, Table
from models_catalog.models import Claim, Entry


class NotLoaded(Exception):
    """The fixtures do not fit what people did or are doing; nothing was written. The message says why."""


class _MustWrite(Exception):
    """There is something to write: begin again, with other writers kept out."""


@dataclass
class Loaded:
    """What loading did to one table; of rows that were not written their names, with the reason where there is one."""

    table: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    """Differ from the fixtures, since a person made or changed them."""
    deleted: list[str] = field(default_factory=list)
    """Do not come back, since a person deleted them."""
    left: list[str] = field(default_factory=list)
    """Find no place beside what people did."""
    gone: list[str] = field(default_factory=list)
    """Are in the fixtures no more, and stay in the registry."""
    set_back: list[str] = field(default_factory=list)
    """Were changed by a curator and written over by a load of before there was a memory."""


def load_fixtures(folder: Path, overwrite: Collection[str] = ()) -> list[Loaded]:
    """Merge the fixtures in `folder` with the registry: rows that people made, changed or deleted stay so.

    `overwrite`: names of such rows (`claim moss/parameters-1`) that shall be as the fixtures say; `Merge.ALL`: all.
    Loading twice changes nothing. Raises `FixtureError` if the files hold a mistake, `NotLoaded` if they do not
    fit what people did or are doing; nothing is written then.
    """
    return merge_fixtures(read_fixtures(folder), overwrite)


def merge_fixtures(fixtures: Fixtures, overwrite: Collection[str] = ()) -> list[Loaded]:
    """The same with fixtures that were read already."""
    try:
        try:
            return _Load(fixtures, overwrite, may_write=False).run()
        except _MustWrite:
            return _Load(fixtures, overwrite, may_write=True).run()
    except (IntegrityError, DataError) as error:
        raise NotLoaded(f"the database refuses it: {_rule(error)}") from error
    except OperationalError as error:
        if not isinstance(error.__cause__, (LockNotAvailable, DeadlockDetected)):
            raise
        raise NotLoaded("somebody else is writing to the registry just now") from error


class _Load:
    """One load. Other writers wait only if it has something to write, so that a start never waits for an import."""

    def __init__(self, fixtures: Fixtures, overwrite: Collection[str], *, may_write: bool) -> None:
        self.fixtures = fixtures
        self.overwrite = overwrite
        self.may_write = may_write
        self.entries: set[int] = set()

    @transaction.atomic
    def run(self) -> list[Loaded]:
        if self.may_write:
            self._lock()
        self.memory = Memory()
        self.merge = Merge(self.memory, self.overwrite)
        self._refuse_unknown()
        loaded = [self._load(TABLES[name], rows) for name, rows in self._rows().items()]
        if self.memory.is_new:
            self._ask_to_write()
            self.memory.write()
        settle(Entry.objects.filter(pk__in=self.entries).only("pk"))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return loaded

    def _rows(self) -> dict[str, list[Row]]:
        """Table → its rows; what others point at comes first."""
        fixtures = self.fixtures
        return {
            "source": fixtures.sources, "sector": fixtures.sectors, "developer": fixtures.developers,
            "entry": fixtures.entries, "figure": fixtures.figures, "claim": fixtures.claims,
            "evidence": fixtures.evidence, "omission": fixtures.omissions, "statement": fixtures.statements,
        }  # fmt: skip

    def _refuse_unknown(self) -> None:
        known = {f"{name} {TABLES[name].key_of(row)}" for name, rows in self._rows().items() for row in rows}
        if unknown := sorted(set(self.overwrite) - known - {Merge.ALL}):
            raise NotLoaded(f"the fixtures have no row called {', '.join(unknown)}")

    def _lock(self) -> None:
        """Keep others from writing, not from reading, between judging and writing."""
        tables = ", ".join(table.model._meta.db_table for table in _locked_first())
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")

    def _ask_to_write(self) -> None:
        if not self.may_write:
            raise _MustWrite

    def _load(self, table: Table, rows: list[Row]) -> Loaded:
        judged: list[Judged] = []
        slugs = [row["slug"] for row in rows] if table.key == ("slug",) else []
        if table.name == "developer":
            for generation in _generations(rows):
                self.merge.index(table, slugs)
                judged += self._written(table, self.merge.judge(table, generation))
        else:
            judged = self._written(table, self.merge.judge(table, rows))
        if slugs:
            self.merge.index(table, slugs)
        self._note_entries(table, judged)
        return self._told(table, judged)

    def _written(self, table: Table, judged: list[Judged]) -> list[Judged]:
        if table.model is Claim:
            self._prepare_claims(judged)
        if table.model in KEYED:
            _give_free_keys(table, judged)
        created = [one for one in judged if one.verdict == Verdict.CREATED]
        updated = [one for one in judged if one.verdict == Verdict.UPDATED]
        if created or updated:
            self._ask_to_write()
        for one in created:
            one.found = table.model(**one.row)
        for one in updated:
            assign(one)
        _save(table.model, created, updated)
        for one in judged:
            if one.found is not None and one.is_whole and one.verdict != Verdict.LEFT:
                self.memory.keep(table.name, one.key, one.found.pk, remembered_columns(one))
        return judged

    def _prepare_claims(self, judged: list[Judged]) -> None:
        preferences = Preferences(judged, self.memory.of("claim"))
        preferences.yield_to_people()
        leave_circles(judged)
        if withdrawn := preferences.withdrawn():
            self._ask_to_write()
            Claim.objects.filter(pk__in=[claim.pk for claim in withdrawn]).update(preferred=False)
        for claim in withdrawn:
            self.entries.add(claim.entry_id)
            known = preferences.known.get(claim.pk)
            if known and claim.pk not in preferences.by_id:
                self.memory.keep("claim", known.key, claim.pk, known.columns | {"preferred": False})

    def _note_entries(self, table: Table, judged: list[Judged]) -> None:
        """The entries whose columns follow from what was read here."""
        found = [one.found for one in judged if one.found is not None and one.found.pk]
        if table.model is Entry:
            self.entries |= {row.pk for row in found}
        elif table.model is Claim:
            self.entries |= {row.entry_id for row in found}
        elif table.name == "developer":
            changed = [one.found.pk for one in judged if one.verdict == Verdict.UPDATED]
            self.entries |= set(Entry.objects.filter(developers__in=changed).values_list("pk", flat=True))

    def _told(self, table: Table, judged: list[Judged]) -> Loaded:
        def named(verdict: Verdict) -> list[str]:
            return [
                one.label + (f" ({one.reason})" if one.reason else "")
                for one in judged
                if one.verdict == verdict
            ]

        keys = {one.key for one in judged}
        gone = {key: row.row for key, row in self.memory.of(table.name).items() if key not in keys}
        there = set(table.model._default_manager.filter(pk__in=gone.values()).values_list("pk", flat=True))
        count = {verdict: sum(one.verdict == verdict for one in judged) for verdict in Verdict}
        return Loaded(
            table.model._meta.db_table,
            count[Verdict.CREATED],
            count[Verdict.UPDATED],
            count[Verdict.SAME],
            kept=named(Verdict.KEPT),
            deleted=named(Verdict.DELETED),
            left=named(Verdict.LEFT),
            gone=[f"{table.name} {key}" for key, row in gone.items() if row in there],
            set_back=[name for name in self.memory.set_back if name.startswith(f"{table.name} ")],
        )


def _locked_first() -> Iterable[Table]:
    """Entries first, then claims: in the order in which curators' actions lock them."""
    order = ("entry", "claim")
    return sorted(TABLES.values(), key=lambda table: order.index(table.name) if table.name in order else 2)


def _generations(rows: list[Row]) -> Iterable[list[Row]]:
    """Developers generation by generation, since a child points at its parent's row."""
    done: set[str | None] = {None}
    while generation := [row for row in rows if row["slug"] not in done and row["parent"] in done]:
        yield generation
        done |= {row["slug"] for row in generation}


def _give_free_keys(table: Table, judged: list[Judged]) -> None:
    """A new row whose key a curator's has taken gets the next one that is free."""
    created = [one for one in judged if one.verdict == Verdict.CREATED]
    about = table.natural[0]
    rows = table.model._default_manager.filter(**{f"{about}__in": {one.row[about] for one in created}})
    taken = set(rows.values_list(about, "key"))
    named = {(one.row.get(about), one.row["key"]) for one in judged}
    for one in created:
        owner, number = one.row[about], 1
        if (owner, one.row["key"]) not in taken:
            continue
        while (owner, f"{one.row['field']}-{number}") in taken | named:
            number += 1
        one.said = one.said or dict(one.row)
        one.row["key"] = f"{one.row['field']}-{number}"
        taken.add((owner, one.row["key"]))


BATCH = 50
"""Rows changed by one statement."""


def _save(model: type[models.Model], created: list[Judged], updated: list[Judged]) -> None:
    """All at once; where the database refuses that, row by row, and those that it refuses are left."""
    try:
        with transaction.atomic():
            model._default_manager.bulk_create([one.found for one in created])
            if updated:
                columns = [column.removesuffix("_id") for column in updated[0].row]
                # In small batches, since the statement holds a case for each value of each row.
                model._default_manager.bulk_update([one.found for one in updated], columns, batch_size=BATCH)
        return
    except (IntegrityError, DataError):
        pass
    for one in (*updated, *created):
        try:
            with transaction.atomic():
                one.found.save(force_insert=one.verdict == Verdict.CREATED)
        except (IntegrityError, DataError) as error:
            one.leave(f"the database refuses it: {_rule(error)}")


def _rule(error: Exception) -> str:
    """The name of the rule that the database holds, or its words."""
    said = getattr(error.__cause__, "diag", None)
    return (said and (said.constraint_name or said.message_primary)) or str(error).split("\n")[0]
