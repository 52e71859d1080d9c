"""What a decision makes of claims: worked out in memory, for the preview and for the action alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy

from django.utils.translation import gettext as _

from models_catalog.models import Claim
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    WITHOUT_CATEGORY,
    EventKind,
    Field,
    NameKind,
    Ruling,
    Status,
    Verdict,
)

Column = tuple[str, str]
"""A column of an entry that one claim at a time fills: the field, and of a name its form."""

_STATUS_AFTER = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.PREFER: Status.ACCEPTED,
    Verdict.DISPUTE: Status.DISPUTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.REOPEN: Status.PROPOSED,
}


class NotAllowed(ValueError):
    """The action makes no sense as things stand; the message says why."""


def column_of(claim: Claim) -> Column | None:
    """The column that `claim` fills while it is preferred; None where an entry keeps all values side by side, and for one of an earlier time."""
    if claim.is_earlier:
        return None
    if claim.field == Field.NAME:
        return (claim.field, claim.token) if claim.token in (NameKind.ZH, NameKind.EN) else None
    fills = claim.field in SINGLE_VALUED or claim.event == EventKind.RELEASED
    return (claim.field, "") if fills else None


def refuse_nonsense(claims: Collection[Claim], verdict: Verdict) -> None:
    """Raise `NotAllowed` if `verdict` is no answer to one of `claims`. Several at once are decided on only while they wait."""
    for claim in claims:
        waits = claim.status == Status.PROPOSED
        if len(claims) > 1 and waits == (verdict == Verdict.REOPEN):
            raise NotAllowed(_("There is no such decision to make about %(claim)s.") % {"claim": claim})
        if waits and verdict == Verdict.REOPEN:
            raise NotAllowed(_("This claim waits already."))
        if verdict == Verdict.PREFER and column_of(claim) is None:
            raise NotAllowed(_("A claim of a field with many values fills no column by itself."))
        if verdict == Verdict.DISPUTE and claim.is_earlier:
            raise NotAllowed(_("A value of an earlier time is no dispute: accept or reject it."))
        if verdict in (Verdict.ACCEPT, Verdict.PREFER) and _is_category_of_none(claim):
            raise NotAllowed(
                _("Applications and platforms have no category: the answer is “not applicable”.")
            )


def _is_category_of_none(claim: Claim) -> bool:
    """Whether `claim` gives a category to an entry of a kind that has none."""
    return claim.field == Field.CATEGORY and bool(claim.token) and claim.entry.kind in WITHOUT_CATEGORY


def judge(
    ledger: Iterable[Claim], chosen: Collection[int], verdict: Verdict, ruling: Ruling | str = ""
) -> list[Claim]:
    """Copies of `ledger`, the claims of an entry in order, with those whose ids are `chosen` as `verdict` leaves them.

    One follows the other: of several for one column the first accepted fills it, the last preferred.
    """
    rows = [copy(claim) for claim in ledger]
    for claim in rows:
        if claim.pk in chosen:
            _apply(claim, rows, verdict, ruling)
    return rows


def _apply(claim: Claim, rows: Iterable[Claim], verdict: Verdict, ruling: Ruling | str) -> None:
    rivals = rivals_of(claim, rows)
    if verdict == Verdict.PREFER:
        for row in rivals:
            row.preferred = False
    claim.preferred = verdict == Verdict.PREFER or (
        verdict == Verdict.ACCEPT and column_of(claim) is not None and not rivals
    )
    claim.status = _STATUS_AFTER[verdict]
    claim.ruling = ruling if verdict == Verdict.DISPUTE else ""


def rivals_of(claim: Claim, rows: Iterable[Claim]) -> list[Claim]:
    """Those of `rows`, claims of the same entry, that fill the column which `claim` would fill; the database allows one."""
    column = column_of(claim)
    return [row for row in rows if row.preferred and row.pk != claim.pk and column_of(row) == column]
