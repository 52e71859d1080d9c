"""The file of an import with several sheets is kept until it is applied, so that another one can be chosen."""

from django.db import migrations
from django.db.models import BinaryField


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0011_developers_merge")]

    operations = [
        migrations.AddField(
            "importbatch",
            "content",
            BinaryField(
                default=b"",
                help_text="The file, until it is applied, if it has several sheets to choose from.",
            ),
        ),
    ]
