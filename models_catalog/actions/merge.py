"""Two entries that are one: claims and names move, the old address leads to the new one, and it can be undone."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.claims import NotAllowed, can_be_preferred, number_claims
from models_catalog.actions.recording import recorded
from models_catalog.actions.settle import settle
from models_catalog.actions.versions import version_of_claims
from models_catalog.models import Claim, Entry, Merge
from models_catalog.models.vocabulary import Field

_PLACE = ("entry_id", "parent_id", "key", "position", "preferred")
"""The columns of a claim that a merge may change."""


@transaction.atomic
def merge_entries(*, kept: Entry, merged: Entry, by: str) -> Merge:
    """Make `merged` a second name of `kept`. Raises `NotAllowed` where that makes no sense."""
    kept, merged = _locked(kept, merged)
    _refuse_nonsense(kept, merged)
    touched = list(
        Claim.objects.filter(Q(entry=merged) | Q(parent=merged)).order_by("field", "position", "pk")
    )
    moved: dict[str, Any] = {
        "claims": {str(claim.pk): {column: getattr(claim, column) for column in _PLACE} for claim in touched},
        "redirects": list(merged.merged.values_list("pk", flat=True)),
    }
    with recorded("merge", who=by):
        _move([claim for claim in touched if claim.entry_id == merged.pk], kept)
        Claim.objects.filter(parent=merged).update(parent=kept)
        Entry.objects.filter(Q(merged_into=merged) | Q(pk=merged.pk)).update(
            merged_into=kept, is_listed=False
        )
        settle(Entry.objects.filter(pk__in={kept.pk, merged.pk, *(claim.entry_id for claim in touched)}))
        moved["version"] = version_of_claims(kept)
        return Merge.objects.create(kept=kept, merged=merged, moved=moved, done_by=by)


@transaction.atomic
def undo_merge(*, merge: Merge, by: str) -> Merge:
    """Put every claim back to where it was. Raises `NotAllowed` if the entry's claims moved on since."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, merged = _locked(merge.kept, merge.merged)
    if merge.undone_at or merged.merged_into_id != kept.pk:
        raise NotAllowed(_("This merge no longer stands."))
    before: dict[int, dict[str, Any]] = {int(pk): place for pk, place in merge.moved["claims"].items()}
    if version_of_claims(kept) != merge.moved["version"]:
        raise NotAllowed(
            _("Claims of the entry were decided on since: this merge cannot be taken back as a whole.")
        )
    claims = list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=before))
    with recorded("undo merge", who=by):
        Entry.objects.filter(pk__in=merge.moved["redirects"]).update(merged_into=merged)
        Entry.objects.filter(pk=merged.pk).update(merged_into=None)
        for claim in claims:
            Claim.objects.filter(pk=claim.pk).update(**before[claim.pk])
        settle(Entry.objects.filter(pk__in={kept.pk, *(place["entry_id"] for place in before.values())}))
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
    return merge


def _locked(kept: Entry, merged: Entry) -> tuple[Entry, Entry]:
    rows = (
        Entry.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, merged.pk])
        .order_by("pk")
        .in_bulk()
    )
    return rows[kept.pk], rows[merged.pk]


def _refuse_nonsense(kept: Entry, merged: Entry) -> None:
    if kept.pk == merged.pk:
        raise NotAllowed(_("An entry cannot be merged into itself."))
    if kept.merged_into_id or merged.merged_into_id:
        raise NotAllowed(_("One of the two stands under another entry already."))
    related = Q(entry=kept, parent=merged) | Q(entry=merged, parent=kept)
    if Claim.objects.filter(related).exists():
        raise NotAllowed(_("One is part of the other: correct that first."))


def _move(claims: list[Claim], kept: Entry) -> None:
    """Give the claims to `kept` behind its own; what fills its columns already goes on filling them."""
    filled = {_column_of(claim) for claim in Claim.objects.filter(entry=kept, preferred=True)}
    for claim in claims:
        claim.entry = kept
        claim.preferred = claim.preferred and can_be_preferred(claim) and _column_of(claim) not in filled
    number_claims(claims)
    for claim in claims:
        claim.save(update_fields=["entry", "preferred", "key", "position"])


def _column_of(claim: Claim) -> tuple[str, str]:
    return claim.field, claim.token if claim.field == Field.NAME else ""
