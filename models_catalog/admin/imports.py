"""Importing a table, for curators: upload, say what the columns hold, look at every row, apply, undo."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _

from models_catalog.actions.claims import NotAllowed
from models_catalog.actions.import_runs import Standing, latest_run, standing, start_run
from models_catalog.actions.import_since import stayed
from models_catalog.actions.imports import PlanChanged, apply_import, plan_of
from models_catalog.actions.recording import recorded
from models_catalog.admin import sheets
from models_catalog.admin.import_again import warn_of_earlier
from models_catalog.admin.import_forms import MappingForm, UploadForm
from models_catalog.admin.import_rows import filters_of, is_among, rows_csv
from models_catalog.admin.import_undo import undo_view
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.pages import may, page, require, who
from models_catalog.ingest.table_columns import NEEDED, guess_contents, guess_mapping
from models_catalog.ingest.table_guesses import guess_by_cells
from models_catalog.ingest.table_plan import NEW, SAME_AS_LINE, Fate, fingerprint, told
from models_catalog.ingest.table_rows import Table, read_table
from models_catalog.models import ImportBatch, ImportRun
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Status

ROWS_A_PAGE = 200
ROWS_AT_ONCE = 300
"""What is applied while the curator's request waits; for more a process is started."""


def imports_like(queryset: QuerySet[ImportBatch], term: str) -> QuerySet[ImportBatch]:
    return queryset.filter(file_name__icontains=term)


@admin.register(ImportBatch)
class ImportAdmin(ListAdmin[ImportBatch]):
    exported_as = (sheets.IMPORTS,)
    list_display = (
        "file_name",
        "contents",
        "state",
        "encoding",
        "uploaded_by",
        "uploaded_at",
        "applied_at",
        "undone_at",
    )
    find = imports_like

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        return super().get_queryset(request).defer("text", "made", "rows")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/apply/", wrap(apply_view), name="models_catalog_importbatch_apply"),
            path("<int:pk>/rows.csv", wrap(rows_csv), name="models_catalog_importbatch_rows"),
            path("<int:pk>/undo/", wrap(undo_view), name="models_catalog_importbatch_undo"),
        ]
        return [*own, *super().get_urls()]

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
    """Take a file in, guess what its columns hold, and lead to the preview."""
    require(request, "add_importbatch")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        columns = form.cleaned_data["file"]
        table = read_table(columns["text"])
        contents = Contents(form.cleaned_data["contents"] or guess_contents(table.heading))
        with recorded("upload", who=who(request), file=columns["file_name"]):
            batch = ImportBatch.objects.create(
                **columns,
                contents=contents,
                mapping=_guessed(request, table, contents),
                options={"status": Status.PROPOSED, "developer_kind": DeveloperKind.AI_COMPANY},
                uploaded_by=who(request),
            )
        messages.success(request, _("Read as %(encoding)s.") % {"encoding": batch.encoding})
        return redirect("admin:models_catalog_importbatch_change", batch.pk)
    return page(
        request,
        "admin/imports/upload.html",
        {"title": _("Import a table"), "form": form, "opts": ImportBatch._meta},
    )


def _guessed(request: HttpRequest, table: Table, contents: Contents) -> dict[str, str]:
    """What the columns hold by their headings; by their cells, which is said, where no heading is understood."""
    mapping = guess_mapping(table.heading, contents)
    if mapping or contents != Contents.MODELS:
        return mapping
    if mapping := guess_by_cells(table):
        messages.warning(
            request,
            _("No heading says what its column holds. It was guessed from the cells: look it over."),
        )
    return mapping


def preview(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The mapping, and what each row would do; of an applied import, what it did."""
    require(request, "change_importbatch" if request.method == "POST" else "view_importbatch")
    run = latest_run(batch)
    if run and standing(run) == Standing.RUNNING:
        return progress(request, run)
    table = read_table(batch.text)
    saved = {f"column-{number}": column for number, column in batch.mapping.items()} | batch.options
    contents = Contents(batch.contents)
    posted = request.POST if any(name.startswith("column-") for name in request.POST) else None
    form = MappingForm(posted, table=table, contents=contents, initial=saved)
    is_open = batch.state == ImportBatch.State.UPLOADED
    if request.method == "POST" and is_open and (posted is None or form.is_valid()):
        _remember(request, batch, form if posted is not None else None)
        return redirect(request.get_full_path())
    is_mapped = {*NEEDED[contents]} <= {*batch.mapping.values()}
    if is_open:
        warn_of_earlier(request, batch)
    rows = plan_of(batch) if is_open and is_mapped else []
    told_rows = [told(row) for row in rows] if is_open else batch.rows
    counts = Counter(row.fate.value for row in rows) if is_open else batch.counts
    asked = [row.line for row in rows if row.is_open]
    wanted = request.GET.get("rows", "")
    shown = Paginator([row for row in told_rows if is_among(row, wanted)], ROWS_A_PAGE).get_page(
        request.GET.get("p")
    )
    lines = {row["line"] for row in shown}
    context = {
        "title": _("Import of %(file)s") % {"file": batch.file_name}, "batch": batch, "form": form, "rows": shown,
        "open_questions": len(asked), "first_question": min(asked, default=0), "filters": filters_of(told_rows), "wanted": wanted,
        "counts": [(fate.value, counts.get(fate.value, 0)) for fate in Fate], "total": len(table.rows),
        "accepted": sum(counts.get(fate.value, 0) for fate in Fate if fate != Fate.REFUSED),
        "fingerprint": fingerprint(rows), "is_open": is_open, "new": NEW, "opts": ImportBatch._meta,
        "told": told_of(run, batch), "may_import": may(request, "change_importbatch"), "same_as_line": SAME_AS_LINE,
        "stayed": stayed(batch) if batch.state == ImportBatch.State.UNDONE else [], "alike": [row for row in rows if row.is_question and row.line in lines],
    }  # fmt: skip
    return page(request, "admin/imports/preview.html", context)


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


def _remember(request: HttpRequest, batch: ImportBatch, form: MappingForm | None) -> None:
    """Keep the mapping, or what the curator decided about rows with a known name."""
    if form is not None:
        batch.mapping = form.mapping()
        batch.options |= {
            name: form.cleaned_data[name]
            for name in ("status", "developer_kind", "file_date")
            if name in form.fields
        }
    else:
        batch.decisions |= {
            line: value
            for name, value in request.POST.items()
            if (line := name.removeprefix("row-")) != name and _is_number(line)
            and isinstance(value, str) and (value == NEW or _is_number(value.removeprefix(SAME_AS_LINE)))
        }  # fmt: skip
    with recorded("prepare import", who=who(request), file=batch.file_name, batch=batch.pk):
        batch.save(update_fields=["mapping", "options", "decisions"])


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 19


def apply_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply what the preview showed; of a large file, start doing so."""
    require(request, "change_importbatch")
    batch = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST":
        expected, by = request.POST.get("fingerprint", "")[:32], who(request)
        if batch.state == ImportBatch.State.APPLIED and batch.applied_by == by:  # who clicked twice is done
            return redirect("admin:models_catalog_importbatch_change", batch.pk)
        try:
            if len(read_table(batch.text).rows) > ROWS_AT_ONCE:
                start_run(batch=batch, what=ImportRun.What.APPLY, by=by, expected=expected)
            else:
                apply_import(batch=batch, expected=expected, by=by)
                messages.success(request, _("Imported: %(batch)s.") % {"batch": batch})
        except NotAllowed as error:
            messages.error(request, str(error))
        except PlanChanged:
            messages.warning(
                request, _("The registry changed since this preview: look at it again, then apply.")
            )
    return redirect("admin:models_catalog_importbatch_change", batch.pk)
