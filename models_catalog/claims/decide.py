"""Reviews claims: one action for one or for a hundred, all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed, judge, refuse_nonsense
from models_catalog.claims.preview import ledgers
from models_catalog.claims.recording import recorded
from models_catalog.claims.settle import settle
from models_catalog.history.versions import (
    ChangedMeanwhile,
    ConcurrentChange,
    refuse_stale_ledgers,
    version_of_claims,
)
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Ruling, Status, Verdict

MOST = 100
"""The most claims per decision: what a person can check, and what fits a short transaction."""

DECIDED = ("status", "preferred", "ruling", "reviewed_by", "reviewed_at")
"""The columns that a decision writes."""


@transaction.atomic
def decide(
    *,
    claims: Set[int],
    verdict: Verdict,
    by: str,
    seen: Mapping[int, int] | None = None,
    ruling: Ruling | str = "",
    reason: str = "",
    settled: Callable[[list[Entry]], None] = settle,
) -> list[Claim]:
    """Apply a verdict to the claims with these ids and settle their entries. Returns the claims with their new state.

    `seen` maps entry ids to the versions of their claims that the curator saw; None if no version was shown. Raises
    `ChangedMeanwhile` if one has changed since, and `NotAllowed` if the verdict does not fit one of the claims; then
    nothing is written. `settled` brings the entries in line with their claims.
    """
    touched = Claim.objects.filter(pk__in=claims).values("entry")
    entries = list(Entry.objects.select_for_update().filter(pk__in=touched).order_by("pk"))
    if seen is not None:
        _refuse_moved(entries, seen)
        refuse_stale_ledgers(entries, seen)
    rows = Claim.objects.select_for_update(of=("self",)).filter(pk__in=claims).select_related("entry")
    chosen = list(rows.order_by("pk"))
    if len(chosen) != len(claims):
        raise NotAllowed(_("One of these claims no longer exists."))
    # Parting merged entries may have moved a claim while its entry was waited for.
    _refuse_moved([claim.entry for claim in chosen], dict.fromkeys([entry.pk for entry in entries], 0))
    refuse_nonsense(chosen, verdict)
    with recorded(verdict.value, who=by, **_grounds(chosen, reason)):
        _write([(one, judge(one, claims, verdict, ruling)) for one in ledgers(chosen).values()], claims, by)
        settled(entries)
    return list(rows)


def _refuse_moved(entries: Iterable[Entry], seen: Mapping[int, int]) -> None:
    """Raise `ChangedMeanwhile` if a claim has moved to an entry that the curator was not shown."""
    moved = [entry for entry in entries if seen and entry.pk not in seen]
    if moved:
        told = [
            ConcurrentChange("", "", _("the claim moved to %(entry)s") % {"entry": entry}, "", "")
            for entry in moved
        ]
        raise ChangedMeanwhile(told, version_of_claims(moved[0]))


def _grounds(chosen: Sequence[Claim], reason: str) -> dict[str, Any]:
    """Context that the history keeps in addition to the verdict."""
    several = {"together": len(chosen)} if len(chosen) > 1 else {}
    return several | ({"reason": reason} if reason else {})


def _write(ledgers: Iterable[tuple[list[Claim], list[Claim]]], chosen: Set[int], by: str) -> None:
    """Save the changed claims, those that become alike by one statement; those that lose a column first: two must never be
    preferred for it at once.
    """
    now = timezone.now()
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for was, claim in (pair for ledger, judged in ledgers for pair in zip(ledger, judged, strict=True)):
        if claim.pk in chosen:
            waits = claim.status == Status.PROPOSED
            claim.reviewed_by, claim.reviewed_at = ("", None) if waits else (by, now)
            columns = tuple((name, getattr(claim, name)) for name in DECIDED)
            alike.setdefault(columns, []).append(claim.pk)
        elif claim.preferred != was.preferred:
            alike.setdefault((("preferred", claim.preferred),), []).append(claim.pk)
    for columns, ids in sorted(alike.items(), key=lambda item: dict(item[0])["preferred"]):
        Claim.objects.filter(pk__in=ids).update(**dict(columns))
