"""One import, as a curator looks at it before it is applied and after: its columns, its questions, its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from models_catalog.actions.import_effects import foretell
from models_catalog.actions.import_runs import Standing, latest_run, standing
from models_catalog.actions.import_since import stayed
from models_catalog.actions.imports import plan_of
from models_catalog.actions.recording import recorded
from models_catalog.admin.import_again import warn_of_earlier
from models_catalog.admin.import_forms import MappingForm, encoding_label
from models_catalog.admin.import_progress import progress, told_of
from models_catalog.admin.import_questions import questions_of
from models_catalog.admin.import_rows import filters_of, is_among
from models_catalog.admin.pages import may, page, require, who
from models_catalog.ingest.table_columns import NEEDED
from models_catalog.ingest.table_plan import LEAVE, NEW, SAME_AS_LINE, Fate, PlannedRow, fingerprint, told
from models_catalog.ingest.table_upload import table_of
from models_catalog.models import ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Status

ROWS_A_PAGE = 200


def preview(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The mapping, and what each row would do; of an applied import, what it did."""
    require(request, "change_importbatch" if request.method == "POST" else "view_importbatch")
    run = latest_run(batch)
    if run and standing(run) == Standing.RUNNING:
        return progress(request, run)
    table = table_of(batch)
    saved = {f"column-{number}": column for number, column in batch.mapping.items()} | batch.options
    contents = Contents(batch.contents)
    posted = request.POST if any(name.startswith("column-") for name in request.POST) else None
    form = MappingForm(posted, table=table, contents=contents, initial=saved)
    is_open = batch.state == ImportBatch.State.UPLOADED
    if request.method == "POST" and is_open and (posted is None or form.is_valid()):
        _remember(request, batch, form if posted is not None else None)
        return redirect(request.get_full_path())
    is_mapped = {*NEEDED[contents]} <= {*batch.mapping.values()}
    context = {
        "title": _("Import of %(file)s") % {"file": batch.file_name}, "batch": batch, "form": form, "is_open": is_open,
        "total": len(table.rows), "is_mapped": is_mapped or not is_open, "opts": ImportBatch._meta, "told": told_of(run, batch),
        "stayed": stayed(batch) if batch.state == ImportBatch.State.UNDONE else [], "may_import": may(request, "change_importbatch"), "encoding": encoding_label(batch.encoding),
        "waits": batch.options.get("status") != Status.ACCEPTED or contents == Contents.CLAIMS,
    }  # fmt: skip
    if is_open:
        warn_of_earlier(request, batch)
    context |= _rows_context(request, batch, plan_of(batch) if is_open and is_mapped else [])
    return page(request, "admin/imports/preview.html", context)


def _rows_context(request: HttpRequest, batch: ImportBatch, rows: list[PlannedRow]) -> dict[str, Any]:
    """What is shown of the rows: those planned, or of an import that was applied those that were kept."""
    is_open = batch.state == ImportBatch.State.UPLOADED
    told_rows = [told(row) for row in rows] if is_open else batch.rows
    counts = Counter(row.fate.value for row in rows) if is_open else batch.counts
    asked = [row.line for row in rows if row.is_open]
    wanted = request.GET.get("rows", "")
    chosen = [row for row in told_rows if is_among(row, wanted)]
    shown = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("p"))
    lines = {row["line"] for row in shown}
    if is_open:
        foretell(rows, lines)
        effects = {row.line: row.effects for row in rows if row.line in lines}
        for row in shown:
            row["effects"] = effects[row["line"]]
    return {
        "rows": shown, "open_questions": len(asked), "first_question": min(asked, default=0),
        "filters": filters_of(told_rows), "wanted": wanted, "fingerprint": fingerprint(rows),
        "counts": [(fate.value, counts.get(fate.value, 0)) for fate in Fate], "writes": any(row.claims for row in rows),
        "accepted": sum(counts.get(fate.value, 0) for fate in Fate if fate != Fate.REFUSED),
        "questions": questions_of([row for row in rows if row.is_question and row.line in lines]),
    }  # fmt: skip


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
            if (line := name.removeprefix("row-")) != name and is_number(line)
            and isinstance(value, str) and (value in (NEW, LEAVE) or is_number(value.removeprefix(SAME_AS_LINE)))
        }  # fmt: skip
    with recorded("prepare import", who=who(request), file=batch.file_name, batch=batch.pk):
        batch.save(update_fields=["mapping", "options", "decisions"])


def is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 19
