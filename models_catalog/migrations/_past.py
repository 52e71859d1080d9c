"""The registry as it was: each curated table once more, read from its history up to a moment.

The views bear the tables' names in a schema of their own. A transaction that puts this schema first in its search path
and sets `catalog.as_of` sees the past through the same queries that otherwise show the present. A view names its
columns, so a migration that gives one of these tables a column drops the views first, and makes them again.
"""

from typing import Any

from django.db.migrations import RunPython

SCHEMA = "catalog_as_of"
HISTORIES = {
    "Claim": "claim", "Developer": "developer", "DeveloperClaim": "developerclaim", "Entry": "entry",
    "EntryDeveloper": "entrydeveloper", "Entry_sectors": "entrysector", "Entry_sources": "entrysource",
    "FigureEvidence": "figureevidence", "MarketFigure": "marketfigure", "Omission": "omission", "Sector": "sector",
    "Source": "source",
}  # fmt: skip
"""Model → the table of its events."""

VIEW = """
CREATE VIEW {schema}.{table} AS
SELECT {columns} FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM models_catalog_{history}event
    WHERE pgh_created_at < current_setting('catalog.as_of')::timestamptz
    ORDER BY pgh_obj_id, pgh_id DESC
) AS latest
WHERE pgh_label <> 'delete'
"""


def make_views(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"CREATE SCHEMA {SCHEMA}")
    for name, history in HISTORIES.items():
        model = apps.get_model("models_catalog", name)
        columns = ", ".join(f'"{field.column}"' for field in model._meta.local_fields)
        table = model._meta.db_table
        schema_editor.execute(VIEW.format(schema=SCHEMA, table=table, columns=columns, history=history))


def drop_views(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


MAKE_VIEWS = RunPython(make_views, drop_views)
DROP_VIEWS = RunPython(drop_views, make_views)
"""The two operations that stand around a change of columns."""
