"""Taking an import back as one step."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from models_catalog.actions.claims import NotAllowed
from models_catalog.actions.imports import Heard, locked_batch, settle_in_chunks, unheard_stages
from models_catalog.actions.recording import recorded
from models_catalog.ingest.table_plan import chunks
from models_catalog.models import Claim, ClaimEvent, Developer, Entry, ImportBatch, ImportRun

Stage = ImportRun.Stage


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: str, heard: Heard = unheard_stages) -> ImportBatch:
    """Take back all that the import made. Raises `NotAllowed` if something of it was built upon since."""
    batch = locked_batch(batch, ImportBatch.State.APPLIED)
    made = batch.made
    _refuse_what_was_built_upon(batch)
    n = max(1, len(made["claims"]))
    with recorded("undo import", who=by, file=batch.file_name, batch=batch.pk):
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


def _refuse_what_was_built_upon(batch: ImportBatch) -> None:
    made = batch.made
    decided = ClaimEvent.objects.filter(pgh_obj_id__in=made["claims"], pgh_id__gt=made["version"])
    others = Claim.objects.filter(entry__in=made["entries"]).exclude(pk__in=made["claims"])
    if decided.exists() or others.exists():
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
