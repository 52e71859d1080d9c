"""The history of a table: a table of events with its columns, and the triggers that write one row for each change.

Makes what `models.history` declares with pghistory, from the columns that the migrations before gave the table.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

APP = "models_catalog"
ANY_CHANGE = "WHEN (OLD.* IS DISTINCT FROM NEW.*)"
LOOSE = {"db_constraint": False, "on_delete": models.DO_NOTHING}
"""A row of history may name what has been deleted since."""


class KeepHistory(Operation):
    """The history of `model`: these of its columns, with `pgh_context` and `pgh_obj` where the database has them.

    `of` names the table of another app that the model stands for.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, model: str, columns: str, of: str = "") -> None:
        self.model = model
        self.columns = columns
        self.of = of or f"{APP}.{model}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        for step in self._steps(state):
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for step in self._steps(from_state):
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for step in reversed(self._steps(to_state)):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Keep the history of {self.model}"

    def _steps(self, state: Any) -> list[Operation]:
        app, _, model = self.of.lower().partition(".")
        of = {
            name: field for name, field in state.models[app, model].fields.items() if not field.many_to_many
        }
        fields = {name: recorded(of[name]) if name in of else None for name in self.columns.split()}
        columns = sorted(f"{name}_id" if of[name].is_relation else name for name in fields if name in of)
        condition = ANY_CHANGE if len(columns) == len(of) else change_of(columns)
        return [
            events(self.model, fields),
            *writers(self.model, f"{app}_{model}", columns, condition),
        ]


class RewriteHistory(Operation):
    """The triggers of `model` write all columns that its table of events has by now."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        model = self.model.lower()
        events = state.models[app_label, f"{model}event"].fields
        kept = (name for name in events if not name.startswith("pgh_"))
        columns = sorted(f"{name}_id" if events[name].is_relation else name for name in kept)
        steps = writers(self.model, f"{APP}_{model}", columns, ANY_CHANGE)
        state.models[app_label, model].options["triggers"] = [step.trigger for step in steps]
        state.reload_model(app_label, model, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = self.model.lower()
        for trigger in to_state.models[app_label, model].options["triggers"]:
            AddTrigger(model, trigger).database_forwards(app_label, schema_editor, from_state, to_state)

    database_backwards = database_forwards

    def describe(self) -> str:
        return f"Write the whole history of {self.model}"


def add_recorded(model: str, **columns: Any) -> Iterator[Operation]:
    """Add columns to a table and to its history."""
    for table in (model.lower(), f"{model.lower()}event"):
        yield from (migrations.AddField(table, name, column) for name, column in columns.items())
    yield RewriteHistory(model)


def recorded(field: Any) -> Any:
    """The column of a history for a column of its table: nothing is unique or points firmly there."""
    if isinstance(field, models.BigAutoField):
        return models.BigIntegerField()
    if isinstance(field, models.AutoField):
        return models.IntegerField()
    _name, _path, arguments, options = field.deconstruct()
    options.pop("unique", None)
    if isinstance(field, models.SlugField):
        options["db_index"] = False
    if field.is_relation:
        options |= LOOSE | {"related_name": "+", "related_query_name": "+"}
    return type(field)(*arguments, **options)


def events(model: str, fields: dict[str, Any], of: str = "") -> migrations.CreateModel:
    """The table of events of `model`, with what pghistory adds to `fields`; `of` where the table has another name."""
    added = {
        "pgh_id": models.AutoField(primary_key=True, serialize=False),
        "pgh_created_at": models.DateTimeField(auto_now_add=True),
        "pgh_label": models.TextField(help_text="The event label."),
    }
    own = {
        "pgh_context": models.ForeignKey("pghistory.context", **LOOSE, null=True, related_name="+"),
        "pgh_obj": models.ForeignKey(of or f"{APP}.{model.lower()}", **LOOSE, related_name="events"),
    }
    latest = models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{model.lower()}event_latest")
    columns = [*added.items(), *((name, own.get(name, field)) for name, field in fields.items())]
    return migrations.CreateModel(f"{model}Event", columns, {"abstract": False, "indexes": [latest]})


def events_of_links(model: str, columns: str, number: Any, app: str, of: str = "") -> migrations.CreateModel:
    """The table of events of a table that links two others, which Django makes by itself, with no model to look at."""

    def column(name: str) -> Any:
        options = LOOSE | {"related_name": "+", "related_query_name": "+", "db_tablespace": ""}
        return None if name.startswith("pgh_") else models.ForeignKey(f"{app}.{name}", **options)

    return events(model, {"id": number, **{name: column(name) for name in columns.split()}}, of)


def change_of(columns: Iterable[str]) -> str:
    """The condition of a trigger that looks at some columns only."""
    changed = (f'OLD."{column}" IS DISTINCT FROM (NEW."{column}")' for column in columns)
    return f"WHEN ({' OR '.join(changed)})"


def writers(model: str, table: str, columns: list[str], condition: str) -> Iterator[AddTrigger]:
    """The triggers of `table` that write the history of `model`."""
    yield writer(model, table, columns, "insert", "INSERT")
    yield writer(model, table, columns, "update", "UPDATE", condition)
    yield writer(model, table, columns, "delete", "DELETE")


def writer(
    model: str, table: str, columns: list[str], label: str, operation: str, condition: str = ""
) -> AddTrigger:
    """The trigger that writes a row with this label after this operation."""
    row = "OLD" if operation == "DELETE" else "NEW"
    values = {column: f'{row}."{column}"' for column in columns} | {
        "pgh_context_id": "_pgh_attach_context()",
        "pgh_created_at": "NOW()",
        "pgh_label": f"'{label}'",
        "pgh_obj_id": f'{row}."id"',
    }
    names = ", ".join(f'"{name}"' for name in sorted(values))
    rows = ", ".join(values[name] for name in sorted(values))
    name = f"{label}_{operation.lower()}"
    digest = sha1(f"{APP}.{model}:{name}".encode(), usedforsecurity=False).hexdigest()
    sql = UpsertTriggerSql(
        pgid=f"pgtrigger_{name}_{digest[:5]}",
        func=f'INSERT INTO "{APP}_{model.lower()}event" ({names}) VALUES ({rows}); RETURN NULL;',  # noqa: S608 - names of columns
        table=table,
        when="AFTER",
        operation=operation,
        condition=condition,
    )
    return AddTrigger(model.lower(), Trigger(name=name, sql=sql))
