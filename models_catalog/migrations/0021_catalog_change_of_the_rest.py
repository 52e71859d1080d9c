"""What readers' pages show beside the entries is noted too, so that a page can be kept until anything on it changes."""

from django.db import migrations

TABLES = ("marketfigure", "figureevidence", "omission", "release", "merge")
EVENTS = ("insert", "update", "delete", "truncate")

CREATE = "".join(
    f"CREATE TRIGGER note_{event} AFTER {event.upper()} ON models_catalog_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change();"
    for table in TABLES
    for event in EVENTS
)
DROP = "".join(
    f"DROP TRIGGER note_{event} ON models_catalog_{table};" for table in TABLES for event in EVENTS
)


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0020_import_run")]

    operations = [migrations.RunSQL(CREATE, DROP)]
