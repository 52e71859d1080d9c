"""A merged entry leads to one that is not merged itself, so that no address leads in a circle or over several steps."""

from django.db import migrations

CREATE = """
CREATE FUNCTION catalog_merged_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM models_catalog_entry merged
        JOIN models_catalog_entry kept ON kept.id = merged.merged_into_id
        WHERE NEW.id IN (merged.id, kept.id) AND kept.merged_into_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'entry % stands in a chain of merges', NEW.slug
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_merged_once', TABLE = 'models_catalog_entry';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_merged_once AFTER INSERT OR UPDATE OF merged_into_id ON models_catalog_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
EXECUTE FUNCTION catalog_merged_once();
"""

DROP = """
DROP TRIGGER entry_merged_once ON models_catalog_entry;
DROP FUNCTION catalog_merged_once();
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0015_names_of_tables")]

    operations = [migrations.RunSQL(CREATE, DROP)]
