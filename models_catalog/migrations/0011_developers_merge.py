"""Developers merge, too: the log of merges says of what each is. The merged developer's row is kept within it."""

from django.db import migrations
from django.db.models import CharField, Q

from models_catalog.migrations._columns import checks
from models_catalog.migrations._history import add_recorded
from models_catalog.migrations._values import replace

ENTRY = Q(of="entry") & (Q(undone_at__isnull=False) | Q(kept__isnull=False, merged__isnull=False))


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0010_kept_texts")]

    operations = [
        *add_recorded(
            "Merge",
            of=CharField(
                "kind",
                max_length=10,
                choices=[("entry", "Entry"), ("developer", "Developer")],
                default="entry",
            ),
        ),
        *replace(
            "merge",
            *checks(merge_standing_has_both=ENTRY | Q(of="developer", kept=None, merged=None)),
        ),
    ]
