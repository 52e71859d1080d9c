"""Words that were typed while the text of their source was not at hand have no place: readers are told that they are unchecked.

Whether a text was at hand is not recorded. A place stays where the reader of articles or the fixtures gave it, which read
the text; where the text is at hand now and has the words there; and where the text was read here before the words were
typed and may have been purged since. Of the others, which a person or a table gave, nobody can say that they are right.
"""

from functools import lru_cache
from typing import Any

import pghistory
from django.conf import settings
from django.db import migrations

from models_catalog.intake.articles.places import article_in_folder, quoted_at

ACTIONS = {
    "typed": ["propose", "revise", "edit", "import"],
    "read": ["read article", "load_registry", "overwrite"],
}

PLACES = """
    WITH given AS (
        SELECT claim.id, context.metadata ->> 'what' AS what, event.pgh_created_at AS at
        FROM models_catalog_{table} AS claim
        JOIN models_catalog_{table}event AS event ON event.pgh_obj_id = claim.id
        AND (event.source_id, event.line, event.start, event."end") = (claim.source_id, claim.line, claim.start, claim."end")
        JOIN pghistory_context AS context ON context.id = event.pgh_context_id
    ), typed AS (
        SELECT id, max(at) AS at FROM given
        WHERE what = ANY(%(typed)s) AND id NOT IN (SELECT id FROM given WHERE what = ANY(%(read)s)) GROUP BY id
    ), had AS (
        SELECT event.source_id, min(event.pgh_created_at) AS at FROM (
            SELECT source_id, pgh_created_at, pgh_context_id FROM models_catalog_claimevent
            UNION ALL SELECT pgh_obj_id, pgh_created_at, pgh_context_id FROM models_catalog_sourceevent
        ) AS event JOIN pghistory_context AS context ON context.id = event.pgh_context_id
        WHERE context.metadata ->> 'what' = 'read article' GROUP BY event.source_id
    )
    SELECT claim.id, claim.source_id, claim.line, claim.start, claim."end", claim.quotation, coalesce(had.at <= typed.at, false)
    FROM models_catalog_{table} AS claim JOIN typed USING (id)
    JOIN models_catalog_source AS source ON source.id = claim.source_id
    LEFT JOIN had ON had.source_id = source.id
    WHERE source.slug NOT LIKE 'import-%%' ORDER BY claim.source_id
"""
"""The places that a person or a table gave, and whether the text of their source had been read here by then."""


def forget(apps: Any, editor: Any) -> None:
    lines_of = lru_cache(maxsize=1)(lambda source: _lines(apps, source))  # they come by source
    with pghistory.context(what="forget places", who=""):
        for model in ("Claim", "DeveloperClaim"):
            with editor.connection.cursor() as cursor:
                cursor.execute(PLACES.format(table=model.lower()), ACTIONS)
                places = cursor.fetchall()
            gone = [pk for pk, source, *place in places if not _is_checked(lines_of(source), *place)]
            rows = apps.get_model("models_catalog", model).objects.filter(pk__in=gone)
            rows.update(line=None, start=None, end=None)


def _lines(apps: Any, source: int) -> list[str] | None:
    """The raw lines of the kept text, else of the file in `CATALOG_SOURCES_DIR`."""
    row = apps.get_model("models_catalog", "Source").objects.get(pk=source)
    kept = apps.get_model("models_catalog", "SourceText").objects.filter(source_id=source).first()
    text = kept or article_in_folder(row.file_name, row.sha256)
    return text.text.split("\n") if text else None


def _is_checked(
    lines: list[str] | None, line: int, start: int, end: int, quotation: str, had_text: bool
) -> bool:
    if lines is None:
        return had_text and settings.KEEP_SOURCE_TEXTS
    return line <= len(lines) and quoted_at(lines[line - 1], start, end) == quotation


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0013_web_pages")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
