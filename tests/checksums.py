"""The registry's checksums: of every table that the database has, over all of its columns."""

from django.apps import apps
from django.db import connection

LEFT_OUT = {
    **{
        model._meta.db_table: "history: only ever grows"
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
    },
    "pghistory_context": "who did what: only ever grows",
    "catalog_change": "names each state of the catalog for those who keep pages, also one that was there before",
    "models_catalog_importbatch": "the log of imports, which says what was undone",
    "models_catalog_importrun": "the log of imports in a process of their own",
    "models_catalog_merge": "the log of merges, which says what was undone",
}
"""Tables that undoing leaves changed, and why. Every other one is the registry, with the rows of its links and keys."""

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"


def checksums() -> dict[str, str | None]:
    """Table → md5 over its rows, whatever their order; None if it is empty."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = {}
        for table in [name for (name,) in cursor.fetchall() if name not in LEFT_OUT]:
            cursor.execute(
                f"SELECT md5(string_agg(row::text, chr(10) ORDER BY row::text)) FROM {table} AS row"
            )
            found[table] = cursor.fetchone()[0]
    return found
