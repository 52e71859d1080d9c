"""History cannot be emptied at one stroke either, and begins for every row: also for those that are older than it.

A row without any line of history gets its first version as it stands, dated to this migration: what it was before
nobody recorded.
"""

from typing import Any

from django.db import migrations

HISTORIES = {
    "Claim": "claim", "Developer": "developer", "EntryDeveloper": "entrydeveloper", "Entry": "entry",
    "Entry_sectors": "entrysector", "Entry_sources": "entrysource", "FigureEvidence": "figureevidence",
    "MarketFigure": "marketfigure", "Omission": "omission", "Sector": "sector", "Source": "source",
}  # fmt: skip

REFUSE = """
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_rewriting();
"""
BEGIN = """
INSERT INTO models_catalog_{history}event (pgh_created_at, pgh_label, pgh_obj_id, {columns})
SELECT now(), 'insert', row.id, {values}
FROM (SELECT id FROM {table} EXCEPT SELECT pgh_obj_id FROM models_catalog_{history}event) AS missing
JOIN {table} AS row USING (id)
"""
"""EXCEPT reads the history to its end first: NOT EXISTS was planned to read it for every row, while it grew."""


def begin_history(apps: Any, schema_editor: Any, histories: dict[str, str] = HISTORIES) -> None:
    """Write the first version of each row that has none."""
    for name, history in histories.items():
        model = apps.get_model("models_catalog", name)
        columns = [field.column for field in model._meta.local_fields]
        schema_editor.execute(
            BEGIN.format(
                history=history,
                table=model._meta.db_table,
                columns=", ".join(f'"{column}"' for column in columns),
                values=", ".join(f'row."{column}"' for column in columns),
            )
        )


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0021_catalog_change_of_the_rest")]

    operations = [
        migrations.RunPython(begin_history, migrations.RunPython.noop),
        *(
            migrations.RunSQL(REFUSE.format(table=table), f"DROP TRIGGER no_truncate ON {table};")
            for table in (
                *(f"models_catalog_{history}event" for history in HISTORIES.values()),
                "pghistory_context",
            )
        ),
    ]
