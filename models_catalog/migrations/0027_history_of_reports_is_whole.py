"""The history of reports is guarded like the others, and begins for the reports that are older than it."""

from importlib import import_module
from typing import Any

from django.db import migrations

PROTECT = import_module("models_catalog.migrations.0006_append_only").PROTECT
whole = import_module("models_catalog.migrations.0022_history_is_whole")
TABLE = "models_catalog_reportevent"
HISTORIES = {"Report": "report"}


def begin_history(apps: Any, schema_editor: Any) -> None:
    """Write the first version of each report that has none."""
    whole.begin_history(apps, schema_editor, HISTORIES)


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0026_history_of_reports")]

    operations = [
        migrations.RunPython(begin_history, migrations.RunPython.noop),
        migrations.RunSQL(PROTECT.format(history="report"), f"DROP TRIGGER append_only ON {TABLE};"),
        migrations.RunSQL(whole.REFUSE.format(table=TABLE), f"DROP TRIGGER no_truncate ON {TABLE};"),
    ]
