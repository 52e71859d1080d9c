"""The page of one import before and after it is applied: its columns, its rows, its progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from models_catalog.curation.imports.answers import Answers
from models_catalog.curation.imports.forms import encoding_label
from models_catalog.curation.imports.questions import filters_of, is_among, questions_of
from models_catalog.curation.imports.steered import steered
from models_catalog.curation.pages import may, page, require
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.columns import lacking
from models_catalog.intake.tables.mending import count_rows
from models_catalog.intake.tables.plan import LEAVE, Fate, PlannedRow, fingerprint, in_language, told
from models_catalog.intake.tables.preview import foretell
from models_catalog.intake.tables.runs import Standing, latest_run, standing
from models_catalog.intake.tables.undo import stayed
from models_catalog.intake.tables.upload import table_of
from models_catalog.models import Claim, ImportBatch, ImportRun
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Status


def warn_of_earlier(request: HttpRequest, batch: ImportBatch) -> None:
    """Warn, with a link, if the same file was already imported and that was not undone."""
    same = ImportBatch.objects.filter(file_sha256=batch.file_sha256, state=ImportBatch.State.APPLIED)
    earlier = same.only("file_name", "applied_at").exclude(file_sha256="").order_by("-applied_at").first()
    if earlier:
        at = date_format(localtime(earlier.applied_at), "DATETIME_FORMAT")
        words = _("This file was already imported at %(at)s, and that import was not undone:") % {"at": at}
        where = reverse("admin:models_catalog_importbatch_change", args=[earlier.pk])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, where, earlier))


def progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Show the progress of a run; the page reloads by a link, or by script."""
    title = _("Import of %(file)s") % {"file": run.batch.file_name}
    return page(
        request, "admin/imports/progress.html", {"title": title, "run": run, "opts": ImportBatch._meta}
    )


def told_of(run: ImportRun | None, batch: ImportBatch) -> str:
    """Return the message about the last run, if it did not reach the state that it should have."""
    wanted = {
        ImportRun.What.APPLY: ImportBatch.State.UPLOADED,
        ImportRun.What.UNDO: ImportBatch.State.APPLIED,
        ImportRun.What.DECIDE: ImportBatch.State.APPLIED,
    }
    if (
        run is None
        or run.outcome == ImportRun.Outcome.DONE
        or batch.state != wanted[ImportRun.What(run.what)]
    ):
        return ""
    if run.outcome == ImportRun.Outcome.CHANGED:
        return _("The registry has changed since this preview. Check the new preview, then apply it.")
    return run.reason or _("The last attempt was interrupted and nothing was written. Try again.")


ROWS_A_PAGE = 200


def preview(request: HttpRequest, batch: ImportBatch, answers: Answers | None = None) -> HttpResponse:
    """Show what each row would do, and the forms that steer it; for an applied import, what it did.

    `answers` are forms that were posted elsewhere and not all valid.
    """
    require(request, "change_importbatch" if request.method == "POST" else "view_importbatch")
    run = latest_run(batch)
    if run and standing(run) == Standing.RUNNING:
        return progress(request, run)
    is_open = batch.state == ImportBatch.State.UPLOADED
    if is_open and answers is None:
        answers = Answers(batch, request.POST)
        if request.method == "POST" and answers.keep(request):
            return redirect(_after(request, answers))
    elif request.method == "POST" and answers is None:
        return redirect(request.get_full_path())
    table, contents = table_of(batch), Contents(batch.contents)
    is_mapped = not lacking(contents, batch.mapping.values())
    rows = plan_of(batch) if is_open and is_mapped else []
    context = {
        "title": _("Import of %(file)s") % {"file": batch.file_name}, "batch": batch, "is_open": is_open,
        "total": count_rows(batch, table), "is_mapped": is_mapped or not is_open, "opts": ImportBatch._meta, "told": told_of(run, batch),
        "stayed": stayed(batch) if batch.state == ImportBatch.State.UNDONE else [], "may_import": may(request, "change_importbatch"), "encoding": encoding_label(batch.encoding),
        "waits": batch.options.get("status") != Status.ACCEPTED or contents == Contents.CLAIMS,
        "not_read": [words[:40] for at, words in enumerate(table.heading) if words and str(at) not in batch.mapping],
        "may_accept": contents == Contents.MODELS and may(request, "change_claim"),
    }  # fmt: skip
    if answers:
        warn_of_earlier(request, batch)
        context |= answers.shown(rows, request.GET.get("makers"))
        context["cells"] = answers.cells or answers.cells_of(request.GET.get("mend", ""))
    else:
        context["steered"] = steered(batch, table)
    if batch.state == ImportBatch.State.APPLIED:
        context |= _decided(batch)
    context |= _rows_context(request, batch, rows, answers.typed if answers else {})
    return page(request, "admin/imports/preview.html", context)


def _after(request: HttpRequest, answers: Answers) -> str:
    """Return the address of the page; once cells are mended, of their row."""
    if answers.cells is None:
        return request.get_full_path()
    query = request.GET.copy()
    query.pop("mend", None)
    return f"{request.path}?{query.urlencode()}#line-{answers.cells.key}"


def _decided(batch: ImportBatch) -> dict[str, int]:
    """Count the claims of the import that are to review, and those that are accepted."""
    own = Claim.objects.filter(pk__in=batch.made.get("claims", [])).order_by()
    counts = dict(own.values_list("status").annotate(Count("pk")))
    return {"waiting": counts.get(Status.PROPOSED, 0), "public": counts.get(Status.ACCEPTED, 0)}


def _rows_context(
    request: HttpRequest, batch: ImportBatch, rows: list[PlannedRow], typed: Mapping[str, str]
) -> dict[str, Any]:
    """Return the context of the rows: planned ones, or those stored with an applied import; `typed` as in `Answers`."""
    is_open = batch.state == ImportBatch.State.UPLOADED
    told_rows = [told(row) for row in rows] if is_open else [in_language(row) for row in batch.rows]
    counts = Counter(row.fate.value for row in rows) if is_open else batch.counts
    asked = [row.key for row in rows if row.is_open]
    wanted = request.GET.get("rows", "")
    chosen = [row for row in told_rows if is_among(row, wanted)]
    shown = Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("p"))
    keys = {row["key"] for row in shown} if is_open else set()
    if is_open:
        foretell(rows, keys)
        effects = {row.key: row.effects for row in rows if row.key in keys}
        for row in shown:
            row["effects"] = effects[row["key"]]
    return {
        "rows": shown, "open_questions": len(asked), "first_question": next(iter(asked), ""),
        "may_be_new": sum(row.is_open and not row.several for row in rows),
        "left": {key for key, said in batch.decisions.items() if said == LEAVE} & keys,
        "ticked": {key for key, said in {**batch.decisions, **typed}.items() if said == LEAVE},
        "filters": filters_of(told_rows), "wanted": wanted, "fingerprint": fingerprint(rows),
        "counts": [(fate.value, counts.get(fate.value, 0)) for fate in Fate], "writes": any(row.claims for row in rows),
        "questions": questions_of([row for row in rows if row.is_question and row.key in keys], typed),
    }  # fmt: skip
