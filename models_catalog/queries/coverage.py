"""How much of the registry the sources fill."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from models_catalog.fields.declared import DECLARED
from models_catalog.fields.surfaces import surface
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Basis, Field, Shape

_FILLED: Final = surface(
    "coverage",
    {
        Shape.NUMBER: lambda of: Q(**{f"{of.value}__isnull": False}),
        Shape.WORD: lambda of: ~Q(**{of.value: ""}),
        Shape.WORDS: lambda of: ~Q(modalities=[]),
        Shape.ROWS: lambda of: Q(**{f"{of.value}s__isnull": False}),
        Shape.EVENTS: lambda of: Q(released__isnull=False),
        Shape.PARENT: None,
    },
)
"""Shape → that an entry has a value of a field; of the events, a release with its days. Most models are part of no other."""

FILLED = {one.field: fills(one.field) for one in DECLARED if (fills := _FILLED[one.field.shape])}


@dataclass(frozen=True)
class Coverage:
    """One field over all listed entries."""

    field: Field
    stated: int
    answered: int
    """Without a value because the field does not apply, or because the developer does not say."""
    unstated: int

    @property
    def label(self) -> str:
        return str(_("Release date") if self.field == Field.EVENT else self.field.label)


@dataclass(frozen=True)
class ClaimNumbers:
    """How many claims readers see, by what they rest on."""

    stated: int
    inferred: int
    curator: int

    @property
    def total(self) -> int:
        return self.stated + self.inferred + self.curator


def claim_numbers(**conditions: Any) -> ClaimNumbers:
    """Of all public claims, or of those that meet the conditions."""
    claims = Claim.objects.public().filter(entry__is_listed=True, **conditions).order_by()
    counts = dict(claims.values_list("basis").annotate(n=Count("pk")))
    return ClaimNumbers(
        *(counts.get(basis.value, 0) for basis in (Basis.STATED, Basis.INFERRED, Basis.CURATOR))
    )


def coverage() -> list[Coverage]:
    """For each field, the listed entries with a value, with another answer and with none."""
    counts = {f"{of}_filled": Count("pk", filter=filled, distinct=True) for of, filled in FILLED.items()}
    for of, filled in FILLED.items():
        answers = Q(not_applicable__contains=[of.value]) | Q(undisclosed__contains=[of.value])
        counts[f"{of}_answered"] = Count("pk", filter=answers & ~filled, distinct=True)
    row = Entry.objects.listed().aggregate(total=Count("pk", distinct=True), **counts)
    told = [(of, row[f"{of}_filled"], row[f"{of}_answered"]) for of in FILLED]
    return [Coverage(of, stated, answered, row["total"] - stated - answered) for of, stated, answered in told]
