"""No table with a history is emptied at one stroke: TRUNCATE fires no trigger of a row, so its history would not tell.

Enabled in the common way: a session of a replica, which writes no history either, may fill a server anew.
"""

from django.db import migrations

TABLES = (
    "claim", "developer", "entry", "entry_sectors", "entry_sources", "entrydeveloper", "figureevidence",
    "marketfigure", "omission", "report", "sector", "source",
)  # fmt: skip

REFUSE = """
CREATE FUNCTION catalog_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history would not tell of it: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege', HINT = 'DELETE the rows instead.';
END $$;
"""
GUARD = """
CREATE TRIGGER no_silent_truncate BEFORE TRUNCATE ON models_catalog_{table}
FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0036_history_guarded_always")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION catalog_refuse_truncate();"),
        *(
            migrations.RunSQL(
                GUARD.format(table=table), f"DROP TRIGGER no_silent_truncate ON models_catalog_{table};"
            )
            for table in TABLES
        ),
    ]
