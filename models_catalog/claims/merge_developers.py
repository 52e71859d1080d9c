"""Merges two developers: what names one names the other, and the old URL redirects. Also undoes merges.

The merged developer's row is deleted, so that no list has to leave it out; the merge keeps it for undoing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.links import gone_since, links_of, put_back, save_developer
from models_catalog.claims.recording import MERGE, UNDO_MERGE, recorded
from models_catalog.claims.settle import developer_names, leads_to, settle
from models_catalog.history.versions import refuse_stale
from models_catalog.models import Claim, Developer, DeveloperClaim, Entry, Merge
from models_catalog.text.names import fold

_NAMING: dict[str, tuple[type[Model], str]] = {
    "claims": (Claim, "developer"),
    "statements": (DeveloperClaim, "developer"),
    "statements_as_parent": (DeveloperClaim, "parent"),
    "children": (Developer, "parent"),
}
"""Name in `Merge.moved` → a table and its column that names a developer."""
_FILLED = ("name_en", "parent_id")
"""Columns that the kept developer takes over where it has nothing."""


@transaction.atomic
def merge_developers(
    *, kept: Developer, merged: Developer, by: str, seen: tuple[int, int] | None = None
) -> Merge:
    """Merge `merged` into `kept`. Raises `NotAllowed` if that is impossible.

    `seen` are the versions of `kept` and `merged` that the curator saw: raises `ChangedMeanwhile` if one has changed.
    """
    kept, merged = _locked_pair(kept, merged)
    if seen is not None:
        for row, version in zip((kept, merged), seen, strict=True):
            refuse_stale(row, version)
    refuse_nonsense(kept, merged)
    entries = set(naming("claims", merged).values_list("entry_id", flat=True))
    links = links_of(entries)
    moved: dict[str, Any] = {
        name: list(naming(name, merged).values_list("pk", flat=True)) for name in _NAMING
    }
    columns = Developer.objects.filter(pk=merged.pk).values().get()
    filled, aliases = fill(kept, merged)
    moved |= {
        "kept": kept.pk, "kept_name": str(kept), "row": columns, "filled": filled, "aliases": aliases,
        "keys": dict(merged.statements.values_list("pk", "key")),
    }  # fmt: skip
    with recorded(MERGE, who=by):
        _rename_keys(kept, merged)
        for name, (_table, column) in _NAMING.items():
            naming(name, merged).update(**{column: kept})
        save_developer(developer=kept)
        settle(Entry.objects.filter(pk__in=entries))
        moved["links"] = gone_since(links, entries)
        merged.delete()
        return Merge.objects.create(
            of=Merge.Of.DEVELOPER, kept_slug=kept.slug, merged_slug=merged.slug, merged_name=merged.name_zh,
            moved=moved, done_by=by,
        )  # fmt: skip


def naming(name: str, developer: Developer) -> QuerySet[Any]:
    """The rows that name `developer` in one of the columns of `_NAMING`."""
    table, column = _NAMING[name]
    return table._default_manager.filter(**{column: developer})


def fill(kept: Developer, merged: Developer) -> tuple[dict[str, Any], list[str]]:
    """Give `kept` what only `merged` has, without saving: values of empty columns, and names as other names.

    Returns the columns with their values, and the names.
    """
    filled = {
        name: getattr(merged, name) for name in _FILLED if getattr(merged, name) and not getattr(kept, name)
    }
    for name, value in filled.items():
        setattr(kept, name, value)
    known = set(map(fold, developer_names(kept)))
    names = [name for name in dict.fromkeys(developer_names(merged)) if fold(name) not in known]
    kept.aliases = [*kept.aliases, *names]
    return filled, names


def _locked_pair(kept: Developer, merged: Developer) -> tuple[Developer, Developer]:
    ids = [kept.pk, merged.pk]
    rows = Developer.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").in_bulk()
    if kept.pk not in rows or merged.pk not in rows:
        raise NotAllowed(_("One of the two was deleted or merged since."))
    return rows[kept.pk], rows[merged.pk]


def refuse_nonsense(kept: Developer, merged: Developer) -> None:
    """Raise `NotAllowed` if the two cannot be merged."""
    if kept.pk == merged.pk:
        raise NotAllowed(_("A developer cannot be merged into itself."))
    parents = dict(Developer.objects.exclude(parent=None).values_list("pk", "parent"))
    said = DeveloperClaim.objects.filter(
        Q(developer=kept, parent=merged) | Q(developer=merged, parent=kept)
    ).first()
    for below, above in ((kept, merged), (merged, kept)):
        if leads_to(parents, below.pk, above.pk) or (said and said.developer_id == below.pk):
            told = {"below": below, "above": above}
            raise NotAllowed(_("%(below)s belongs to %(above)s: correct that first.") % told)


def _rename_keys(kept: Developer, merged: Developer) -> None:
    """Give the claims about `merged` keys that are free at `kept`."""
    taken = set(kept.statements.values_list("key", flat=True)) | set(
        merged.statements.values_list("key", flat=True)
    )
    own = set(kept.statements.values_list("key", flat=True))
    for claim in merged.statements.filter(key__in=own).order_by("pk"):
        number = next(n for n in range(1, len(taken) + 2) if f"{claim.field}-{n}" not in taken)
        claim.key = f"{claim.field}-{number}"
        taken.add(claim.key)
        claim.save(update_fields=["key"])


@transaction.atomic
def undo_developer_merge(*, merge: Merge, by: str) -> Merge:
    """Restore the merged developer, and what named it; later decisions of curators are kept.

    Raises `NotAllowed` if the merge is no longer in force, or if the kept developer was merged since.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept = _standing(merge)
    moved = merge.moved
    with recorded(UNDO_MERGE, who=by):
        row = {**moved["row"], "parent_id": now(moved["row"]["parent_id"])}
        merged = Developer.objects.bulk_create([Developer(**row)])[0]
        parents = dict(Developer.objects.exclude(parent=None).values_list("pk", "parent"))
        parents |= dict.fromkeys(moved["children"], merged.pk)
        if row["parent_id"] and leads_to(parents, row["parent_id"], merged.pk):
            raise NotAllowed(
                _("%(entry)s would belong to itself: correct its parent first.") % {"entry": merged}
            )
        for name, (_table, column) in _NAMING.items():
            naming(name, kept).filter(pk__in=moved[name]).update(**{column: merged})
        for claim in merged.statements.all():
            claim.key = moved["keys"].get(str(claim.pk), claim.key)
            claim.save(update_fields=["key"])
        kept.aliases = [name for name in kept.aliases if name not in moved["aliases"]]
        for name, value in moved["filled"].items():
            if getattr(kept, name) == value:
                setattr(kept, name, None if name == "parent_id" else "")
        put_back(moved["links"])
        save_developer(developer=kept)
        settle(Entry.objects.filter(claims__in=moved["claims"]).distinct())
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
    return merge


def _standing(merge: Merge) -> Developer:
    """The kept developer, locked. Raises `NotAllowed` if the merge is undone, or is part of a later one."""
    if merge.undone_at:
        raise NotAllowed(_("This merge no longer exists."))
    kept = Developer.objects.select_for_update(of=("self",)).filter(pk=merge.moved["kept"]).first()
    if kept is None:
        later = standing_merges().filter(moved__row__id=merge.moved["kept"]).first()
        told = {"entry": merge.kept_name, "kept": later.kept_name if later else ""}
        if later is None:
            raise NotAllowed(_("%(entry)s was deleted since.") % told)
        raise NotAllowed(_("%(entry)s has since been merged into %(kept)s. Undo that merge first.") % told)
    if Developer.objects.filter(slug=merge.moved["row"]["slug"]).exists():
        raise NotAllowed(_("Another developer has the address %(slug)s now.") % {"slug": merge.merged_slug})
    return kept


def standing_merges() -> QuerySet[Merge]:
    """The merges of developers that are in force."""
    return Merge.objects.filter(of=Merge.Of.DEVELOPER, undone_at=None)


def merged_developer(slug: str) -> Developer | None:
    """The developer that readers see into which the one with this slug was merged, over any number of merges; else None."""
    if "\0" in slug:  # which PostgreSQL refuses to look for
        return None
    merge = standing_merges().filter(merged_slug=slug).first()
    return Developer.objects.reviewed().filter(pk=now(merge.moved["kept"]) or 0).first() if merge else None


def present_slugs(slugs: Collection[str]) -> dict[str, str]:
    """Return the slugs of merged developers → those of the developers that readers see in their place."""
    asked = [slug for slug in slugs if "\0" not in slug]
    taken = set(Developer.objects.filter(slug__in=asked).values_list("slug", flat=True))
    merges = standing_merges().filter(merged_slug__in=asked).exclude(merged_slug__in=taken)
    into: dict[str, int] = {merge.merged_slug: merge.moved["kept"] for merge in merges}
    if not into:
        return {}
    there = set(Developer.objects.filter(pk__in=into.values()).values_list("pk", flat=True))
    kept = {slug: one for slug, pk in into.items() if (one := pk if pk in there else now(pk))}
    public = dict(Developer.objects.reviewed().filter(pk__in=kept.values()).values_list("pk", "slug"))
    return {slug: public[pk] for slug, pk in kept.items() if pk in public}


def now(developer: int | None) -> int | None:
    """The id of `developer`, or of the one into which it was merged; None if it is gone."""
    seen: set[int] = set()
    while (
        developer is not None
        and developer not in seen
        and not Developer.objects.filter(pk=developer).exists()
    ):
        seen.add(developer)
        merge = standing_merges().filter(moved__row__id=developer).first()
        developer = merge.moved["kept"] if merge else None
    return developer


def merged_ids() -> dict[str, int]:
    """Slug of each merged developer → id of the developer that it is now; one query per merge."""
    found = ((merge.merged_slug, now(merge.moved["kept"])) for merge in standing_merges())
    return {slug: pk for slug, pk in found if pk}
