"""Previews a merge of entries or developers field by field: the resulting value, and why."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from models_catalog.claims import merge_developers
from models_catalog.claims.merge import merge_entries
from models_catalog.claims.preview import effect_of
from models_catalog.fields.columns import COLUMNS, FIELDS, entry_text
from models_catalog.history.rows import text_of
from models_catalog.models import Claim, Developer, Entry
from models_catalog.models.claim import ClaimQuerySet
from models_catalog.models.vocabulary import Field, NameKind, Status


class Why(TextChoices):
    """Reasons for the value of a field after a merge."""

    SAME = "same", _("both say so")
    KEPT = "kept", _("only the kept one has it")
    MERGED = "merged", _("comes from the merged one")
    BOTH = "both", _("both together")
    NAME = "name", _("the kept one's name; the other becomes another name")
    LATER = "later", _("the later of the two stages")
    CONFLICT = "conflict", _("conflict: the kept one's value stays, the other remains as a claim")
    DROPPED = "dropped", _("conflict: the kept one's value stays")


@dataclass(frozen=True)
class MergedField:
    """One field: its values in the merged and the kept entry now, and the value after the merge."""

    heading: str
    merged: str
    kept: str
    then: str
    why: Why
    waits: str = ""
    """Proposed values of the merged entry."""


@dataclass(frozen=True)
class Preview:
    rows: list[MergedField]
    claims: int
    """Number of claims that move, including proposed and rejected ones."""
    waiting: int
    """Number of these that are proposed."""
    names: list[str]
    """Names of the merged entry that the kept one lacks."""
    members: Sequence[Entry | Developer]
    """Rows that are part of the merged one, and become part of the kept one."""

    @property
    def conflicts(self) -> int:
        return sum(row.why in (Why.CONFLICT, Why.DROPPED) for row in self.rows)


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
                waits.get(column, ""),
            )
            for heading, column in columns.items()
            if now[heading] or other[heading] or then[heading] or column in waits
        ],
        claims=moving.count(),
        waiting=moving.proposed().count(),
        names=[text for text in dict.fromkeys(names) if text not in known],
        members=list(Entry.objects.filter(Q(claims__parent=merged) | Q(parent=merged)).distinct()),
    )


def preview_of_developers(*, kept: Developer, merged: Developer) -> Preview:
    """Preview `merge_developers`. Writes nothing; raises the same `NotAllowed`."""
    merge_developers.refuse_nonsense(kept, merged)
    then = copy(kept)
    _filled, names = merge_developers.fill(then, merged)
    claims = merge_developers.naming("claims", merged)
    return Preview(
        rows=[row for name in _DEVELOPER for row in _developer_row(name, merged, kept, then)],
        claims=claims.count(),
        waiting=claims.filter(status=Status.PROPOSED).count(),
        names=names,
        members=list(merge_developers.naming("children", merged)),
    )


def _developer_row(name: str, *rows: Developer) -> list[MergedField]:
    column: Any = Developer._meta.get_field(name)
    merged, kept, then = (text_of(column, getattr(row, name)) for row in rows)
    if not (merged or kept or then):
        return []
    if name == "aliases":
        why = Why.BOTH if then != kept else Why.KEPT
    elif merged == kept:
        why = Why.SAME
    elif not kept:
        why = Why.MERGED
    else:
        why = Why.KEPT if not merged else Why.NAME if name in _CONTESTED else Why.DROPPED
    return [MergedField(capfirst(column.verbose_name), merged, kept, then, why)]


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
_DEVELOPER = ("name_zh", "name_en", "aliases", "kind", "parent")
_JOINED = {"aliases", "modalities", "developers", "sectors"}
"""Columns with several values, which a merge unites."""
_CONTESTED = {"name_zh": Why.NAME, "name_en": Why.NAME, "stage": Why.LATER}
"""Columns with one value in which two different values are not a conflict."""
