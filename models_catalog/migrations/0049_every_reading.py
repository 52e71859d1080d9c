"""Names are found by every reading that their characters have, as names.every_key has it now.

The way back leaves the keys that were added: the next settling of an entry writes what it would have.
"""

from typing import Any

from django.db import migrations

from models_catalog.text.heteronyms import HETERONYMS
from models_catalog.text.names import every_key

SEVERAL = f"[{''.join(HETERONYMS)}]"


def add_readings(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("models_catalog", "SearchKey").objects
    names = rows.filter(key__regex=SEVERAL).values_list("entry_id", "tier", "text").distinct()
    for entry, tier, text in names.iterator():
        name = {"entry_id": entry, "tier": tier, "text": text}
        rows.bulk_create(
            (rows.model(**name, key=key) for key in sorted(every_key(text))), ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0048_authors_and_units")]

    operations = [migrations.RunPython(add_readings, migrations.RunPython.noop)]
