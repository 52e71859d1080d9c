"""One decision about several claims: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Set

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.claims import DECIDED, NotAllowed, refuse_category, refuse_dispute
from models_catalog.actions.foresight import judged, ledgers
from models_catalog.actions.recording import recorded
from models_catalog.actions.settle import settle
from models_catalog.actions.versions import refuse_stale_ledgers
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Ruling, Status, Verdict

MOST = 100
"""Claims decided on at once: as many as one can look at, and as one short transaction holds."""


@transaction.atomic
def decide_together(
    *,
    claims: Set[int],
    verdict: Verdict,
    by: str,
    seen: Mapping[int, int],
    ruling: Ruling | str = "",
    reason: str = "",
) -> list[Claim]:
    """Decide on the claims with these ids. `seen` are the versions of their entries' claims that the curator saw.

    Raises `ChangedMeanwhile` if one of these entries' claims is not as it was seen, and `NotAllowed` if one of the
    claims has no such decision to get; then nothing is done.
    """
    touched = Claim.objects.filter(pk__in=claims).values("entry")
    entries = list(Entry.objects.select_for_update().filter(pk__in=touched).order_by("pk"))
    refuse_stale_ledgers(entries, seen)
    chosen = list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=claims).select_related("entry"))
    if len(chosen) != len(claims):
        raise NotAllowed(_("A claim of these is there no more."))
    for claim in chosen:
        if (claim.status == Status.PROPOSED) == (verdict == Verdict.REOPEN):
            raise NotAllowed(_("There is no such decision to make about %(claim)s.") % {"claim": claim})
    if verdict == Verdict.DISPUTE:
        refuse_dispute(chosen)
    if verdict in (Verdict.ACCEPT, Verdict.PREFER):
        refuse_category(chosen)
    more = {"reason": reason} if reason else {}
    with recorded(verdict.value, who=by, together=len(chosen), **more):
        for ledger in ledgers(chosen).values():
            for claim in judged(ledger, {one.pk for one in chosen}, verdict, ruling):
                if claim.pk in claims:
                    _sign(claim, by)
        settle(entries)
    return chosen


def _sign(claim: Claim, by: str) -> None:
    """Keep the decision that `claim` holds, and who made it when."""
    waits = claim.status == Status.PROPOSED
    claim.reviewed_by, claim.reviewed_at = ("", None) if waits else (by, timezone.now())
    claim.save(update_fields=DECIDED)
