"""The rows of an import, as a curator looks through them: what becomes, or became, of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog import exports
from models_catalog.actions.import_effects import foretell
from models_catalog.actions.imports import plan_of
from models_catalog.admin.pages import require
from models_catalog.ingest.table_plan import Fate, told
from models_catalog.models import ImportBatch

LEFT_OUT, QUESTIONS, NEAR_DEVELOPER = "left-out", "questions", "near-developer"
CSV_COLUMNS = (
    "line", "row", "name", "developer", "reason", "left_out", "entry", "claims", "changes", "near_developers",
)  # fmt: skip

Told = dict[str, Any]


def is_among(row: Told, wanted: str) -> bool:
    """Whether the row is one of those that `wanted`, the filter's value, asks for; "" asks for all."""
    if wanted == LEFT_OUT:
        return bool(row["notes"]) and row["fate"] != Fate.REFUSED
    if wanted == NEAR_DEVELOPER:
        return bool(row.get("near_developers"))  # an import that was applied earlier has none
    if wanted == QUESTIONS:
        return bool(row["is_question"])
    return wanted in ("", row["fate"])


def filters_of(rows: list[Told]) -> list[tuple[str, str, int]]:
    """Value, label and number of rows of each filter."""
    labels = {
        "": _("all"), Fate.NEW.value: _("new"), Fate.CHANGED.value: _("changed"), Fate.UNCHANGED.value: _("unchanged"),
        Fate.REFUSED.value: _("refused"), LEFT_OUT: _("with something left out"), QUESTIONS: _("asked about"),
        NEAR_DEVELOPER: _("new developer near another"),
    }  # fmt: skip
    counted = [(value, label, sum(is_among(row, value) for row in rows)) for value, label in labels.items()]
    return counted if rows else []


@require_safe
def rows_csv(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The rows, those of one filter if it is asked for, as a file."""
    require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch, pk=pk)
    is_open = batch.state == ImportBatch.State.UPLOADED
    rows = _planned(batch) if is_open else batch.rows
    wanted = request.GET.get("rows", "")
    cells = [_cells(row) for row in rows if is_among(row, wanted)]
    response = StreamingHttpResponse(
        exports.csv_lines(cells, CSV_COLUMNS), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = exports.content_disposition(f"import-{batch.pk}-rows", "csv")
    return response


def _planned(batch: ImportBatch) -> list[Told]:
    plan = plan_of(batch)
    foretell(plan)
    return [told(row) for row in plan]


def _cells(row: Told) -> list[exports.Cell]:
    told_of = [exports.SEPARATOR.join(row[part]) for part in ("notes", "claims")]
    changes = [*row["changes"], *row.get("effects", [])]  # imports applied before effects were told have none
    return [
        row["line"], row["fate"], row["name"], row["developer"], row["reason"], told_of[0], row["entry_name"],
        told_of[1], exports.SEPARATOR.join(changes), exports.SEPARATOR.join(row.get("near_developers", [])),
    ]  # fmt: skip
