"""How far the work on an import is, and what is to be said of work that did not end well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from models_catalog.admin.pages import page
from models_catalog.models import ImportBatch, ImportRun


def progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """How far a run is; the page is looked at again by a link, or by itself where there is script."""
    title = _("Import of %(file)s") % {"file": run.batch.file_name}
    return page(
        request, "admin/imports/progress.html", {"title": title, "run": run, "opts": ImportBatch._meta}
    )


def told_of(run: ImportRun | None, batch: ImportBatch) -> str:
    """What is to be said of the last run, if the import does not stand where it should have led."""
    wanted = {
        ImportRun.What.APPLY: ImportBatch.State.UPLOADED,
        ImportRun.What.UNDO: ImportBatch.State.APPLIED,
    }
    if run is None or batch.state != wanted[ImportRun.What(run.what)]:
        return ""
    if run.outcome == ImportRun.Outcome.CHANGED:
        return _("The registry changed since this preview: look at it again, then apply.")
    return run.reason or _("The last try was interrupted. Nothing of it was written: try again.")
