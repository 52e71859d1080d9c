"""Run a large import in a separate process, and try an import in a transaction that is rolled back."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language, gettext

from models_catalog.claims.judge import NotAllowed
from models_catalog.intake.tables.accept import decide_on_import
from models_catalog.intake.tables.apply import PlanChanged, apply_import, plan_of
from models_catalog.intake.tables.columns import lacking
from models_catalog.intake.tables.plan import NEW, fingerprint
from models_catalog.intake.tables.preview import plan_told
from models_catalog.intake.tables.rows import Unreadable
from models_catalog.intake.tables.rows import gettext_noop as _
from models_catalog.intake.tables.undo import undo_import
from models_catalog.intake.tables.upload import Told, batch_from
from models_catalog.models import ImportBatch, ImportRun
from models_catalog.models.vocabulary import Status

BY = "plan_import"


def planned(name: str, content: bytes, told: Told) -> dict[str, Any]:
    """Return the plan of the file as plain data. Raises `Unreadable`."""
    batch = batch_from(name, content, told)
    if missing := lacking(batch.contents, batch.mapping.values()):
        columns = ", ".join(sorted(str(column.label) for column in missing))
        raise Unreadable(_("no heading says which column holds this: %(columns)s"), columns=columns)
    return plan_told(batch, plan_of(batch))


@contextmanager
def imported(name: str, content: bytes, told: Told) -> Iterator[None]:
    """Run the block as if the file were imported and accepted, each open row as a new model; then roll back."""
    with transaction.atomic():
        batch = batch_from(name, content, told)
        batch.options["status"], batch.uploaded_by = Status.ACCEPTED.value, BY
        batch.decisions = {row.key: NEW for row in plan_of(batch) if row.is_open}
        batch.save()
        apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by=BY)
        yield
        transaction.set_rollback(True)


_STARTING, _ALIVE = 7_310_228, 7_310_229
"""Advisory lock classes: held briefly while starting a run of a batch; held by a run's process while it lives."""
_TIME_TO_START = timedelta(seconds=20)


class Standing(StrEnum):
    """The state of an import's latest run."""

    NONE = "none"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    ENDED = "ended"


def standing(run: ImportRun | None) -> Standing:
    """Return whether `run` is running, ended or interrupted; a run that has just been started counts as running."""
    if run is None:
        return Standing.NONE
    if run.ended_at:
        return Standing.ENDED
    return Standing.RUNNING if running_runs().filter(pk=run.pk).exists() else Standing.INTERRUPTED


def running_runs() -> QuerySet[ImportRun]:
    """Return the runs whose process is alive or has just been started."""
    locked = RawSQL(  # constant SQL; the number is a parameter
        "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = %s"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        [_ALIVE],
    )
    now = timezone.now()
    starts = Q(total=0, started_at__range=(now - _TIME_TO_START, now + _TIME_TO_START))
    return ImportRun.objects.filter(Q(pk__in=locked) | starts, ended_at=None)


def latest_run(batch: ImportBatch) -> ImportRun | None:
    return batch.runs.order_by("pk").last()


@transaction.atomic
def start_run(*, batch: ImportBatch, what: ImportRun.What, by: str, expected: str = "") -> ImportRun:
    """Record a run and start its process after commit. Raises `NotAllowed` if one is already running."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_STARTING, batch.pk])
    if standing(latest_run(batch)) == Standing.RUNNING:
        raise NotAllowed(gettext("This import is being worked on already."))
    run = ImportRun.objects.create(batch=batch, what=what, started_by=by, expected=expected)
    transaction.on_commit(lambda: start_process(run))
    return run


def start_process(run: ImportRun) -> subprocess.Popen[bytes]:
    """Start `manage.py run_import`, which outlives this process and shares its stderr."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_import", str(run.pk)]
    process = subprocess.Popen(  # noqa: S603  # fixed command, a number and a language
        [*command, "--language", get_language() or settings.LANGUAGE_CODE],
        env={**os.environ, "DATABASE_STATEMENT_TIMEOUT_MS": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # avoids a zombie process
    return process


def carry_out(run: ImportRun) -> ImportRun:
    """Execute `run` in this process. Raises `NotAllowed` if it has ended or another process runs it."""
    with _beside(run) as progress:
        outcome, reason = ImportRun.Outcome.DONE, ""
        try:
            if run.what == ImportRun.What.APPLY:
                apply_import(batch=run.batch, expected=run.expected, by=run.started_by, heard=progress.tell)
            elif run.what == ImportRun.What.DECIDE:
                decide_on_import(batch=run.batch, by=run.started_by, seen=run.expected, heard=progress.tell)
            else:
                undo_import(batch=run.batch, by=run.started_by, heard=progress.tell, seen=run.expected)
        except PlanChanged:
            outcome = ImportRun.Outcome.CHANGED
        except NotAllowed as error:
            outcome, reason = ImportRun.Outcome.REFUSED, str(error)[:300]
        progress.end(outcome, reason)
    run.refresh_from_db()
    return run


@contextmanager
def _beside(run: ImportRun) -> Iterator[_Progress]:
    beside = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        progress = _Progress(beside, run)
        if not progress.takes_lock() or ImportRun.objects.get(pk=run.pk).ended_at:
            raise NotAllowed(gettext("This import is being worked on already."))
        yield progress
    finally:
        beside.close()  # also releases the lock


class _Progress:
    """Writes the progress of a run on a second connection, which commits at once while the import is still open."""

    def __init__(self, beside: Any, run: ImportRun) -> None:
        self.beside, self.run = beside, run

    def takes_lock(self) -> bool:
        with self.beside.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_ALIVE, self.run.pk])
            return bool(cursor.fetchone()[0])

    def tell(self, stage: ImportRun.Stage, done: int, total: int) -> None:
        self._write("stage = %s, done = %s, total = %s", [stage.value, done, total])

    def end(self, outcome: ImportRun.Outcome, reason: str) -> None:
        self._write("outcome = %s, reason = %s, ended_at = now()", [outcome.value, reason])

    def _write(self, columns: str, values: list[Any]) -> None:
        with self.beside.cursor() as cursor:
            table = ImportRun._meta.db_table
            cursor.execute(f"UPDATE {table} SET {columns} WHERE id = %s", [*values, self.run.pk])  # noqa: S608
