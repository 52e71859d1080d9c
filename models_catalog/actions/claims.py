"""What a curator may do with a claim. Each action settles the entry in the same transaction."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from models_catalog.actions.settle import settle
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import SINGLE_VALUED, EventKind, Field, NameKind, Ruling, Status


class NotAllowed(ValueError):
    """The action makes no sense for this claim as it stands; the message says why."""


@transaction.atomic
def accept_claim(*, claim: Claim, reviewer: str, preferred: bool | None = None) -> Claim:
    """Accept `claim`. `preferred` says whether it fills the column; None: if no other claim does."""
    claim = _locked(claim)
    rivals = _rivals(claim)
    if preferred is None:
        preferred = can_be_preferred(claim) and not rivals.filter(preferred=True).exists()
    if preferred and not can_be_preferred(claim):
        raise NotAllowed(
            "A claim of a field with many values, or one without a value to show, fills no column."
        )
    if preferred:
        rivals.filter(preferred=True).update(preferred=False)
    return _decided(claim, status=Status.ACCEPTED, reviewer=reviewer, preferred=preferred)


@transaction.atomic
def dispute_claim(*, claim: Claim, reviewer: str, ruling: Ruling) -> Claim:
    """Keep `claim` beside the preferred one, shown as disputed under the rule that preferred the other."""
    return _decided(_locked(claim), status=Status.DISPUTED, reviewer=reviewer, ruling=ruling)


@transaction.atomic
def reject_claim(*, claim: Claim, reviewer: str) -> Claim:
    """Put `claim` aside: kept for the history, shown to curators only."""
    return _decided(_locked(claim), status=Status.REJECTED, reviewer=reviewer)


def can_be_preferred(claim: Claim) -> bool:
    """Whether `claim` is of the kind of which an entry shows exactly one."""
    return (
        claim.field in SINGLE_VALUED
        or (claim.field == Field.EVENT and claim.event == EventKind.RELEASED)
        or (claim.field == Field.NAME and claim.token in (NameKind.ZH, NameKind.EN))
    )


def _rivals(claim: Claim) -> QuerySet[Claim]:
    """The other claims that would fill the same column."""
    others = Claim.objects.filter(entry=claim.entry_id, field=claim.field).exclude(pk=claim.pk)
    return others.filter(token=claim.token) if claim.field == Field.NAME else others


def _locked(claim: Claim) -> Claim:
    """The claim as the database has it now, with its entry locked against a second curator."""
    Entry.objects.select_for_update().get(pk=claim.entry_id)
    return Claim.objects.select_for_update().get(pk=claim.pk)


def _decided(
    claim: Claim, *, status: Status, reviewer: str, preferred: bool = False, ruling: Ruling | str = ""
) -> Claim:
    claim.status, claim.preferred, claim.ruling = status, preferred, ruling
    claim.reviewed_by, claim.reviewed_at = reviewer, timezone.now()
    claim.save(update_fields=["status", "preferred", "ruling", "reviewed_by", "reviewed_at"])
    settle([claim.entry])
    return claim
