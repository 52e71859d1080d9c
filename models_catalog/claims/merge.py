"""Two entries that are one: claims and names move, and the old address leads to the new one; and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.claims.links import gone_since, links_of, put_back
from models_catalog.claims.propose import number_claims
from models_catalog.claims.recording import MERGE, UNDO_MERGE, recorded
from models_catalog.claims.settle import settle
from models_catalog.history.versions import refuse_stale_ledgers, version_of_claims
from models_catalog.models import Claim, ClaimEvent, Entry, Merge
from models_catalog.models.history import DELETE
from models_catalog.models.vocabulary import Status

_PLACE = ("entry_id", "parent_id", "key", "position", "preferred")
"""The columns of a claim that a merge may change."""

MAX_GENERATIONS = 20
"""So far up a family is looked, which in life has three."""


@transaction.atomic
def merge_entries(*, kept: Entry, merged: Entry, by: str, seen: tuple[int, int] | None = None) -> Merge:
    """Make `merged` a second name of `kept`. Raises `NotAllowed` where that makes no sense.

    `seen` are the versions of the claims of `kept` and of `merged` that the curator was shown: `ChangedMeanwhile`
    is raised if somebody else decided on one of them since.
    """
    kept, merged = locked_pair(kept, merged)
    if seen is not None:
        refuse_stale_ledgers([kept, merged], {kept.pk: seen[0], merged.pk: seen[1]})
    refuse_nonsense(kept, merged)
    about = Q(entry=merged) | Q(parent=merged)
    touched = list(Claim.objects.filter(about).order_by("field", "position", "pk"))
    entries = {kept.pk, merged.pk, *(claim.entry_id for claim in touched)}
    links = links_of(entries)
    moved = _places(kept, merged, touched)
    with recorded(MERGE, who=by):
        _move([claim for claim in touched if claim.entry_id == merged.pk], kept)
        Claim.objects.filter(parent=merged).update(parent=kept)
        merged.reports.update(entry=kept)
        Entry.objects.filter(Q(merged_into=merged) | Q(pk=merged.pk)).update(
            merged_into=kept, is_listed=False
        )
        settle(Entry.objects.filter(pk__in=entries))
        moved |= {"version": version_of_claims(kept), "links": gone_since(links, entries)}
        return Merge.objects.create(
            kept=kept, merged=merged, kept_slug=kept.slug, merged_slug=merged.slug, merged_name=merged.name_zh or merged.name_en,
            moved=moved, done_by=by,
        )  # fmt: skip


def _places(kept: Entry, merged: Entry, touched: list[Claim]) -> dict[str, Any]:
    """Where everything stands that a merge moves: what its undoing puts back."""
    return {
        "claims": {str(claim.pk): {column: getattr(claim, column) for column in _PLACE} for claim in touched},
        "redirects": list(merged.merged.values_list("pk", flat=True)),
        "reports": list(merged.reports.values_list("pk", flat=True)),
        "filled": list(kept.claims.filter(preferred=True).values_list("pk", flat=True)),
    }


def locked_pair(kept: Entry, merged: Entry) -> tuple[Entry, Entry]:
    """Both as the database has them now, locked against other curators."""
    rows = (
        Entry.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, merged.pk])
        .order_by("pk")
        .in_bulk()
    )
    if gone := {kept.pk, merged.pk} - rows.keys():
        raise Entry.DoesNotExist(gone)
    return rows[kept.pk], rows[merged.pk]


def refuse_nonsense(kept: Entry, merged: Entry) -> None:
    """Raise `NotAllowed` for two that cannot be one."""
    if kept.pk == merged.pk:
        raise NotAllowed(_("An entry cannot be merged into itself."))
    for entry in (kept, merged):
        if entry.merged_into:
            told = {"entry": entry, "kept": entry.merged_into}
            raise NotAllowed(_("%(entry)s stands under another entry already: %(kept)s.") % told)
    for member, above in ((kept, merged), (merged, kept)):
        if _is_within(member, above):
            told = {"member": member, "above": above}
            raise NotAllowed(
                _("%(member)s is part of %(above)s, by a claim on “Part of”: put that right first.") % told
            )


def _is_within(entry: Entry, other: Entry) -> bool:
    """Whether claims make `entry` part of `other`, at any depth; rejected ones too, which may be accepted some day."""
    level = {entry.pk}
    for _generation in range(MAX_GENERATIONS):
        claims = Claim.objects.filter(entry__in=level, parent__isnull=False)
        level = {pk for pk in claims.values_list("parent", flat=True) if pk}
        if other.pk in level:
            return True
        if not level:
            break
    return False


def _move(claims: list[Claim], kept: Entry) -> None:
    """Give the claims to `kept` behind its own; what fills its columns already goes on filling them."""
    filled = {column_of(claim) for claim in Claim.objects.filter(entry=kept, preferred=True)}
    for claim in claims:
        claim.entry = kept
        claim.preferred = claim.preferred and column_of(claim) not in {None, *filled}
    number_claims(claims)
    for claim in claims:
        claim.save(update_fields=["entry", "preferred", "key", "position"])


@dataclass(frozen=True)
class SinceMerge:
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


def since_merged(merge: Merge) -> SinceMerge:
    """What was done since to the claims that `merge` moved."""
    if merge.undone_at or merge.kept_id is None:
        return SinceMerge([], [], [], 0)
    own = [int(pk) for pk, place in merge.moved["claims"].items() if place["entry_id"] == merge.merged_id]
    done = decided_after(merge.moved["version"]).filter(pgh_obj_id__in=own)
    claims = Claim.objects.select_related("entry").order_by("entry", "field", "position", "pk")
    filling = {column_of(claim) for claim in claims.filter(pk__in=own, preferred=True)}
    filled = claims.filter(pk__in=merge.moved.get("filled", []), entry=merge.kept_id)
    yielded = filled.filter(status=Status.ACCEPTED, preferred=False)
    return SinceMerge(
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
