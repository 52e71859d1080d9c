"""Undoing an import, for curators: what goes and what stays is shown, always, before anything is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from models_catalog.actions.import_runs import start_run
from models_catalog.actions.import_since import Since, since_applied
from models_catalog.actions.import_undo import refuse_merged, undo_import
from models_catalog.admin.pages import VERSION, page, require, who
from models_catalog.claims.judge import NotAllowed
from models_catalog.models import ImportBatch, ImportRun
from models_catalog.queries.waiting_names import call_by_waiting_names

CLAIMS_AT_ONCE = 1_000
"""What is taken back while the curator's request waits; for more a process is started."""
NAMED, LISTED = 5, 200
"""So many of what goes are named, so many of what stays are listed."""


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing takes away and what stays; posted with the version that was shown, do it. Of a large file, start doing so."""
    require(request, "change_importbatch")
    batch = get_object_or_404(ImportBatch.objects.select_related("source"), pk=pk)
    if batch.state == ImportBatch.State.APPLIED:
        since = since_applied(batch)
        if request.method != "POST":
            return _asked(request, batch, since)
        if request.POST.get(VERSION, "") != since.version:
            messages.warning(
                request,
                _("What undoing this import does has changed since the page was shown: look again."),
            )
            return _asked(request, batch, since)
        _undo(request, batch, since)
    elif request.method == "POST":
        messages.warning(
            request,
            _("Somebody else was first: this import is %(state)s.") % {"state": batch.get_state_display()},
        )
    return redirect("admin:models_catalog_importbatch_change", batch.pk)


def _undo(request: HttpRequest, batch: ImportBatch, since: Since) -> None:
    try:
        refuse_merged(since)
        if since.n_claims > CLAIMS_AT_ONCE:
            start_run(batch=batch, what=ImportRun.What.UNDO, by=who(request), expected=since.version)
            return
        undo_import(batch=batch, by=who(request), seen=since.version)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone: %(merge)s.") % {"merge": batch})


def _asked(request: HttpRequest, batch: ImportBatch, since: Since) -> HttpResponse:
    entries = since.entries[:NAMED]
    call_by_waiting_names(entries)
    context = {
        "title": _("Undo the import of %(file)s") % {"file": batch.file_name}, "batch": batch, "since": since,
        "entries": entries, "developers": since.developers[:NAMED], "stayed": since.stays,
        "decided": since.decided[:LISTED], "returning": since.returning[:LISTED], "opts": ImportBatch._meta,
    }  # fmt: skip
    return page(request, "admin/imports/undo.html", context)
