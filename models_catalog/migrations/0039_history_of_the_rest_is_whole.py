"""The histories of imports, merges, users, roles and second factors: guarded like the others, and begun for all rows."""

from importlib import import_module
from typing import Any

from django.db import migrations

PROTECT = import_module("models_catalog.migrations.0006_append_only").PROTECT
whole = import_module("models_catalog.migrations.0022_history_is_whole")
GUARDS = import_module("models_catalog.migrations.0036_history_guarded_always").GUARDS
REFUSE_EMPTYING = import_module("models_catalog.migrations.0037_no_silent_truncate").GUARD
HISTORIES = ("importbatch", "merge", "account", "membership", "secondfactor")


def begin_history(apps: Any, schema_editor: Any) -> None:
    """Write the first version of each row that has none, of the columns that the history keeps."""
    for history in HISTORIES:
        event = apps.get_model("models_catalog", f"{history}event")
        kept = [field.column for field in event._meta.local_fields if not field.name.startswith("pgh_")]
        schema_editor.execute(
            whole.BEGIN.format(
                history=history,
                table=apps.get_model("models_catalog", history)._meta.db_table,
                columns=", ".join(f'"{column}"' for column in kept),
                values=", ".join(f'row."{column}"' for column in kept),
            )
        )


def guard(history: str) -> str:
    table = f"models_catalog_{history}event"
    always = "".join(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};" for name in GUARDS)
    return PROTECT.format(history=history) + whole.REFUSE.format(table=table) + always


def unguard(history: str) -> str:
    return "".join(f"DROP TRIGGER {name} ON models_catalog_{history}event;" for name in GUARDS)


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0038_history_of_the_rest")]

    operations = [
        migrations.RunPython(begin_history, migrations.RunPython.noop),
        *(migrations.RunSQL(guard(history), unguard(history)) for history in HISTORIES),
        *(
            migrations.RunSQL(
                REFUSE_EMPTYING.format(table=table),
                f"DROP TRIGGER no_silent_truncate ON models_catalog_{table};",
            )
            for table in ("importbatch", "merge")
        ),
    ]
