"""Undo an import in one step; rows that others have built upon stay, and are listed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, ProtectedError, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.claims.merge import decided_after, fill_again
from models_catalog.claims.merge_developers import standing_merges as merged_developers
from models_catalog.claims.recording import UNDO_IMPORT, recorded
from models_catalog.history.versions import lock_entries
from models_catalog.intake.tables.apply import (
    Heard,
    locked_batch,
    settle_in_chunks,
    unheard_stages,
)
from models_catalog.intake.tables.plan import chunks
from models_catalog.models import (
    Claim,
    ClaimEvent,
    Developer,
    Entry,
    FigureEvidence,
    ImportBatch,
    ImportRun,
    Merge,
    Omission,
    Source,
)
from models_catalog.models.vocabulary import Field, NameKind, Status


@dataclass(frozen=True)
class Stay:
    """An entry, developer or source from the import that stays because others built upon it."""

    of: str
    """Kind of row: entry, developer or source."""
    pk: int
    name: str
    claims: int
    """Number of other claims about it, naming it or citing it; for a source, of omissions and market evidence too."""
    below: int
    """Number of other claims that name the entry as parent, or of developers below the developer."""
    is_listed: bool = True
    """Whether an entry keeps an accepted Chinese name, without which readers do not see it."""


@dataclass(frozen=True)
class Since:
    """A preview of undoing an import, and what happened to its rows since."""

    entries: list[Entry]
    developers: list[Developer]
    source: Source | None
    """Rows to delete."""
    n_claims: int
    """Number of claims to delete."""
    decided: list[Claim]
    """Claims of the import that have been reviewed since; they are deleted too."""
    returning: list[Claim]
    """Other claims that become preferred again in place of the import's."""
    stays: list[Stay]
    merges: list[Merge]
    """Merges of its entries that are still in effect. Undo them first, or claims of both entries would be lost."""
    version: str
    """A hash that changes whenever the preview does."""

    @property
    def is_touched(self) -> bool:
        return bool(self.decided or self.returning or self.stays)


def since_applied(batch: ImportBatch) -> Since:
    """Return what undoing `batch` would do now."""
    made = batch.made if batch.state == ImportBatch.State.APPLIED else {}
    own: list[int] = made.get("claims", [])
    before, version = _left_behind(own), made.get("version", 0)
    stays, entries, developers = _standing(batch, own, before)
    gone = {*made.get("entries", []), *before["entry"]} - entries
    decided = decided_after(version).filter(pgh_obj_id__in=own)
    claims = Claim.objects.select_related("entry").order_by("entry", "pk")
    returning = _returning(claims, own, version, gone)
    source_stays = any(stay.of == "source" for stay in stays)
    since = Since(
        list(Entry.objects.filter(pk__in=gone)),
        list(
            Developer.objects.filter(pk__in={*made.get("developers", []), *before["developer"]} - developers)
        ),
        None if source_stays or not made else batch.source,
        Claim.objects.filter(pk__in=own).count(),
        list(claims.filter(pk__in=decided.values("pgh_obj_id"))),
        returning,
        stays,
        standing_merges(batch),
        "",
    )
    latest = decided.aggregate(latest=Max("pgh_id"))["latest"] or 0
    return Since(**{**vars(since), "version": _fingerprint(since, latest)})


def standing_merges(batch: ImportBatch) -> list[Merge]:
    """Return the merges still in effect of entries and developers that `batch` created."""
    entries = batch.made.get("entries", [])
    merges = Merge.objects.filter(Q(kept__in=entries) | Q(merged__in=entries), undone_at=None)
    developers = {*batch.made.get("developers", [])}
    of_developers = [
        merge for merge in merged_developers() if {merge.moved["kept"], merge.moved["row"]["id"]} & developers
    ]
    return [*merges.select_related("kept", "merged"), *of_developers]


def stayed(batch: ImportBatch) -> list[Stay]:
    """Return what stayed when `batch` was undone, as it was then."""
    return [Stay(**one) for one in batch.made.get("stayed", [])]


def _fingerprint(since: Since, latest: int) -> str:
    rows = (since.entries, since.developers, since.decided, since.returning, since.merges)
    told = [latest, since.n_claims, *([row.pk for row in some] for some in rows), *map(asdict, since.stays)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _left_behind(own: list[int]) -> dict[str, set[int]]:
    """Return entries and developers left by other undone imports that these claims refer to."""
    left: dict[str, set[int]] = {"entry": set(), "developer": set(), "source": set()}
    undone = ImportBatch.objects.filter(state=ImportBatch.State.UNDONE, made__has_key="stayed")
    for stay in (one for batch in undone.only("made") for one in stayed(batch)):
        left[stay.of].add(stay.pk)
    claims = Claim.objects.filter(pk__in=own)
    return {
        "entry": left["entry"]
        & {pk for pair in claims.values_list("entry_id", "parent_id") for pk in pair if pk},
        "developer": left["developer"] & {*claims.values_list("developer_id", flat=True)},
    }


def _standing(
    batch: ImportBatch, own: list[int], before: dict[str, set[int]]
) -> tuple[list[Stay], set[int], set[int]]:
    """Return the rows of the import that stay, with the ids of the entries and developers among them."""
    made = batch.made
    others = Claim.objects.exclude(pk__in=own)
    entries = _entries_that_stay({*made.get("entries", []), *before["entry"]}, others)
    developers = _developers_that_stay({*made.get("developers", []), *before["developer"]}, others)
    source = _source_that_stays(batch.source, others)
    return (
        [*entries, *developers, *source],
        {stay.pk for stay in entries},
        {stay.pk for stay in developers},
    )


def _entries_that_stay(made: Iterable[int], others: QuerySet[Claim]) -> list[Stay]:
    on = _counted(others.filter(entry__in=made), "entry_id")
    below = _counted(others.filter(parent__in=made), "parent_id")
    names = others.filter(
        entry__in=on, field=Field.NAME, token=NameKind.ZH, status=Status.ACCEPTED
    ).values_list("entry_id", flat=True)
    listed = {*names}
    return [
        Stay("entry", entry.pk, str(entry), on[entry.pk], below[entry.pk], entry.pk in listed)
        for entry in Entry.objects.filter(pk__in={*on, *below})
    ]


def _developers_that_stay(made: set[int], others: QuerySet[Claim]) -> list[Stay]:
    named = _counted(others.filter(developer__in=made), "developer_id")
    parents = dict(Developer.objects.filter(parent__in=made).values_list("pk", "parent_id"))
    stays = {*named}
    while more := {parents[pk] for pk in parents if pk in stays or pk not in made} - stays:
        stays |= more
    below = Counter(parent for pk, parent in parents.items() if pk in stays or pk not in made)
    return [
        Stay("developer", one.pk, one.name_zh, named[one.pk], below[one.pk])
        for one in Developer.objects.filter(pk__in=stays)
    ]


def _source_that_stays(source: Source | None, others: QuerySet[Claim]) -> list[Stay]:
    if source is None:
        return []
    cited = (others, Omission.objects.all(), FigureEvidence.objects.all())
    n = sum(rows.filter(source=source).count() for rows in cited)
    return [Stay("source", source.pk, source.name_zh, n, 0)] if n else []


def _counted(claims: QuerySet[Claim], column: str) -> Counter[int]:
    return Counter(claims.values_list(column, flat=True))


def _returning(claims: QuerySet[Claim], own: list[int], version: int, gone: set[int]) -> list[Claim]:
    """Return other accepted claims to prefer in place of the import's, per column: the one preferred when the import
    was applied, else the first added since.
    """
    filling = claims.filter(pk__in=own, preferred=True).exclude(entry__in=gone)
    taken = {(claim.entry_id, column_of(claim)) for claim in filling}
    held = ClaimEvent.objects.filter(pgh_obj_id=OuterRef("pk"), pgh_id__lte=version).order_by("-pgh_id")
    yielded = claims.filter(
        entry__in={pk for pk, _column in taken}, status=Status.ACCEPTED, preferred=False
    ).exclude(pk__in=own)
    found: Any = yielded.annotate(held=Subquery(held.values("preferred")[:1]))
    able = [claim for claim in found if claim.held or claim.pk > max(own)]
    fills: dict[Any, Claim] = {}
    for claim in sorted(able, key=lambda one: (not one.held, one.pk)):
        fills.setdefault((claim.entry_id, column_of(claim)), claim)
    return sorted(
        (fills[column] for column in fills.keys() & taken), key=lambda claim: (claim.entry_id, claim.pk)
    )


Stage = ImportRun.Stage


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: str, heard: Heard = unheard_stages, seen: str = "") -> ImportBatch:
    """Delete what the import created, except rows that others built upon; `stayed(batch)` then returns those.

    Raises `NotAllowed` if one of its entries is merged, or if the preview's version is no longer `seen`; without
    `seen`, if anything happened since the import.
    """
    batch = locked_batch(batch, ImportBatch.State.APPLIED)
    made = batch.made
    # Lock the rows, so that nobody builds upon them between the check and the deletion.
    lock_entries(Q(pk__in=made["entries"]) | Q(claims__in=made["claims"]))
    list(Developer.objects.select_for_update().filter(pk__in=made["developers"]).order_by("pk").only("pk"))
    since = since_applied(batch)
    refuse_merged(since)
    if since.version != seen and (seen or since.is_touched):
        raise NotAllowed(_("What undoing this import does has changed since the page was shown: look again."))
    n = max(1, len(made["claims"]))
    more = {"decided": len(since.decided)} if since.decided else {}
    with recorded(UNDO_IMPORT, who=by, file=batch.file_name, batch=batch.pk, **more):
        touched = {*made["entries"], *(entry.pk for entry in since.entries)}
        for number, ids in enumerate(chunks(made["claims"]), start=1):
            claims = Claim.objects.filter(pk__in=ids)
            touched |= set(claims.values_list("entry_id", flat=True))
            claims.delete()
            heard(Stage.REMOVING, min(n, number * len(ids)), 2 * n)
        _give_back(since.returning)
        settle_in_chunks(
            Entry.objects.filter(pk__in=touched).only("pk"),
            lambda done, of: heard(Stage.SETTLING, n + n * done // of, 2 * n),
        )
        _remove_rows(batch, since, by)
    return batch


def refuse_merged(since: Since) -> None:
    """Raise `NotAllowed` if an entry or developer of the import is merged: claims of both would be lost."""
    if named := _("; ").join(str(merge) for merge in since.merges[:5]):
        raise NotAllowed(
            _("Entries or developers of this import were merged since: undo that first (%(merges)s).")
            % {"merges": named}
        )


def _give_back(returning: Iterable[Claim]) -> None:
    by_entry: dict[Entry, list[int]] = {}
    for claim in returning:
        by_entry.setdefault(claim.entry, []).append(claim.pk)
    for entry, claims in by_entry.items():
        fill_again(entry, claims)


def _remove_rows(batch: ImportBatch, since: Since, by: str) -> None:
    """Delete the rows, and record on `batch` that it is undone and what stayed."""
    developers = Developer.objects.filter(pk__in=[one.pk for one in since.developers])
    try:
        for ids in chunks([entry.pk for entry in since.entries]):
            Entry.objects.filter(pk__in=ids).delete()
        developers.exclude(parent=None).update(parent=None)
        developers.delete()
        batch.state, batch.undone_by, batch.undone_at = ImportBatch.State.UNDONE, by, timezone.now()
        batch.made = {"stayed": [asdict(stay) for stay in since.stays]} if since.stays else {}
        batch.source = batch.source if since.source is None else None
        batch.save()
        if since.source:
            since.source.delete()
    except ProtectedError as error:
        raise NotAllowed(_("Other rows point at what this import made.")) from error
