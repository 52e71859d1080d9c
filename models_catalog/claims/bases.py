"""The basis of each value of an entry: stated, inferred, or a curator's addition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from models_catalog.models import Claim
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    Answer,
    EventKind,
    Field,
    NameKind,
    bases,
    strongest,
)

SEPARATOR = "; "


def bases_of(claims: Sequence[Claim], columns: Mapping[str, Any]) -> dict[str, str]:
    """Column of the files → the basis of its value, or one basis per value where they differ.

    `claims` are an entry's accepted claims in order, `columns` the values settled from them. A value with several
    claims has the strongest of their bases; columns without a value are left out.
    """
    told = [claim for claim in claims if claim.answer == Answer.VALUE and not claim.is_earlier]
    cells = {
        "name_zh": _names(told, [columns["name_zh"]], [NameKind.ZH]),
        "name_en": _names(told, [columns["name_en"]], [NameKind.EN]),
        "aliases": _names(told, columns["aliases"], NameKind),
        **{field.value: _preferred(told, field) for field in SINGLE_VALUED if field != Field.CATEGORY},
        "category": _preferred(told, Field.CATEGORY) if columns["category"] else [],
        "developers": _each(told, Field.DEVELOPER),
        "modality": _each(told, Field.MODALITY),
        "links": _each(told, Field.LINK),
        "sectors": _each(sorted(told, key=_place_of_sector), Field.SECTOR),
        "released": _preferred(told, Field.EVENT) if columns["released"] else [],
        "stage": _stage(told, columns["stage"]),
    }
    return {name: SEPARATOR.join(bases(found)) for name, found in cells.items() if found}


def _names(told: Iterable[Claim], shown: Iterable[str], forms: Collection[str]) -> list[str]:
    named = [claim for claim in told if claim.field == Field.NAME and claim.token in forms]
    return [strongest(c.basis for c in named if c.text == name) for name in shown if name]


def _preferred(told: Sequence[Claim], field: Field) -> list[str]:
    """The basis of the value that fills the column, over all claims that give that value."""
    chosen = next((claim for claim in told if claim.field == field and claim.preferred), None)
    if chosen is None:
        return []
    return [strongest(claim.basis for claim in told if _said(claim) == _said(chosen))]


def _each(told: Iterable[Claim], field: Field) -> list[str]:
    values: dict[Any, list[str]] = {}
    for claim in told:
        if claim.field == field:
            values.setdefault(_said(claim), []).append(claim.basis)
    return [strongest(found) for found in values.values()]


def _stage(told: Iterable[Claim], stage: str) -> list[str]:
    """The basis of the events that led to the stage."""
    reached = [claim for claim in told if claim.event and EventKind(claim.event).stage == stage]
    return [strongest(claim.basis for claim in reached)] if stage else []


def _place_of_sector(claim: Claim) -> tuple[int, str]:
    """Sort key: sectors are shown in the order of their vocabulary."""
    return (claim.sector.position, claim.sector.slug) if claim.sector else (0, "")


def _said(claim: Claim) -> tuple[Any, ...]:
    """The value of a claim, comparable."""
    return (
        claim.field, claim.text if claim.field == Field.LINK else "", claim.token, claim.event, claim.number, claim.days,
        claim.developer_id, claim.sector_id, claim.parent_id,
    )  # fmt: skip
