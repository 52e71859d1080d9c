"""Two entries that are one: claims and names move, and the old address leads to the new one."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from models_catalog.actions.claims import number_claims
from models_catalog.actions.links import gone_since, links_of
from models_catalog.actions.recording import MERGE, recorded
from models_catalog.actions.settle import settle
from models_catalog.actions.versions import refuse_stale_ledgers, version_of_claims
from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.models import Claim, Entry, Merge

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
