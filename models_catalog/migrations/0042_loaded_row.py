"""What `load_registry` read last, so that it can tell what a person changed since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0041_tries_by_network"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.SlugField(db_index=False, max_length=20)),
                (
                    "key",
                    models.CharField(
                        help_text="Names the row within its file, as “moss/parameters-1”.", max_length=240
                    ),
                ),
                ("row", models.BigIntegerField()),
                ("columns", models.JSONField(help_text="Column → value, as the fixtures gave it.")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "key"), name="loaded_row_once")],
            },
        ),
    ]
