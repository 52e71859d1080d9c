"""An entry's columns as text, for saying what a change does to them."""

from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field
from models_catalog.queries.history import COLUMNS, column_text


def entry_text(entry: Entry) -> dict[str, str]:
    """Heading → value, "" for what is not stated. Reads the entry as the database has it now."""
    now = Entry.objects.select_related("parent", "merged_into").get(pk=entry.pk)
    named = {row.pk: row.label for row in (now.parent, now.merged_into) if row}
    told = {str(heading): column_text(now, column, named) for column, heading in COLUMNS.items()}
    told[str(Field.DEVELOPER.label)] = ", ".join(
        row.label for row in now.developers.order_by("entry_developers")
    )
    told[str(Field.SECTOR.label)] = ", ".join(row.label for row in now.sectors.all())
    return told
