"""What a row of an imported table is: a model, as all were so far, or a claim."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0018_catalog_change")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="contents",
            field=models.CharField(
                choices=[("models", "a model"), ("claims", "a statement")],
                default="models",
                max_length=20,
                verbose_name="a row is",
            ),
        )
    ]
