"""Proposes and corrects claims. Each action settles the entry in the same transaction."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.claims.recording import recorded
from models_catalog.claims.settle import settle
from models_catalog.history.versions import (
    ChangedMeanwhile,
    ConcurrentChange,
    refuse_stale_claims,
    version_of_claims,
)
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Status

MAX_POSITION = 30_000
MOST_CLAIMS = 500
"""Claims of one entry, whatever became of them. Pages, previews and decisions look at all of them together."""


@transaction.atomic
def propose_claim(*, claim: Claim, proposer: str) -> Claim:
    """Save a new claim as proposed, with a free key and position. `NotAllowed` if its entry was merged into another."""
    with recorded("propose", who=proposer):
        entry = (
            Entry.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=claim.entry_id)
        )
        if entry.merged_into:
            told = {"entry": entry, "kept": entry.merged_into}
            raise NotAllowed(_("%(entry)s has been merged into %(kept)s: propose it there.") % told)
        claim.status, claim.preferred, claim.ruling = Status.PROPOSED, False, ""
        claim.reviewed_by, claim.reviewed_at = "", None
        number_claims([claim])
        claim.save()
    return claim


@transaction.atomic
def revise_claim(*, claim: Claim, reviewer: str, version: int | None = None) -> Claim:
    """Save the changed value and evidence of `claim`, keep its status, and settle the entry."""
    with recorded("revise", who=reviewer):
        stored = _locked(claim, version)
        claim.status, claim.preferred, claim.ruling = stored.status, stored.preferred, stored.ruling
        claim.preferred = claim.preferred and column_of(claim) is not None
        if claim.status != Status.PROPOSED:
            claim.reviewed_by, claim.reviewed_at = reviewer, timezone.now()
        claim.save()
        settle([claim.entry])
    return claim


def number_claims(claims: Sequence[Claim]) -> None:
    """Give claims the next free key and position within their entry and field. Saves nothing.

    Raises `NotAllowed` if an entry would have more than `MOST_CLAIMS`.
    """
    taken: dict[tuple[int, str], int] = {}
    of = Counter(claim.entry_id for claim in claims)
    for entry, field, key, position in Claim.objects.filter(entry__in=set(of)).values_list(
        "entry", "field", "key", "position"
    ):
        of[entry] += 1
        number = int(key.rpartition("-")[2]) if key.rpartition("-")[2].isdecimal() else 0
        taken[entry, field] = max(taken.get((entry, field), 0), position, min(number, MAX_POSITION))
    if max(of.values(), default=0) > MOST_CLAIMS:
        raise NotAllowed(_("An entry has at most %(most)s claims.") % {"most": MOST_CLAIMS})
    for claim in claims:
        number = taken[claim.entry_id, claim.field] = taken.get((claim.entry_id, claim.field), 0) + 1
        claim.key, claim.position = f"{claim.field}-{number}", number


def _locked(claim: Claim, version: int | None = None) -> Claim:
    """The claim from the database, with its entry locked against other curators.

    Raises `ChangedMeanwhile` if the entry's claims have changed since `version`.
    """
    entry = Entry.objects.select_for_update().get(pk=claim.entry_id)
    if version is not None:
        refuse_stale_claims(entry, version)
    stored = Claim.objects.select_for_update(of=("self",)).select_related("entry").get(pk=claim.pk)
    if version is not None and stored.entry_id != entry.pk:
        moved = _("the claim moved to %(entry)s") % {"entry": stored.entry}
        raise ChangedMeanwhile([ConcurrentChange("", "", moved, "", "")], version_of_claims(stored.entry))
    return stored
