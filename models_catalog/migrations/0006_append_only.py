"""History is written once: the database refuses to change or delete it, whoever asks."""

from django.db import migrations

HISTORIES = (
    "claim", "developer", "entrydeveloper", "entry", "entrysector", "entrysource", "figureevidence",
    "marketfigure", "omission", "sector", "source",
)  # fmt: skip

REFUSE = """
CREATE FUNCTION catalog_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is not rewritten: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- Who did what may still grow while a transaction runs: pghistory adds to it. Nothing of it goes away.
CREATE FUNCTION catalog_context_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.metadata @> OLD.metadata THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is not rewritten: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON pghistory_context
FOR EACH ROW EXECUTE FUNCTION catalog_context_only_grows();
"""

ALLOW = """
DROP TRIGGER append_only ON pghistory_context;
DROP FUNCTION catalog_context_only_grows();
DROP FUNCTION catalog_refuse_rewriting();
"""

PROTECT = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON models_catalog_{history}event
FOR EACH ROW EXECUTE FUNCTION catalog_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0005_history_of_links"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        *(
            migrations.RunSQL(
                PROTECT.format(history=history), f"DROP TRIGGER append_only ON models_catalog_{history}event;"
            )
            for history in HISTORIES
        ),
    ]
