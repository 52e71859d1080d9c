"""Words that were typed while the text of their source was not at hand have no place: readers are told that they are unchecked.

Whether the text was at hand is not recorded. A place stays where the history shows the reader of articles or the fixtures,
which read the text, or where the text is kept; of the others, which a person or a table gave, nobody can say that it is right.
"""

from django.db import migrations

TYPED = "'propose', 'revise', 'edit', 'import'"
READ = "'read article', 'load_registry', 'overwrite'"

FORGET = """
    UPDATE models_catalog_{table} AS claim SET line = NULL, start = NULL, "end" = NULL
    FROM models_catalog_source AS source
    WHERE source.id = claim.source_id AND claim.line IS NOT NULL AND source.slug NOT LIKE 'import-%%'
    AND NOT EXISTS (SELECT FROM models_catalog_sourcetext AS text WHERE text.source_id = source.id)
    AND EXISTS ({typed}) AND NOT EXISTS ({read})
"""
MADE_BY = """
    SELECT FROM models_catalog_{table}event AS event JOIN pghistory_context AS context ON context.id = event.pgh_context_id
    WHERE event.pgh_obj_id = claim.id AND context.metadata ->> 'what' IN ({actions})
    AND (event.source_id, event.line, event.start, event."end") = (claim.source_id, claim.line, claim.start, claim."end")
"""


def forget(table: str) -> migrations.RunSQL:
    typed, read = (MADE_BY.format(table=table, actions=actions) for actions in (TYPED, READ))
    statement = FORGET.format(table=table, typed=typed, read=read).replace("%%", "%")
    return migrations.RunSQL(statement, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0013_web_pages")]

    operations = [forget("claim"), forget("developerclaim")]
