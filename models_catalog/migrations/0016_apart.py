"""Curators say of two rows with like names that they are not the same."""

from django.db import migrations
from django.db.models import BigIntegerField, CharField, DateTimeField, F, Q, UniqueConstraint

from models_catalog.migrations._columns import checks, columns


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0015_saved_views")]

    operations = [
        migrations.CreateModel(
            "Apart",
            columns(
                of=CharField(max_length=10, choices=[("entry", "Entry"), ("developer", "Developer")]),
                one=BigIntegerField(),
                other=BigIntegerField(),
                done_by=CharField(max_length=150),
                done_at=DateTimeField(auto_now_add=True),
                undone_by=CharField(max_length=150, blank=True),
                undone_at=DateTimeField(null=True, blank=True),
            ),
            {
                "ordering": ["-done_at", "-pk"],
                "verbose_name": "pair that is not the same",
                "verbose_name_plural": "pairs that are not the same",
                "default_permissions": (),
                "constraints": [
                    UniqueConstraint(
                        fields=["of", "one", "other"], condition=Q(undone_at=None), name="apart_once"
                    ),
                    *checks(
                        apart_is_of_two=Q(one__lt=F("other")),
                        apart_undone_says_by_whom=Q(undone_by="", undone_at=None)
                        | (~Q(undone_by="") & Q(undone_at__isnull=False)),
                    ),
                ],
            },
        ),
    ]
