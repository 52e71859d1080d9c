"""Deciding on all of an import is worked on by a process, too."""

from django.db import migrations
from django.db.models import CharField


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0008_links")]

    operations = [
        migrations.AlterField(
            "importrun",
            "what",
            CharField(
                "what",
                max_length=20,
                choices=[("apply", "Apply"), ("undo", "Undo"), ("decide", "Accept, or put back to review")],
            ),
        ),
    ]
