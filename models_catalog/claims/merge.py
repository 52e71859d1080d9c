"""Merges two entries: claims and names move, and the old URL redirects. Also undoes merges."""

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
"""The most levels of families to follow; real ones have three."""


@transaction.atomic
def merge_entries(*, kept: Entry, merged: Entry, by: str, seen: tuple[int, int] | None = None) -> Merge:
    """Merge `merged` into `kept`. Raises `NotAllowed` if that is impossible.

    `seen` are the versions of the claims of `kept` and of `merged` that the curator saw: raises `ChangedMeanwhile` if
    another decision was made since.
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
    """The state of everything that a merge moves, to be restored by undoing it."""
    return {
        "claims": {str(claim.pk): {column: getattr(claim, column) for column in _PLACE} for claim in touched},
        "redirects": list(merged.merged.values_list("pk", flat=True)),
        "reports": list(merged.reports.values_list("pk", flat=True)),
        "filled": list(kept.claims.filter(preferred=True).values_list("pk", flat=True)),
    }


def locked_pair(kept: Entry, merged: Entry) -> tuple[Entry, Entry]:
    """Both entries from the database, locked against other curators. `Entry.DoesNotExist` if one was deleted."""
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
    """Raise `NotAllowed` if the two cannot be merged."""
    if kept.pk == merged.pk:
        raise NotAllowed(_("An entry cannot be merged into itself."))
    for entry in (kept, merged):
        if entry.merged_into:
            told = {"entry": entry, "kept": entry.merged_into}
            raise NotAllowed(_("%(entry)s is merged into another entry already: %(kept)s.") % told)
    for member, above in ((kept, merged), (merged, kept)):
        if _is_within(member, above):
            told = {"member": member, "above": above}
            raise NotAllowed(
                _("%(member)s is part of %(above)s, by a claim on “Part of”: put that right first.") % told
            )


def _is_within(entry: Entry, other: Entry) -> bool:
    """Whether claims make `entry` part of `other`, at any depth. Rejected ones count, as they may be accepted later."""
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
    """Move the claims to `kept`, after its own; claims that already fill its columns keep them."""
    filled = {column_of(claim) for claim in Claim.objects.filter(entry=kept, preferred=True)}
    for claim in claims:
        claim.entry = kept
        claim.preferred = claim.preferred and column_of(claim) not in {None, *filled}
    number_claims(claims)
    for claim in claims:
        claim.save(update_fields=["entry", "preferred", "key", "position"])


@dataclass(frozen=True)
class SinceMerge:
    """Changes since a merge to the claims that it moved. `version` is the latest of them, 0 if there are none."""

    decided: list[Claim]
    """Moved claims that were reviewed or corrected: they return as they are now."""
    yielded: list[Claim]
    """Claims of the kept entry that a moved claim replaced: they are preferred again."""
    deleted: list[str]
    """Keys of moved claims that were deleted, and are not restored."""
    version: int


@transaction.atomic
def undo_merge(*, merge: Merge, by: str, despite: int = 0) -> Merge:
    """Return every claim to its former entry; later decisions of curators are kept.

    Raises `NotAllowed` if the merge is no longer in force, or if its claims were changed after `despite`, the version
    of `since_merged` that the curator saw.
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
    """Changes since `merge` to the claims that it moved."""
    if merge.undone_at or merge.kept_id is None:  # as of developers
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
    """Events of claims after `version`, except those of merges and their undoing."""
    events: QuerySet[Any] = ClaimEvent.objects.filter(pgh_id__gt=version)
    events = events.alias(what=KeyTextTransform("what", "pgh_context__metadata"))
    return events.filter(Q(what=None) | ~Q(what__in=(MERGE, UNDO_MERGE)))


def _standing(merge: Merge) -> tuple[Entry, Entry]:
    """The two entries, locked. Raises `NotAllowed` if the merge is undone, or is part of a later one."""
    if merge.undone_at or merge.kept is None or merge.merged is None:
        raise NotAllowed(_("This merge no longer exists."))
    kept, merged = locked_pair(merge.kept, merge.merged)
    if kept.merged_into:
        told = {"entry": kept, "kept": kept.merged_into}
        raise NotAllowed(_("%(entry)s has since been merged into %(kept)s. Undo that merge first.") % told)
    if merged.merged_into_id != kept.pk:
        raise NotAllowed(_("This merge no longer exists."))
    return kept, merged


def _move_back(claims: list[Claim], before: dict[int, dict[str, Any]], kept: Entry, merged: Entry) -> None:
    """Restore the entry, key and position of each claim; a parent `kept` that was `merged` becomes `merged` again.

    Claims that fill a column keep it; otherwise the claim that filled it before the merge does.
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
    """Prefer the claims again where no other claim fills their column."""
    filled = {column_of(claim) for claim in kept.claims.filter(preferred=True)}
    for claim in kept.claims.filter(pk__in=yielded):
        if column_of(claim) not in filled:
            claim.preferred = True
            claim.save(update_fields=["preferred"])
