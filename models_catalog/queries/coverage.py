"""How much of the registry the sources fill."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field

FILLED = {
    Field.DEVELOPER: Q(developers__isnull=False),
    Field.KIND: ~Q(kind=""),
    Field.PARAMETERS: Q(parameters__isnull=False),
    Field.EVENT: Q(released__isnull=False),
    Field.OPENNESS: ~Q(openness=""),
    Field.CATEGORY: ~Q(category=""),
    Field.MODALITY: ~Q(modalities=[]),
    Field.SECTOR: Q(sectors__isnull=False),
}
"""Field → that an entry has a value of it; of the events, a release with its days."""


@dataclass(frozen=True)
class Coverage:
    """One field over all listed entries."""

    field: Field
    stated: int
    unstated: int

    @property
    def label(self) -> str:
        return str(_("Release date") if self.field == Field.EVENT else self.field.label)


def coverage() -> list[Coverage]:
    """For each field, the listed entries with a value and without."""
    counts = {of.value: Count("pk", filter=filled, distinct=True) for of, filled in FILLED.items()}
    row = Entry.objects.listed().aggregate(total=Count("pk", distinct=True), **counts)
    return [Coverage(of, row[of.value], row["total"] - row[of.value]) for of in FILLED]
