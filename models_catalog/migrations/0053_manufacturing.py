"""The sector `industry` is `manufacturing`: its old slug was that of a category, too. The memory of loads follows."""

from django.db import migrations

RENAME = """
UPDATE models_catalog_sector SET slug = '{new}'
WHERE slug = '{old}' AND NOT EXISTS (SELECT FROM models_catalog_sector WHERE slug = '{new}');
UPDATE models_catalog_loadedrow SET key = '{new}', columns = jsonb_set(columns, '{{slug}}', '"{new}"')
WHERE "table" = 'sector' AND key = '{old}';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0052_bases")]

    operations = [
        migrations.RunSQL(
            RENAME.format(old="industry", new="manufacturing"),
            RENAME.format(old="manufacturing", new="industry"),
        )
    ]
