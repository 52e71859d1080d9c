"""The order by name of all entries, listed or not: the admin's lists and exports begin with it at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0027_history_of_reports_is_whole"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="entry",
            name="entry_sort_key",
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(models.F("sort_key"), models.F("slug"), name="entry_sort_key"),
        ),
    ]
