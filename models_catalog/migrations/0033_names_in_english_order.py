"""Every entry and developer gets its sort key in English, and so does what history says it once was.

It follows from names that stand in the same row, so no line of history is added for it: triggers rest meanwhile.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from models_catalog.text.names import sort_key_en

TABLES = {"entry": "id", "entryevent": "pgh_id", "developer": "id", "developerevent": "pgh_id"}
"""Table → its primary key."""

CHUNK = 5_000
NAMES = """
SELECT {key}, coalesce(nullif(name_en, ''), name_zh) FROM models_catalog_{table}
WHERE {key} > %s ORDER BY {key} LIMIT %s
"""
WRITE = """
UPDATE models_catalog_{table} AS row SET sort_key_en = made.sort_key
FROM unnest(%s::bigint[], %s::text[]) AS made (key, sort_key) WHERE row.{key} = made.key
"""


def fill(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for table, key in TABLES.items():
            cursor.execute(f"ALTER TABLE models_catalog_{table} DISABLE TRIGGER USER")
            for rows in _named(cursor, table, key):
                keys = [sort_key_en(name) for _number, name in rows]
                cursor.execute(WRITE.format(table=table, key=key), [[number for number, _name in rows], keys])
            cursor.execute(f"ALTER TABLE models_catalog_{table} ENABLE TRIGGER USER")
        cursor.execute("INSERT INTO catalog_change DEFAULT VALUES")  # what the triggers would have said


def _named(cursor: Any, table: str, key: str) -> Iterator[list[tuple[int, str]]]:
    last = 0
    while True:
        cursor.execute(NAMES.format(table=table, key=key), [last, CHUNK])
        rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0032_sort_keys_in_english")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
