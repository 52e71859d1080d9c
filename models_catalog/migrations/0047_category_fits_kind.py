"""Applications and platforms have no category; what a claim gave one before is taken off the entry first."""

from django.db import migrations, models

EMPTY = """
UPDATE models_catalog_entry SET category = '', not_applicable = array_append(not_applicable, 'category')
WHERE kind IN ('application', 'platform') AND NOT 'category' = ANY(not_applicable);
UPDATE models_catalog_entry SET category = '' WHERE kind IN ('application', 'platform') AND category <> '';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0046_deployed_and_approved"),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category", ""),
                    models.Q(("kind__in", ("application", "platform")), _negated=True),
                    _connector="OR",
                ),
                name="entry_category_fits_kind",
            ),
        ),
    ]
