"""An entry's columns as text, for saying what a change does to them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from models_catalog.models import Developer, Entry, Sector
from models_catalog.models.vocabulary import Answer, Field
from models_catalog.queries.history import COLUMNS, column_text
from models_catalog.queries.row_text import range_text

FIELDS = {
    "name_zh": Field.NAME, "kind": Field.KIND, "parent_id": Field.PARENT, "category": Field.CATEGORY,
    "modalities": Field.MODALITY, "parameters_stated": Field.PARAMETERS, "released_stated": Field.EVENT,
    "openness": Field.OPENNESS,
}  # fmt: skip
"""The field of each column that says by itself why it is empty."""


def entry_text(entry: Entry) -> dict[str, str]:
    """Heading → value, "" for what is not stated. Reads the entry as the database has it now."""
    now = Entry.objects.select_related("parent", "merged_into").get(pk=entry.pk)
    named = {row.pk: row.label for row in (now.parent, now.merged_into) if row}
    return columns_text(
        now, named, now.developers.order_by("entry_developers"), now.sectors.all(), now.sources.count()
    )


def columns_text(
    entry: Entry,
    named: Mapping[int, str],
    developers: Iterable[Developer],
    sectors: Iterable[Sector],
    sources: int,
) -> dict[str, str]:
    """The same of the columns that `entry` has in memory; `named` are the labels of entries that it points at. Reads nothing."""
    told = {_("For readers"): _("Listed") if entry.is_listed else _("Not listed yet")}
    for column, heading in COLUMNS.items():
        text = _column(entry, column, named)
        told[str(heading)] = text or _absence(entry, FIELDS.get(column))
    for field, rows in ((Field.DEVELOPER, developers), (Field.SECTOR, sectors)):
        told[str(field.label)] = _(", ").join(row.label for row in rows) or _absence(entry, field)
    told[_("Sources")] = str(sources)
    return told


def _column(entry: Entry, column: str, named: Mapping[int, str]) -> str:
    if column == "parameters_stated":
        size = range_text(entry.parameters) if entry.parameters else ""
        is_exact = entry.parameters is not None and entry.parameters.upper == entry.parameters.lower + 1
        return size if is_exact or not entry.parameters_stated else f"{entry.parameters_stated} · {size}"
    if column == "released_stated":
        return range_text(entry.released) if entry.released else ""
    return column_text(entry, column, dict(named))


def _absence(entry: Entry, field: Field | None) -> str:
    if field in entry.undisclosed:
        return str(Answer.UNDISCLOSED.label)
    return str(Answer.NOT_APPLICABLE.label) if field in entry.not_applicable else ""
