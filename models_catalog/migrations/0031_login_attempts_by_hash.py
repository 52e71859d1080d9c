"""Tries to log in are kept under a keyed hash of name and address. The old rows, a quarter of an hour of them, go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0030_merge_outlives_its_entries")]

    operations = [
        migrations.RunSQL(
            "DELETE FROM models_catalog_loginattempt", "DELETE FROM models_catalog_loginattempt"
        ),
        migrations.RemoveIndex("loginattempt", "login_attempt_who_where"),
        migrations.RemoveField("loginattempt", "username"),
        migrations.RemoveField("loginattempt", "address"),
        migrations.AddField(
            "loginattempt", "sender", models.CharField(max_length=64, default=""), preserve_default=False
        ),
        migrations.AddIndex(
            "loginattempt", models.Index(fields=["sender", "at"], name="login_attempt_of_sender")
        ),
    ]
