"""An entry's columns as text, for previews and histories."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from models_catalog.fields.declared import NUMBERED
from models_catalog.fields.describe import range_words
from models_catalog.fields.surfaces import covers
from models_catalog.models import Developer, Entry, Sector
from models_catalog.models.vocabulary import NUMBERS, Answer, Field, Modality

COLUMNS: dict[str, StrOrPromise] = {
    "name_zh": gettext_lazy("Chinese name"),
    "name_en": gettext_lazy("English name"),
    "aliases": gettext_lazy("Other names"),
    "kind": gettext_lazy("Kind"),
    "parent_id": gettext_lazy("Part of"),
    "category": gettext_lazy("Category"),
    "modalities": gettext_lazy("Modality"),
    **{f"{one.column}_stated": one.field.label for one, _number in NUMBERED},
    "released_stated": gettext_lazy("Release date"),
    "stage": gettext_lazy("Stage"),
    "openness": gettext_lazy("Openness"),
    "links": gettext_lazy("Links"),
    "merged_into_id": gettext_lazy("Merged into"),
}
"""The columns whose changes are shown → their headings."""

FIELDS = {
    "name_zh": Field.NAME, "kind": Field.KIND, "parent_id": Field.PARENT, "category": Field.CATEGORY,
    "modalities": Field.MODALITY, **{f"{of.value}_stated": of for of in NUMBERS}, "released_stated": Field.EVENT,
    "openness": Field.OPENNESS, "links": Field.LINK,
}  # fmt: skip
"""Column → the field whose claims may say why it is empty."""

covers("history and previews", [*FIELDS.values(), Field.DEVELOPER, Field.SECTOR])


def entry_text(entry: Entry) -> dict[str, str]:
    """Heading → value, "" for not stated. Reads the entry from the database."""
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
    """The same for the columns of `entry` in memory; `named` maps ids of referenced entries to labels. Runs no
    query."""
    told = {_("For readers"): _("Listed") if entry.is_listed else _("Not listed yet")}
    for column, heading in COLUMNS.items():
        text = _column(entry, column, named)
        told[str(heading)] = text or _absence(entry, FIELDS.get(column))
    for field, rows in ((Field.DEVELOPER, developers), (Field.SECTOR, sectors)):
        told[str(field.label)] = _(", ").join(row.label for row in rows) or _absence(entry, field)
    told[_("Sources")] = str(sources)
    return told


def _column(entry: Entry, column: str, named: Mapping[int, str]) -> str:
    if (of := FIELDS.get(column)) in NUMBERS:
        return _number(getattr(entry, str(of)), getattr(entry, column), str(of))
    if column == "released_stated":
        return range_words(entry.released) if entry.released else ""
    return column_text(entry, column, dict(named))


def _number(held: Any, stated: str, of: str) -> str:
    """The words that state it, with their meaning; the number alone if it is exact."""
    number = range_words(held, of) if held else ""
    is_exact = held is not None and held.upper == held.lower + 1
    return number if is_exact or not stated else f"{stated} · {number}"


def _absence(entry: Entry, field: Field | None) -> str:
    if field in entry.undisclosed:
        return str(Answer.UNDISCLOSED.label)
    return str(Answer.NOT_APPLICABLE.label) if field in entry.not_applicable else ""


def column_text(event: Any, column: str, named: dict[int, str]) -> str:
    value = getattr(event, column)
    if column.endswith("_id"):
        return named.get(value, "")
    if column == "modalities":
        return _(", ").join(str(Modality(word).label) for word in value)
    if isinstance(value, list):
        return _(", ").join(value)
    shown = getattr(event, f"get_{column}_display", None)
    return str(shown() if shown else value)
