import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """A carried release says when the registry was as it has it, which may be before this database."""

    dependencies = [("models_catalog", "0039_history_of_the_rest_is_whole")]

    operations = [
        migrations.AlterField(
            model_name="release",
            name="created_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                help_text="When the registry here was as the release has it.",
            ),
        ),
    ]
