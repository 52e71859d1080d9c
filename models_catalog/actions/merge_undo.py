"""Taking a merge back: every claim goes to where it was, and what was decided on since is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.claims import number_claims
from models_catalog.actions.links import put_back
from models_catalog.actions.merge import locked_pair
from models_catalog.actions.recording import MERGE, UNDO_MERGE, recorded
from models_catalog.actions.settle import settle
from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.models import Claim, ClaimEvent, Entry, Merge
from models_catalog.models.history import DELETE
from models_catalog.models.vocabulary import Status


@dataclass(frozen=True)
class Since:
    """What was done since a merge to the claims that it moved: `version` is the latest of it, 0 if nothing was."""

    decided: list[Claim]
    """Moved claims that were decided on or corrected: they go back as they are now."""
    yielded: list[Claim]
    """Claims of the kept entry that gave their place to a moved one: they get it back."""
    deleted: list[str]
    """Keys of moved claims that are no more, and do not come back."""
    version: int


@transaction.atomic
def undo_merge(*, merge: Merge, by: str, despite: int = 0) -> Merge:
    """Put every claim back to where it was; what curators decided since stays decided.

    Raises `NotAllowed` if the merge stands no longer, or if its claims were decided on later than `despite`, the version
    of `since_merged` that the curator was shown.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, merged = _standing(merge)
    since = since_merged(merge)
    if since.version > despite:
        raise NotAllowed(_("Claims that this merge moved were decided on since."))
    before: dict[int, dict[str, Any]] = {int(pk): place for pk, place in merge.moved["claims"].items()}
    claims = list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=before).order_by("pk"))
    with recorded(UNDO_MERGE, who=by):
        Entry.objects.filter(pk__in=merge.moved["redirects"], merged_into=kept).update(merged_into=merged)
        Entry.objects.filter(pk=merged.pk).update(merged_into=None)
        _move_back(claims, before, kept, merged)
        kept.reports.filter(pk__in=merge.moved.get("reports", [])).update(entry=merged)
        fill_again(kept, [claim.pk for claim in since.yielded])
        put_back(merge.moved.get("links", {}))
        touched = {kept.pk, merged.pk, *(claim.entry_id for claim in claims)}
        settle(Entry.objects.filter(pk__in=touched))
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
    return merge


def since_merged(merge: Merge) -> Since:
    """What was done since to the claims that `merge` moved."""
    if merge.undone_at or merge.kept_id is None:
        return Since([], [], [], 0)
    own = [int(pk) for pk, place in merge.moved["claims"].items() if place["entry_id"] == merge.merged_id]
    done = decided_after(merge.moved["version"]).filter(pgh_obj_id__in=own)
    claims = Claim.objects.select_related("entry").order_by("entry", "field", "position", "pk")
    filling = {column_of(claim) for claim in claims.filter(pk__in=own, preferred=True)}
    filled = claims.filter(pk__in=merge.moved.get("filled", []), entry=merge.kept_id)
    yielded = filled.filter(status=Status.ACCEPTED, preferred=False)
    return Since(
        list(claims.filter(pk__in=done.values("pgh_obj_id"))),
        [claim for claim in yielded if column_of(claim) in filling],
        list(done.filter(pgh_label=DELETE).order_by("pgh_id").values_list("key", flat=True)),
        done.aggregate(latest=Max("pgh_id"))["latest"] or 0,
    )


def decided_after(version: int) -> QuerySet[Any]:
    """The history of claims after `version`, without that of merges and their undoing, which decide on no claim."""
    events: QuerySet[Any] = ClaimEvent.objects.filter(pgh_id__gt=version)
    events = events.alias(what=KeyTextTransform("what", "pgh_context__metadata"))
    return events.filter(Q(what=None) | ~Q(what__in=(MERGE, UNDO_MERGE)))


def _standing(merge: Merge) -> tuple[Entry, Entry]:
    """The two entries, locked. Raises `NotAllowed` if the merge is undone, or has become part of a later one."""
    if merge.undone_at or merge.kept is None or merge.merged is None:
        raise NotAllowed(_("This merge no longer stands."))
    kept, merged = locked_pair(merge.kept, merge.merged)
    if kept.merged_into:
        told = {"entry": kept, "kept": kept.merged_into}
        raise NotAllowed(_("%(entry)s was merged into %(kept)s since: undo that merge first.") % told)
    if merged.merged_into_id != kept.pk:
        raise NotAllowed(_("This merge no longer stands."))
    return kept, merged


def _move_back(claims: list[Claim], before: dict[int, dict[str, Any]], kept: Entry, merged: Entry) -> None:
    """Each claim to its entry, key and place; one that points at `kept` as a parent again at `merged`.

    What fills a column goes on doing so; else what did before the merge does again.
    """
    own = [claim for claim in claims if before[claim.pk]["entry_id"] == merged.pk]
    filled = {column_of(claim) for claim in own if claim.preferred}
    taken = set(merged.claims.values_list("key", flat=True))
    for claim in claims:
        if before[claim.pk]["parent_id"] == merged.pk and claim.parent_id == kept.pk:
            claim.parent = merged
    for claim in own:
        place = before[claim.pk]
        claim.entry, claim.key, claim.position = merged, place["key"], place["position"]
        if claim.key in taken:
            number_claims([claim])
        may = claim.status == Status.ACCEPTED and column_of(claim) not in {None, *filled}
        claim.preferred = claim.preferred or (place["preferred"] and may)
    for claim in claims:
        claim.save(update_fields=["entry", "parent", "key", "position", "preferred"])


def fill_again(kept: Entry, yielded: Iterable[int]) -> None:
    """Let the claims fill their columns again, where nothing else came to fill them."""
    filled = {column_of(claim) for claim in kept.claims.filter(preferred=True)}
    for claim in kept.claims.filter(pk__in=yielded):
        if column_of(claim) not in filled:
            claim.preferred = True
            claim.save(update_fields=["preferred"])
