"""The filtered rows of an import, and the questions about rows that may be an existing model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from models_catalog.curation.pages import require
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import (
    LEAVE,
    NEW,
    SAME_AS_LINE,
    SPLIT,
    Fate,
    PlannedRow,
    in_language,
    told,
)
from models_catalog.intake.tables.preview import foretell
from models_catalog.models import Entry, EntryDeveloper, ImportBatch
from models_catalog.publish import writers

WHOLE = "whole"
"""Answer: a line that was taken apart is one row again."""
NAMES_TOLD = 3
"""Maximum number of other names, and of makers, shown for an entry; more would hide what distinguishes it."""


@dataclass(frozen=True)
class Option:
    """An answer; `entry` is the id of the entry that it names."""

    value: str
    label: str
    is_chosen: bool
    entry: int | None = None
    called: str = ""


@dataclass(frozen=True)
class Question:
    """A row and its possible answers."""

    row: PlannedRow
    options: list[Option]
    typed: str = ""
    """The answer that was chosen but not stored."""

    @property
    def selected(self) -> str:
        """The answer that is shown; "" if there is none yet."""
        return self.typed or next((option.value for option in self.options if option.is_chosen), "")


@dataclass(frozen=True)
class Questions:
    """The questions of one page, open ones apart."""

    open: list[Question]
    answered: list[Question]


def questions_of(rows: list[PlannedRow], typed: Mapping[str, str]) -> Questions:
    """Return the questions about `rows`, with a fixed number of queries (two)."""
    called = _called({entry.pk: entry.called for row in rows for entry in row.alike})
    asked = [Question(row, _options(row, called), typed.get(row.key, "")) for row in rows]
    return Questions([one for one in asked if one.row.is_open], [one for one in asked if not one.row.is_open])


def _options(row: PlannedRow, called: dict[int, tuple[str, str]]) -> list[Option]:
    is_new = row.is_answered and not row.entry and not row.joins
    label = _("one model with this whole name") if row.several else _("another model: a new entry")
    options = [Option(NEW, label, is_new and row.fate != Fate.REFUSED)]
    if row.several:
        names = "; ".join(row.several)
        options.append(
            Option(SPLIT, _("several models, a row for each: %(names)s") % {"names": names[:120]}, False)
        )
    for entry in row.alike:
        short, beside = called[entry.pk]
        is_chosen = row.entry is not None and row.entry.pk == entry.pk and not row.joins
        label = _("the same as %(entry)s") % {"entry": short} + f" ({beside})"
        options.append(Option(str(entry.pk), label, is_chosen, entry.pk, short))
    for twin in row.twins:
        label = _("the same as %(name)s in line %(line)s") % {"name": twin.name[:60], "line": twin.key}
        options.append(Option(f"{SAME_AS_LINE}{twin.key}", label, row.joins == twin.key))
    options.append(Option(LEAVE, _("leave this row out"), row.is_answered and row.fate == Fate.REFUSED))
    return [
        *options,
        *([Option(WHOLE, _("one row again: the line names one model"), False)] if row.part else []),
    ]


def _called(named: dict[int, str]) -> dict[int, tuple[str, str]]:
    """Return each entry's name with its makers, and its slug with its other names."""
    makers: dict[int, list[str]] = defaultdict(list)
    linked = EntryDeveloper.objects.filter(entry__in=named).select_related("developer")
    for link in linked.order_by("entry", "position"):
        makers[link.entry_id].append(link.developer.label)
    found = {}
    for entry in Entry.objects.filter(pk__in=named):
        short = " · ".join([named[entry.pk], *_some(makers[entry.pk])])
        names = _others(entry, named[entry.pk])
        beside = _("%(slug)s; also %(names)s") % {"slug": entry.slug, "names": "、".join(names)}
        found[entry.pk] = short, beside if names else entry.slug
    return found


def _others(entry: Entry, called: str) -> list[str]:
    return _some(name for name in (entry.name_zh, entry.name_en, *entry.aliases) if name != called)


def _some(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name][:NAMES_TOLD]


LEFT_OUT, QUESTIONS, NEAR_DEVELOPER = "left-out", "questions", "near-developer"
CSV_COLUMNS = (
    "line", "row", "name", "developer", "reason", "left_out", "entry", "claims", "changes", "near_developers",
)  # fmt: skip

Told = dict[str, Any]


def is_among(row: Told, wanted: str) -> bool:
    """Return whether the row matches `wanted`, the filter's value; "" matches all."""
    if wanted == LEFT_OUT:
        return bool(row["notes"] or row.get("doubts")) and row["fate"] != Fate.REFUSED
    if wanted == NEAR_DEVELOPER:
        return bool(row.get("near_developers"))  # imports applied earlier do not have it
    if wanted == QUESTIONS:
        return bool(row["is_question"])
    return wanted in ("", row["fate"])


def filters_of(rows: list[Told]) -> list[tuple[str, str, int]]:
    """Return value, label and number of rows of each filter."""
    labels = {
        "": _("all"), Fate.NEW.value: _("new"), Fate.CHANGED.value: _("changed"), Fate.UNCHANGED.value: _("unchanged"),
        Fate.REFUSED.value: _("refused"), LEFT_OUT: _("with something left out or doubtful"), QUESTIONS: _("asked about"),
        NEAR_DEVELOPER: _("new developer near another"),
    }  # fmt: skip
    counted = [(value, label, sum(is_among(row, value) for row in rows)) for value, label in labels.items()]
    return counted if rows else []


@require_safe
def rows_csv(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Download the rows as CSV, filtered if requested."""
    require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch, pk=pk)
    is_open = batch.state == ImportBatch.State.UPLOADED
    rows = _planned(batch) if is_open else [in_language(row) for row in batch.rows]
    wanted = request.GET.get("rows", "")
    cells = [_cells(row) for row in rows if is_among(row, wanted)]
    response = StreamingHttpResponse(
        writers.csv_lines(cells, CSV_COLUMNS), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = writers.content_disposition(f"import-{batch.pk}-rows", "csv")
    return response


def _planned(batch: ImportBatch) -> list[Told]:
    plan = plan_of(batch)
    foretell(plan)
    return [told(row) for row in plan]


def _cells(row: Told) -> list[writers.Cell]:
    told_of = [
        writers.SEPARATOR.join(part) for part in ([*row["notes"], *row.get("doubts", [])], row["claims"])
    ]
    # imports applied earlier have neither effects nor keys
    changes = [*row["changes"], *row.get("effects", [])]
    return [
        row.get("key", row["line"]), row["fate"], row["name"], row["developer"], row["reason"], told_of[0], row["entry_name"],
        told_of[1], writers.SEPARATOR.join(changes), writers.SEPARATOR.join(row.get("near_developers", [])),
    ]  # fmt: skip
