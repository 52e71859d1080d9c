"""Users keep views of the desk's lists."""

from django.conf import settings
from django.db import migrations
from django.db.models import CASCADE, CharField, ForeignKey, Q, UniqueConstraint

from models_catalog.migrations._columns import checks, columns


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0014_unchecked_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "SavedView",
            columns(
                list=CharField(max_length=60, help_text="Name of the list's address."),
                name=CharField(max_length=60),
                query=CharField(max_length=1_000, blank=True),
                user=ForeignKey(settings.AUTH_USER_MODEL, CASCADE, related_name="+"),
            ),
            {
                "ordering": ["name"],
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "default_permissions": (),
                "constraints": [
                    UniqueConstraint(fields=["user", "list", "name"], name="saved_view_once"),
                    *checks(saved_view_has_name=~Q(name="")),
                ],
            },
        ),
    ]
