"""What a curator may do with a claim. Each action settles the entry in the same transaction."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.recording import recorded
from models_catalog.actions.settle import NotAllowed as NotAllowed
from models_catalog.actions.settle import settle
from models_catalog.actions.versions import ChangedMeanwhile, Told, refuse_stale_claims, version_of_claims
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import (
    SINGLE_VALUED,
    WITHOUT_CATEGORY,
    EventKind,
    Field,
    NameKind,
    Ruling,
    Status,
)

MAX_POSITION = 30_000
DECIDED = ("status", "preferred", "ruling", "reviewed_by", "reviewed_at")
"""The columns that a decision writes."""


@transaction.atomic
def propose_claim(*, claim: Claim, proposer: str) -> Claim:
    """Put an unsaved claim before the reviewers, under a key and a place of its own."""
    with recorded("propose", who=proposer):
        entry = (
            Entry.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=claim.entry_id)
        )
        if entry.merged_into:
            told = {"entry": entry, "kept": entry.merged_into}
            raise NotAllowed(_("%(entry)s stands under %(kept)s by now: propose it there.") % told)
        claim.status, claim.preferred, claim.ruling = Status.PROPOSED, False, ""
        claim.reviewed_by, claim.reviewed_at = "", None
        number_claims([claim])
        claim.save()
    return claim


@transaction.atomic
def revise_claim(*, claim: Claim, reviewer: str, version: int | None = None) -> Claim:
    """Save `claim` with the value and evidence that it now has; its status stays, and the entry follows."""
    with recorded("revise", who=reviewer):
        stored = _locked(claim, version)
        claim.status, claim.preferred, claim.ruling = stored.status, stored.preferred, stored.ruling
        claim.preferred = claim.preferred and can_be_preferred(claim)
        if claim.status != Status.PROPOSED:
            claim.reviewed_by, claim.reviewed_at = reviewer, timezone.now()
        claim.save()
        settle([claim.entry])
    return claim


@transaction.atomic
def accept_claim(
    *, claim: Claim, reviewer: str, preferred: bool | None = None, version: int | None = None
) -> Claim:
    """Accept `claim`. `preferred` says whether it fills the column; None: if no other claim does."""
    what = "prefer" if preferred else "accept"  # what was asked for, even if accepting fills the column
    claim = _locked(claim, version)
    refuse_category([claim])
    rivals = _rivals(claim)
    if preferred is None:
        preferred = can_be_preferred(claim) and not rivals.filter(preferred=True).exists()
    if preferred and not can_be_preferred(claim):
        raise NotAllowed(_("A claim of a field with many values fills no column by itself."))
    with recorded(what, who=reviewer):
        if preferred:
            rivals.filter(preferred=True).update(preferred=False)
        return _decided(claim, status=Status.ACCEPTED, reviewer=reviewer, preferred=preferred)


@transaction.atomic
def dispute_claim(
    *, claim: Claim, reviewer: str, ruling: Ruling, reason: str = "", version: int | None = None
) -> Claim:
    """Keep `claim` beside the preferred one, shown as disputed under the rule that preferred the other."""
    with recorded("dispute", who=reviewer, **({"reason": reason} if reason else {})):
        claim = _locked(claim, version)
        refuse_dispute([claim])
        return _decided(claim, status=Status.DISPUTED, reviewer=reviewer, ruling=ruling)


@transaction.atomic
def reject_claim(*, claim: Claim, reviewer: str, reason: str = "", version: int | None = None) -> Claim:
    """Put `claim` aside: kept for the history, with the reason, and shown to curators only."""
    with recorded("reject", who=reviewer, reason=reason):
        return _decided(_locked(claim, version), status=Status.REJECTED, reviewer=reviewer)


@transaction.atomic
def reopen_claim(*, claim: Claim, reviewer: str, reason: str = "", version: int | None = None) -> Claim:
    """Take the decision about `claim` back: it waits again, and the entry's columns follow."""
    with recorded("reopen", who=reviewer, **({"reason": reason} if reason else {})):
        claim = _locked(claim, version)
        if claim.status == Status.PROPOSED:
            raise NotAllowed(_("This claim waits already."))
        return _decided(claim, status=Status.PROPOSED, reviewer="")


def number_claims(claims: Sequence[Claim]) -> None:
    """Give unsaved claims the next free key and position within their entry and field."""
    taken: dict[tuple[int, str], int] = {}
    entries = {claim.entry_id for claim in claims}
    for entry, field, key, position in Claim.objects.filter(entry__in=entries).values_list(
        "entry", "field", "key", "position"
    ):
        number = int(key.rpartition("-")[2]) if key.rpartition("-")[2].isdecimal() else 0
        taken[entry, field] = max(taken.get((entry, field), 0), position, min(number, MAX_POSITION))
    for claim in claims:
        number = taken[claim.entry_id, claim.field] = taken.get((claim.entry_id, claim.field), 0) + 1
        claim.key, claim.position = f"{claim.field}-{number}", number


def refuse_dispute(claims: Iterable[Claim]) -> None:
    """Raise `NotAllowed` where one gives a value of an earlier time, which contradicts nothing."""
    if any(claim.is_earlier for claim in claims):
        raise NotAllowed(_("A value of an earlier time is no dispute: accept or reject it."))


def refuse_category(claims: Iterable[Claim]) -> None:
    """Raise `NotAllowed` where one gives a category to an entry of a kind that has none."""
    for claim in claims:
        if claim.field == Field.CATEGORY and claim.token and claim.entry.kind in WITHOUT_CATEGORY:
            raise NotAllowed(
                _("Applications and platforms have no category: the answer is “not applicable”.")
            )


def can_be_preferred(claim: Claim) -> bool:
    """Whether `claim` is of the kind of which an entry shows exactly one."""
    return not claim.is_earlier and (
        claim.field in SINGLE_VALUED
        or (claim.field == Field.EVENT and claim.event == EventKind.RELEASED)
        or (claim.field == Field.NAME and claim.token in (NameKind.ZH, NameKind.EN))
    )


def _rivals(claim: Claim) -> QuerySet[Claim]:
    """The other claims that would fill the same column."""
    others = Claim.objects.filter(entry=claim.entry_id, field=claim.field).exclude(pk=claim.pk)
    return others.filter(token=claim.token) if claim.field == Field.NAME else others


def _locked(claim: Claim, version: int | None = None) -> Claim:
    """The claim as the database has it now, with its entry locked against a second curator.

    Raises `ChangedMeanwhile` if the claims of the entry are no longer as they were at `version`.
    """
    entry = Entry.objects.select_for_update().get(pk=claim.entry_id)
    if version is not None:
        refuse_stale_claims(entry, version)
    stored = Claim.objects.select_for_update(of=("self",)).select_related("entry").get(pk=claim.pk)
    if version is not None and stored.entry_id != entry.pk:
        moved = _("the claim moved to %(entry)s") % {"entry": stored.entry}
        raise ChangedMeanwhile([Told("", "", moved, "", "")], version_of_claims(stored.entry))
    return stored


def _decided(
    claim: Claim, *, status: Status, reviewer: str, preferred: bool = False, ruling: Ruling | str = ""
) -> Claim:
    claim.status, claim.preferred, claim.ruling = status, preferred, ruling
    claim.reviewed_by, claim.reviewed_at = reviewer, timezone.now() if reviewer else None
    claim.save(update_fields=DECIDED)
    settle([claim.entry])
    return claim
