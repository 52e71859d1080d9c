"""Taking an import back as one step; what others built upon it stays."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.import_locks import lock_entries
from models_catalog.actions.import_since import Since, since_applied
from models_catalog.actions.imports import Heard, locked_batch, settle_in_chunks, unheard_stages
from models_catalog.actions.merge_undo import fill_again
from models_catalog.actions.recording import UNDO_IMPORT, recorded
from models_catalog.claims.judge import NotAllowed
from models_catalog.ingest.table_plan import chunks
from models_catalog.models import Claim, Developer, Entry, ImportBatch, ImportRun

Stage = ImportRun.Stage


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: str, heard: Heard = unheard_stages, seen: str = "") -> ImportBatch:
    """Take back all that the import made but for what others built upon, which `stayed(batch)` tells from then on.

    Raises `NotAllowed` if a merge of its entries stands, or if undoing would do anything else than `seen`, the version of
    `since_applied` that the curator was shown; without one, if anything was done since.
    """
    batch = locked_batch(batch, ImportBatch.State.APPLIED)
    made = batch.made
    # Locked, so that nobody builds upon one of them between looking and deleting.
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
    """Raise `NotAllowed` while a merge stands of an entry of the import: claims of both would be lost."""
    if named := _("; ").join(str(merge) for merge in since.merges[:5]):
        raise NotAllowed(
            _("Entries of this import were merged since: undo that first (%(merges)s).") % {"merges": named}
        )


def _give_back(returning: Iterable[Claim]) -> None:
    by_entry: dict[Entry, list[int]] = {}
    for claim in returning:
        by_entry.setdefault(claim.entry, []).append(claim.pk)
    for entry, claims in by_entry.items():
        fill_again(entry, claims)


def _remove_rows(batch: ImportBatch, since: Since, by: str) -> None:
    """The rows that go; `batch` says from here on that it is undone, and what of it stayed."""
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
