"""Writes a text into every free column of every row, columns that do not exist yet included."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

CLOSED = {
    "slug",
    "key",
    "sha256",
    "token",
    "tokens",
    "form",
    "sort_key",
    "sort_key_en",
    "session_key",
    "password",
}
"""Text columns that hold what the code makes or a vocabulary allows, not what somebody wrote."""


RULES = r"""
SELECT conrelid::regclass, conname FROM pg_constraint
WHERE pg_get_constraintdef(oid) ~ 'catalog_are_(plain|quotable)' OR conname LIKE '%_gloss_is_english'
"""
"""The rules of what characters a text may hold."""


def free_columns() -> Iterator[tuple[str, str, int, bool]]:
    """(table, column, length, whether it is an array) of every column that takes any text."""
    for model in apps.get_app_config("models_catalog").get_models():
        if model._meta.proxy or not model._meta.managed or model.__name__.endswith("Event"):
            continue  # the history is written by triggers alone
        for field in model._meta.concrete_fields:
            inner: Any = field.base_field if isinstance(field, ArrayField) else field
            is_text = isinstance(inner, models.CharField | models.TextField) and not isinstance(
                inner, models.SlugField
            )
            if is_text and not inner.choices and field.name not in CLOSED:
                length = getattr(inner, "max_length", None) or 200
                yield model._meta.db_table, str(field.column), length, isinstance(field, ArrayField)


@contextmanager
def poisoned(texts: list[str], *, rotation: int = 0) -> Iterator[None]:
    """Within: one of `texts` in every free column of every row, made unique by the row's id. After: as before.

    `rotation` decides which text stands in which column.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # The tables refuse much of it by now; files must bear it all the same, as histories may hold it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(RULES)
        for table, rule in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}"')
        # Whoever undid a merge did so at a time: the one stands only with the other.
        cursor.execute(
            "UPDATE models_catalog_merge SET undone_at = coalesce(undone_at, now()), undone_by = 'x'"
        )
        for number, (table, column, length, is_array) in enumerate(free_columns()):
            text = texts[(number + rotation) % len(texts)]
            value = "left(%s, greatest(%s - length(id::text), 1)) || id::text"
            if column in ("source_url", "web_address"):
                value = f"'https://' || {value}"  # the tables hold no other addresses
            value = f"ARRAY[{value}]::varchar[]" if is_array else value
            rows = "field = 'name'" if (table, column) == ("models_catalog_claim", "text") else "true"
            cursor.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE {rows}', [text, length])
        yield
        transaction.set_rollback(True)
