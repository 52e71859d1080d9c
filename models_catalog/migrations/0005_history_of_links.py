"""History of an entry's sectors and sources: tables that Django makes by itself, which pghistory cannot reach."""

from django.db import migrations

LINKS = {"sector": "entry_sectors", "source": "entry_sources"}

CREATE = """
CREATE FUNCTION catalog_record_{column}_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link models_catalog_{link}%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        link := OLD;
    ELSE
        link := NEW;
    END IF;
    INSERT INTO models_catalog_entry{column}event
        (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id, entry_id, {column}_id)
    VALUES (NOW(), lower(TG_OP), link.id, _pgh_attach_context(), link.id, link.entry_id, link.{column}_id);
    RETURN NULL;
END $$;

CREATE TRIGGER record_link AFTER INSERT OR UPDATE OR DELETE ON models_catalog_{link}
FOR EACH ROW EXECUTE FUNCTION catalog_record_{column}_link();
"""

DROP = """
DROP TRIGGER record_link ON models_catalog_{link};
DROP FUNCTION catalog_record_{column}_link();
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0004_history")]

    operations = [
        migrations.RunSQL(CREATE.format(column=column, link=link), DROP.format(column=column, link=link))
        for column, link in LINKS.items()
    ]
