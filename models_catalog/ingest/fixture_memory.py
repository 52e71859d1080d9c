"""What the last load read: remembered in the database, or, for one that was loaded without memory, found in its history."""

from typing import Any

from models_catalog.actions.recording import LOADING
from models_catalog.ingest.fixture_files import Row
from models_catalog.ingest.fixture_tables import TABLES, Table, plain
from models_catalog.models import EVENT_MODELS, LoadedRow
from models_catalog.models.history import DELETE
from models_catalog.models.sector import MOVED

LEFT_OUT = {"id", "created_at"}


class Memory:
    """The rows of the fixtures as they were last read, by table and key."""

    def __init__(self) -> None:
        self.rows = {(row.table, row.key): row for row in LoadedRow.objects.all()}
        self._kept = {key: (row.row, row.columns) for key, row in self.rows.items()}
        self.set_back: list[str] = []
        """Rows whose change by a curator an earlier load overwrote, as loads without memory did."""
        if not self.rows:
            self._remember_history()
        self._follow_renames()

    def of(self, table: str) -> dict[str, LoadedRow]:
        return {key: row for (name, key), row in self.rows.items() if name == table}

    def keep(self, table: str, key: str, row: int, columns: Row) -> None:
        """Remember that the fixtures said `columns` (plain) of the row with id `row`."""
        self.rows[table, key] = LoadedRow(table=table, key=key, row=row, columns=columns)

    @property
    def is_new(self) -> bool:
        """Whether anything is remembered now that the database does not hold."""
        return bool(self._new())

    def write(self) -> None:
        LoadedRow.objects.filter(table="sector", key__in=MOVED).delete()
        LoadedRow.objects.bulk_create(
            self._new(),
            update_conflicts=True,
            unique_fields=["table", "key"],
            update_fields=["row", "columns"],
        )

    def _new(self) -> list[LoadedRow]:
        return [row for key, row in self.rows.items() if self._kept.get(key) != (row.row, row.columns)]

    def _follow_renames(self) -> None:
        """The history, and a memory taken from it, call a sector by the slug of then; a migration renamed its row."""
        for old, new in MOVED.items():
            then = self.rows.pop(("sector", old), None)
            if then is not None and ("sector", new) not in self.rows:
                self.keep("sector", new, then.row, then.columns | {"slug": new})

    def _remember_history(self) -> None:
        """A row's latest version that a load wrote is what the fixtures said then; of two with one key the later."""
        slugs: dict[str, dict[int, str]] = {}
        for table in TABLES.values():
            slugs[table.name] = {}
            for event in _last_loaded(table):
                key = _key_of(table, event, slugs)
                if key is None:
                    continue
                slugs[table.name][event.pgh_obj_id] = key
                self.keep(table.name, key, event.pgh_obj_id, _columns(event))
            if table.name != "entry":  # its columns follow from claims, and change with every load
                named = slugs[table.name]
                self.set_back += [f"{table.name} {named[pk]}" for pk in _set_back(table) if pk in named]


def _last_loaded(table: Table) -> list[Any]:
    events = EVENT_MODELS[table.model].objects.filter(pgh_context__metadata__what__in=LOADING)
    latest = events.exclude(pgh_label=DELETE).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return sorted(latest, key=lambda event: event.pgh_id)


def _key_of(table: Table, event: Any, slugs: dict[str, dict[int, str]]) -> str | None:
    """The row's key in its file then; None if it belonged to a row that is not of the fixtures."""
    parts = [
        slugs[table.points[name]].get(getattr(event, table.column(name)))
        if name in table.points
        else str(getattr(event, name))
        for name in table.key
    ]
    return None if None in parts else "/".join(map(str, parts))


def _columns(event: Any) -> Row:
    names = [field.attname for field in event._meta.concrete_fields]
    return {
        name: plain(getattr(event, name))
        for name in names
        if not name.startswith("pgh_") and name not in LEFT_OUT
    }


def _set_back(table: Table) -> list[int]:
    """Ids of rows that a load changed straight after a person had."""
    events = EVENT_MODELS[table.model].objects.order_by("pgh_obj_id", "pgh_id")
    last, found = (0, ""), []
    for pk, label, said in events.values_list("pgh_obj_id", "pgh_label", "pgh_context__metadata").iterator():
        what = (said or {}).get("what", "")
        person_before = last[0] == pk and last[1] not in ("", *LOADING)
        if what in LOADING and label != DELETE and person_before and pk not in found:
            found.append(pk)
        last = (pk, what)
    return found
