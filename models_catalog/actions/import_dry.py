"""What importing a file would do, also after another was imported: worked out in a transaction that leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from models_catalog.actions.import_told import plan_told
from models_catalog.actions.imports import apply_import, plan_of
from models_catalog.ingest.table_columns import NEEDED
from models_catalog.ingest.table_plan import NEW, fingerprint
from models_catalog.ingest.table_rows import Unreadable
from models_catalog.ingest.table_rows import gettext_noop as _
from models_catalog.ingest.table_upload import Told, batch_from
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Status

BY = "plan_import"


def planned(name: str, content: bytes, told: Told) -> dict[str, Any]:
    """The plan of the file as plain data. Raises `Unreadable`."""
    batch = batch_from(name, content, told)
    if missing := {*NEEDED[Contents(batch.contents)]} - {*batch.mapping.values()}:
        columns = ", ".join(sorted(str(column.label) for column in missing))
        raise Unreadable(_("no heading says which column holds this: %(columns)s"), columns=columns)
    return plan_told(batch, plan_of(batch))


@contextmanager
def imported(name: str, content: bytes, told: Told) -> Iterator[None]:
    """The registry as if the file had been imported and all of it accepted, every open row as a model of its own."""
    with transaction.atomic():
        batch = batch_from(name, content, told)
        batch.options["status"], batch.uploaded_by = Status.ACCEPTED.value, BY
        batch.decisions = {str(row.line): NEW for row in plan_of(batch) if row.is_open}
        batch.save()
        apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by=BY)
        yield
        transaction.set_rollback(True)
