"""Tries to log in, and reports, are counted by network too, and tries by name and by device: all as keyed hashes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0040_release_created_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="loginattempt",
            name="device",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="loginattempt",
            name="household",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="loginattempt",
            name="name",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="loginattempt",
            name="network",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="reporttry",
            name="network",
            field=models.CharField(db_default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="loginattempt",
            name="sender",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="loginattempt",
            index=models.Index(fields=["household", "at"], name="login_attempt_of_household"),
        ),
        migrations.AddIndex(
            model_name="loginattempt",
            index=models.Index(fields=["network", "at"], name="login_attempt_of_network"),
        ),
        migrations.AddIndex(
            model_name="loginattempt",
            index=models.Index(fields=["name", "at"], name="login_attempt_of_name"),
        ),
        migrations.AddIndex(
            model_name="loginattempt",
            index=models.Index(fields=["device", "at"], name="login_attempt_of_device"),
        ),
        migrations.AddIndex(
            model_name="loginattempt",
            index=models.Index(fields=["at"], name="login_attempt_by_time"),
        ),
        migrations.AddIndex(
            model_name="reporttry",
            index=models.Index(fields=["network", "at"], name="report_try_of_network"),
        ),
    ]
