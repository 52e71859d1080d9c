"""A release is frozen by the database; reports are for curators to handle and for nobody to write in the admin."""

from typing import Any

from django.db import migrations

from models_catalog.roles import Role, grant

FREEZE = """
CREATE FUNCTION catalog_refuse_thawing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a release is frozen: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON models_catalog_release
FOR EACH ROW EXECUTE FUNCTION catalog_refuse_thawing();
"""
THAW = """
DROP TRIGGER frozen ON models_catalog_release;
DROP FUNCTION catalog_refuse_thawing();
"""
MAY = {Role.VIEWER: ("view",), Role.CURATOR: ("view", "change"), Role.ADMIN: ("view", "change")}


def grant_reports(apps: Any, schema_editor: Any) -> None:
    grant(apps, "models_catalog", MAY, ("report",))


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0012_releases_and_reports")]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunPython(grant_reports, migrations.RunPython.noop),
    ]
