"""Importing a table, for curators: upload, map the columns, preview every row, apply, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.catalog.forms import taking_files
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.recording import recorded
from models_catalog.curation import sheets
from models_catalog.curation.imports.accept import accept_view, tell_applied
from models_catalog.curation.imports.answers import Answers
from models_catalog.curation.imports.forms import UploadForm, encoding_label
from models_catalog.curation.imports.preview import preview
from models_catalog.curation.imports.questions import rows_csv
from models_catalog.curation.lists import ListAdmin
from models_catalog.curation.pages import VERSION, page, require, who
from models_catalog.intake.tables.apply import PlanChanged, apply_import
from models_catalog.intake.tables.columns import guess_by_cells
from models_catalog.intake.tables.mending import count_rows
from models_catalog.intake.tables.runs import Standing, latest_run, running_runs, standing, start_run
from models_catalog.intake.tables.undo import Since, refuse_merged, since_applied, undo_import
from models_catalog.intake.tables.upload import table_of, take_over
from models_catalog.models import ImportBatch, ImportRun
from models_catalog.models.import_batch import Contents

CLAIMS_AT_ONCE = 1_000
"""Maximum number of claims undone within the request; above it a process is started."""
NAMED, LISTED = 5, 200
"""Maximum number of rows to delete that are named, and of reviewed or returning claims that are listed."""


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview undoing an import; a post with the previewed version undoes it, or starts a process for a large one."""
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


ROWS_AT_ONCE = 300
"""Maximum number of rows applied within the request; above it a process is started."""


def imports_like(queryset: QuerySet[ImportBatch], term: str) -> QuerySet[ImportBatch]:
    return queryset.filter(file_name__icontains=term)


@admin.register(ImportBatch)
class ImportAdmin(ListAdmin[ImportBatch]):
    exported_as = (sheets.IMPORTS,)
    list_display = (
        "file_name", "contents", "state_now", "encoding", "uploaded_by", "uploaded_at", "applied_at", "undone_at",
    )  # fmt: skip
    find = imports_like

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        is_running = Exists(running_runs().filter(batch=OuterRef("pk")))
        return (
            super()
            .get_queryset(request)
            .defer("text", "content", "made", "rows")
            .annotate(is_running=is_running)
        )

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_now(self, batch: Any) -> str:
        """The state; for a running import, a link to its progress."""
        if not batch.is_running:
            return str(batch.get_state_display())
        address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
        return format_html('<a href="{}">{}</a>', address, _("Running…"))

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/apply/", wrap(apply_view), name="models_catalog_importbatch_apply"),
            path("<int:pk>/accept/", wrap(accept_view), name="models_catalog_importbatch_accept"),
            path("<int:pk>/rows.csv", wrap(rows_csv), name="models_catalog_importbatch_rows"),
            path("<int:pk>/undo/", wrap(undo_view), name="models_catalog_importbatch_undo"),
        ]
        return [*own, *super().get_urls()]

    @taking_files
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return upload(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        return preview(request, batch)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def upload(request: HttpRequest) -> HttpResponse:
    """Store a file, guess what its columns hold, and redirect to the preview."""
    require(request, "add_importbatch")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = form.batch
        batch.uploaded_by = who(request)
        if take_over(batch):
            told = _("What was said of this file when it was last imported is taken over: check it.")
            messages.warning(request, told)
        elif batch.contents == Contents.MODELS and not batch.mapping:
            _guess_by_cells(request, batch)
        with recorded("upload", who=who(request), file=batch.file_name):
            batch.save()
        messages.success(request, _("Read as %(encoding)s.") % {"encoding": encoding_label(batch.encoding)})
        return redirect("admin:models_catalog_importbatch_change", batch.pk)
    return page(
        request,
        "admin/imports/upload.html",
        {"title": _("Import a table"), "form": form, "opts": ImportBatch._meta},
    )


def _guess_by_cells(request: HttpRequest, batch: ImportBatch) -> None:
    batch.mapping = guess_by_cells(table_of(batch))
    if batch.mapping:
        messages.warning(
            request,
            _("The headings do not say what the columns hold. They were guessed from the cells: check them."),
        )


def apply_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply what the preview showed; for a large file, start a process."""
    require(request, "change_importbatch")
    batch = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST":
        expected, by = request.POST.get("fingerprint", "")[:32], who(request)
        if batch.state == ImportBatch.State.APPLIED and batch.applied_by == by:  # a double click
            return redirect("admin:models_catalog_importbatch_change", batch.pk)
        if batch.state == ImportBatch.State.UPLOADED and standing(latest_run(batch)) != Standing.RUNNING:
            answers = Answers(batch, request.POST)
            if not answers.keep(request):
                return preview(request, batch, answers)
        try:
            if count_rows(batch, table_of(batch)) > ROWS_AT_ONCE:
                start_run(batch=batch, what=ImportRun.What.APPLY, by=by, expected=expected)
            else:
                tell_applied(request, apply_import(batch=batch, expected=expected, by=by))
        except NotAllowed as error:
            messages.error(request, str(error))
        except PlanChanged:
            messages.warning(
                request,
                _("What the rows do has changed since this page was shown: look at it again, then apply."),
            )
    return redirect("admin:models_catalog_importbatch_change", batch.pk)
