"""Names with tone marks are found by the spelling without them, as names.fold has it now.

The way back leaves the keys as they are: the older fold finds them by the plain spelling, and the next settling of an
entry writes what it would have.
"""

from typing import Any

from django.db import migrations

from models_catalog.text.names import TONELESS, bigrams, keys

MARKED = f"[{''.join(map(chr, TONELESS))}ü]"


def fold_anew(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("models_catalog", "SearchKey").objects
    marked = rows.filter(key__regex=MARKED)
    for entry, tier, text in set(marked.values_list("entry_id", "tier", "text")):
        name = {"entry_id": entry, "tier": tier, "text": text}
        rows.filter(**name).delete()
        made = keys(text)
        rows.bulk_create(
            rows.model(**name, key=key, tokens=bigrams(key))
            for key in sorted({made.folded, made.pinyin, made.initials} - {""})
        )


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0033_names_in_english_order")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
