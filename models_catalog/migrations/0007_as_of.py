"""The registry as it stood: each curated table once more, read from its history up to a moment.

The views bear the tables' names in a schema of their own. A transaction that puts this schema first in its
search path and sets `catalog.as_of` sees the past through the same queries that otherwise show the present.
A migration that gives one of these tables a column makes the views anew (`make_views`).
"""

from typing import Any

from django.db import migrations

SCHEMA = "catalog_as_of"
TABLES = (
    ("Claim", "claim"), ("Developer", "developer"), ("EntryDeveloper", "entrydeveloper"), ("Entry", "entry"),
    ("Entry_sectors", "entrysector"), ("Entry_sources", "entrysource"), ("FigureEvidence", "figureevidence"),
    ("MarketFigure", "marketfigure"), ("Omission", "omission"), ("Sector", "sector"), ("Source", "source"),
)  # fmt: skip
LATER = (("DeveloperClaim", "developerclaim"),)
"""Tables that a later migration makes, which makes the views again."""

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
    config = apps.get_app_config("models_catalog")
    known = {model.__name__ for model in config.get_models(include_auto_created=True)}
    for name, history in (*TABLES, *(later for later in LATER if later[0] in known)):
        model = apps.get_model("models_catalog", name)
        columns = ", ".join(f'"{field.column}"' for field in model._meta.local_fields)
        table = model._meta.db_table
        schema_editor.execute(VIEW.format(schema=SCHEMA, table=table, columns=columns, history=history))


def drop_views(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0006_append_only")]

    operations = [migrations.RunPython(make_views, drop_views)]
