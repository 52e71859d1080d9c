"""Replaces a wrong value: a new claim counts instead, the old one stays on record. Also undoes decisions, exactly."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from models_catalog.claims.decide import DECIDED, decide
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.propose import propose_claim
from models_catalog.claims.recording import recorded, recorded_as_one
from models_catalog.claims.settle import settle
from models_catalog.history.versions import refuse_stale_claims, version_of_claims
from models_catalog.models import Claim, ClaimEvent, Entry
from models_catalog.models.claim_value import VALUES
from models_catalog.models.history import INSERT
from models_catalog.models.vocabulary import Ruling, Status, Verdict

REPLACE = "replace"
"""The action's name in the history."""


@transaction.atomic
def replace_claim(*, old: Claim, new: Claim, by: str, version: int, reason: str = "") -> Claim:
    """Accept `new` instead of `old` and of the accepted claims that give the same value as `old`.

    What readers saw and a source states stays beside it, disputed; anything else is rejected. Raises `ChangedMeanwhile`
    if the entry's claims have changed since `version`, and `NotAllowed` if `new` cannot be accepted.
    """
    refuse_stale_claims(Entry.objects.select_for_update(of=("self",)).get(pk=old.entry_id), version)
    told = reason or _("replaced by “%(words)s”") % {"words": new.stated}
    gone = [old, *_accepted_twins(old)]
    with recorded_as_one(REPLACE, who=by, reason=told):
        propose_claim(claim=new, proposer=by)
        for claim in gone:
            stays = claim.source_id and claim.status != Status.PROPOSED and not claim.is_earlier
            verdict = Verdict.DISPUTE if stays else Verdict.REJECT
            decide(claims={claim.pk}, verdict=verdict, by=by, ruling=Ruling.CURATOR, reason=told)
        decide(claims={new.pk}, verdict=Verdict.ACCEPT, by=by, reason=told)
    return new


def _accepted_twins(old: Claim) -> QuerySet[Claim]:
    """The other accepted claims of the entry that give the same value."""
    same = {name: getattr(old, name) for name in ("field", "answer", "is_earlier", *VALUES)}
    return Claim.objects.accepted().filter(entry=old.entry_id, **same).exclude(pk=old.pk)


@transaction.atomic
def undo_decision(*, claim: Claim, by: str) -> None:
    """Take back the last decision on `claim`, if it replaced or preferred: restore every claim that it touched.

    Raises `NotAllowed` for any other decision, and if a claim of the entry was changed since.
    """
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=claim.entry_id)
    events = last_decision(claim)
    if not events:
        raise NotAllowed(_("Claims of this entry were changed since: decide on them one by one."))
    made = {event.pgh_obj_id for event in events if event.pgh_label == INSERT}
    before = _before(events, made)
    with recorded("undo decision", who=by):
        Claim.objects.filter(pk__in=made).delete()
        for pk, decided in before.items():
            Claim.objects.filter(pk=pk).update(**decided)
        settle([entry])


def last_decision(claim: Claim) -> list[Any]:
    """The events of the last decision on `claim`, in order; none if it cannot be taken back."""
    last = (
        ClaimEvent.objects.filter(pgh_obj_id=claim.pk).select_related("pgh_context").order_by("pgh_id").last()
    )
    said = last.pgh_context.metadata if last and last.pgh_context else {}
    if said.get("what") not in (REPLACE, Verdict.PREFER):
        return []
    events = ClaimEvent.objects.filter(pgh_context=last.pgh_context, entry_id=claim.entry_id)
    found = list(events.order_by("pgh_id"))
    return found if version_of_claims(claim.entry) == found[-1].pgh_id else []


def _before(events: list[Any], made: Collection[int]) -> dict[int, dict[str, Any]]:
    """Claim id → the decision on it before `events`, for every claim but those `made` by them."""
    found = {}
    for pk in {event.pgh_obj_id: 0 for event in events if event.pgh_obj_id not in made}:
        was = ClaimEvent.objects.filter(pgh_obj_id=pk, pgh_id__lt=events[0].pgh_id).order_by("pgh_id").last()
        found[pk] = {name: getattr(was, name) for name in DECIDED}
    return dict(sorted(found.items(), key=lambda item: item[1]["preferred"]))
