"""Previews a merge field by field: the resulting value, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from models_catalog.claims.merge import merge_entries
from models_catalog.claims.preview import effect_of
from models_catalog.fields.columns import COLUMNS, FIELDS, entry_text
from models_catalog.models import Claim, Entry
from models_catalog.models.claim import ClaimQuerySet
from models_catalog.models.vocabulary import Field, NameKind


class Why(TextChoices):
    """Reasons for the value of a field after a merge."""

    SAME = "same", _("both say so")
    KEPT = "kept", _("said of the kept entry only")
    MERGED = "merged", _("comes from the merged entry")
    BOTH = "both", _("both together")
    NAME = "name", _("the kept entry's name; the other becomes one of its other names")
    LATER = "later", _("the later of the two stages")
    CONFLICT = "conflict", _("conflict: the kept entry's value stays, the other stands beside it as a claim")


@dataclass(frozen=True)
class MergedField:
    """One field: its values in the merged and the kept entry now, and the value after the merge."""

    heading: str
    merged: str
    kept: str
    then: str
    why: Why
    waits: str = ""
    """Proposed values of the merged entry, if it has no accepted one."""


@dataclass(frozen=True)
class Preview:
    rows: list[MergedField]
    claims: int
    """Number of claims that move, including proposed and rejected ones."""
    waiting: int
    """Number of these that are proposed."""
    names: list[str]
    """Names of the merged entry that the kept one lacks."""
    members: list[Entry]
    """Entries that are part of the merged one, and become part of the kept one."""

    @property
    def conflicts(self) -> int:
        return sum(row.why == Why.CONFLICT for row in self.rows)


def preview_of(*, kept: Entry, merged: Entry, by: str) -> Preview:
    """Preview `merge_entries`. Writes nothing; raises the same `NotAllowed`."""
    now, other = entry_text(kept), entry_text(merged)
    effects = effect_of(kept, lambda: merge_entries(kept=kept, merged=merged, by=by))
    then = now | {effect.heading: effect.after for effect in effects}
    columns = {str(heading): column for column, heading in HEADINGS.items()}
    moving = Claim.objects.filter(entry=merged)
    known = {claim.text for claim in kept.claims.filter(field=Field.NAME)}
    waits = _waiting(moving)
    names = moving.public().filter(field=Field.NAME).values_list("text", flat=True)
    return Preview(
        rows=[
            MergedField(
                heading,
                other[heading],
                now[heading],
                then[heading],
                _why(column, other[heading], now[heading], then[heading]),
                "" if other[heading] else waits.get(column, ""),
            )
            for heading, column in columns.items()
            if now[heading] or other[heading] or then[heading]
        ],
        claims=moving.count(),
        waiting=moving.proposed().count(),
        names=[text for text in dict.fromkeys(names) if text not in known],
        members=list(Entry.objects.filter(Q(claims__parent=merged) | Q(parent=merged)).distinct()),
    )


def _waiting(moving: ClaimQuerySet) -> dict[str, str]:
    """Column → the proposed values."""
    words: dict[str, list[str]] = {}
    for claim in moving.proposed().order_by("position", "pk"):
        column = (
            _NAMES.get(claim.token, "aliases") if claim.field == Field.NAME else _COLUMNS.get(claim.field, "")
        )
        words.setdefault(column, []).append(claim.text or claim.stated or claim.quotation)
    return {column: _(", ").join(filter(None, dict.fromkeys(said))) for column, said in words.items()}


def _why(column: str, other: str, now: str, then: str) -> Why:
    if other == now == then:
        return Why.SAME
    if not now:
        return Why.MERGED
    if column in _JOINED and then != now:
        return Why.BOTH
    if not other or column in _JOINED:
        return Why.KEPT
    return _CONTESTED.get(column, Why.CONFLICT)


HEADINGS: dict[str, StrOrPromise] = {
    **{column: heading for column, heading in COLUMNS.items() if column != "merged_into_id"},
    "developers": Field.DEVELOPER.label,
    "sectors": Field.SECTOR.label,
}
"""The fields that are compared."""
_NAMES: dict[str, str] = {NameKind.ZH: "name_zh", NameKind.EN: "name_en"}
_COLUMNS = {field.value: column for column, field in FIELDS.items()} | {
    Field.DEVELOPER.value: "developers",
    Field.SECTOR.value: "sectors",
}
"""Field → the column that shows its values."""
_JOINED = {"aliases", "modalities", "developers", "sectors"}
"""Columns with several values, which a merge unites."""
_CONTESTED = {"name_zh": Why.NAME, "name_en": Why.NAME, "stage": Why.LATER}
"""Columns with one value in which two different values are not a conflict."""
