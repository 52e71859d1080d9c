"""Taking an import back as one step."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.claims import NotAllowed
from models_catalog.actions.imports import Heard, locked_batch, settle_in_chunks, unheard_stages
from models_catalog.actions.merge_undo import decided_after
from models_catalog.actions.recording import UNDO_IMPORT, recorded
from models_catalog.ingest.table_plan import chunks
from models_catalog.models import Claim, ClaimEvent, Developer, Entry, ImportBatch, ImportRun, Merge

Stage = ImportRun.Stage


@dataclass(frozen=True)
class Since:
    """What was done since to what an import made: `version` is the latest of it, 0 if nothing was."""

    decided: list[Claim]
    """Claims of the import that were decided on: taken back with it, if a curator says so knowing them."""
    built: list[Claim]
    """Claims of others that stand on its entries, or gave their place to one of its claims: in the way of undoing."""
    version: int


@transaction.atomic
def undo_import(
    *, batch: ImportBatch, by: str, heard: Heard = unheard_stages, despite: int = 0
) -> ImportBatch:
    """Take back all that the import made.

    Raises `NotAllowed` if something was built upon it since, or if claims of it were decided on later than `despite`, the
    version of `since` that the curator was shown.
    """
    batch = locked_batch(batch, ImportBatch.State.APPLIED)
    made = batch.made
    refuse_merged(batch)
    since = since_applied(batch)
    _refuse(since, despite)
    n = max(1, len(made["claims"]))
    more = {"decided": len(since.decided)} if since.decided else {}
    with recorded(UNDO_IMPORT, who=by, file=batch.file_name, batch=batch.pk, **more):
        touched: set[int] = set()
        for number, ids in enumerate(chunks(made["claims"]), start=1):
            claims = Claim.objects.filter(pk__in=ids)
            touched |= set(claims.values_list("entry_id", flat=True))
            claims.delete()
            heard(Stage.REMOVING, min(n, number * len(ids)), 2 * n)
        settle_in_chunks(
            Entry.objects.filter(pk__in=touched | set(made["entries"])).only("pk"),
            lambda done, of: heard(Stage.SETTLING, n + n * done // of, 2 * n),
        )
        _remove_rows(batch, by)
    return batch


def since_applied(batch: ImportBatch) -> Since:
    """What was decided on, and what was built upon, since `batch` was applied."""
    made = batch.made
    if not made:
        return Since([], [], 0)
    own, version = made["claims"], made["version"]
    events = ClaimEvent.objects.filter(pgh_id__gt=version)
    decided = decided_after(version).filter(pgh_obj_id__in=own)
    latest = decided.aggregate(latest=Max("pgh_id"))["latest"] or 0
    others = Claim.objects.exclude(pk__in=own).select_related("entry").order_by("entry", "pk")
    were_preferred = ClaimEvent.objects.filter(pgh_id__lte=version, preferred=True).values("pgh_obj_id")
    displaced = others.filter(
        entry__claims__in=own, preferred=False, pk__in=events.values("pgh_obj_id")
    ).filter(pk__in=were_preferred)
    return Since(
        list(
            Claim.objects.filter(pk__in=decided.values("pgh_obj_id"))
            .select_related("entry")
            .order_by("entry", "pk")
        ),
        [*others.filter(entry__in=made["entries"]), *displaced.distinct()],
        latest,
    )


def refuse_merged(batch: ImportBatch) -> None:
    """Raise `NotAllowed` while a merge stands of an entry that `batch` made: claims of both would be lost."""
    entries = batch.made.get("entries", [])
    merges = Merge.objects.filter(Q(kept__in=entries) | Q(merged__in=entries), undone_at=None)
    if named := "; ".join(str(merge) for merge in merges.select_related("kept", "merged")[:5]):
        raise NotAllowed(
            _("Entries of this import were merged since: undo that first (%(merges)s).") % {"merges": named}
        )


def _refuse(since: Since, despite: int) -> None:
    if since.built:
        named = "; ".join(f"{claim.entry}: {claim.key}" for claim in since.built[:5])
        raise NotAllowed(
            _("Claims that this import did not make are built upon it: %(claims)s.") % {"claims": named[:200]}
        )
    if since.version > despite:
        raise NotAllowed(_("Claims of this import were decided on, or added to, since."))


def _remove_rows(batch: ImportBatch, by: str) -> None:
    """The entries, developers and source that the import made; `batch` says from here on that it is undone."""
    made, source = batch.made, batch.source
    try:
        for ids in chunks(made["entries"]):
            Entry.objects.filter(pk__in=ids).delete()
        Developer.objects.filter(pk__in=made["developers"]).delete()
        batch.state, batch.undone_by, batch.undone_at = ImportBatch.State.UNDONE, by, timezone.now()
        batch.source, batch.made = None, {}
        batch.save()
        if source:
            source.delete()
    except ProtectedError as error:
        raise NotAllowed(_("Other rows point at what this import made.")) from error
