"""Computes the result of a verdict on claims in memory, for both preview and action."""

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
"""An entry column that one claim at a time fills: the field, and for a name its form."""

_STATUS_AFTER = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.PREFER: Status.ACCEPTED,
    Verdict.DISPUTE: Status.DISPUTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.REOPEN: Status.PROPOSED,
}


class NotAllowed(ValueError):
    """The action is impossible in the current state; the message says why."""


def column_of(claim: Claim) -> Column | None:
    """The column that `claim` fills while preferred; None for a field with many values and for an earlier value."""
    if claim.is_earlier:
        return None
    if claim.field == Field.NAME:
        return (claim.field, claim.token) if claim.token in (NameKind.ZH, NameKind.EN) else None
    fills = claim.field in SINGLE_VALUED or claim.event == EventKind.RELEASED
    return (claim.field, "") if fills else None


def refuse_nonsense(claims: Collection[Claim], verdict: Verdict) -> None:
    """Raise `NotAllowed` if `verdict` does not fit one of `claims`. Several at once must all be proposed, or none to
    reopen."""
    for claim in claims:
        waits = claim.status == Status.PROPOSED
        if len(claims) > 1 and waits == (verdict == Verdict.REOPEN):
            raise NotAllowed(_("There is no such decision to make about %(claim)s.") % {"claim": claim})
        if waits and verdict == Verdict.REOPEN:
            raise NotAllowed(_("This claim is to be reviewed already."))
        if verdict == Verdict.PREFER and column_of(claim) is None:
            raise NotAllowed(
                _("A claim on a field with several values does not set the entry's value by itself.")
            )
        if verdict == Verdict.DISPUTE and claim.is_earlier:
            raise NotAllowed(_("A value from an earlier time is not a dispute: accept or reject it."))
        if verdict in (Verdict.ACCEPT, Verdict.PREFER) and _is_category_of_none(claim):
            raise NotAllowed(
                _("Applications and platforms have no category: the answer is “not applicable”.")
            )


def _is_category_of_none(claim: Claim) -> bool:
    """Whether `claim` gives a category to an entry of a kind without one."""
    return claim.field == Field.CATEGORY and bool(claim.token) and claim.entry.kind in WITHOUT_CATEGORY


def judge(
    ledger: Iterable[Claim], chosen: Collection[int], verdict: Verdict, ruling: Ruling | str = ""
) -> list[Claim]:
    """Copies of `ledger`, an entry's claims in order, after applying `verdict` to those with `chosen` ids.

    Applied one after the other: of several for one column the first accepted or the last preferred fills it.
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
    """The claims among `rows`, of the same entry, that fill the column which `claim` would fill: at most one."""
    column = column_of(claim)
    return [row for row in rows if row.preferred and row.pk != claim.pk and column_of(row) == column]
