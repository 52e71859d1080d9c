"""Apply a table import in one transaction: all rows or none. It locks its entries; one import runs at a time."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from models_catalog.claims.judge import NotAllowed, column_of
from models_catalog.claims.links import make_developers
from models_catalog.claims.propose import number_claims
from models_catalog.claims.recording import recorded
from models_catalog.claims.settle import settle
from models_catalog.history.versions import are_stale, ledgers_seen
from models_catalog.intake.articles.propose import next_position
from models_catalog.intake.tables.claims import ClaimPlanner
from models_catalog.intake.tables.mending import count_rows
from models_catalog.intake.tables.models import ModelPlanner
from models_catalog.intake.tables.plan import (
    Fate,
    PlannedRow,
    Report,
    chunks,
    fingerprint,
    told,
    unheard,
    words_of,
)
from models_catalog.intake.tables.preview import foretell
from models_catalog.intake.tables.rows import SourceTable
from models_catalog.intake.tables.steering import Steering
from models_catalog.intake.tables.upload import table_of
from models_catalog.models import Claim, ClaimEvent, Developer, Entry, ImportBatch, ImportRun, Source
from models_catalog.models.import_batch import Contents
from models_catalog.models.ranges import date_range
from models_catalog.models.source import IMPORTED
from models_catalog.models.vocabulary import SINGLE_VALUED, Status
from models_catalog.text.dates import Days
from models_catalog.text.names import fold

log = logging.getLogger(__name__)

_TAKEN = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation)
"""Database errors that mean somebody took a name or deleted a row after the rows were planned."""

_ONE_AT_A_TIME = 7_310_227
"""Key of the advisory lock held while an import is applied, accepted or undone: one at a time."""


Stage = ImportRun.Stage
Heard = Callable[[ImportRun.Stage, int, int], None]
"""Progress callback: stage, units done, units in total (over all stages)."""


class PlanChanged(Exception):
    """The registry or the decisions about the file changed since the preview, which must be checked again."""


def unheard_stages(stage: Stage, done: int, total: int) -> None:
    """Progress callback that does nothing."""


@dataclass(frozen=True)
class Written:
    """The rows that an import created."""

    source: Source | None
    developers: dict[str, Developer]
    entries: dict[str, Entry]
    """By slug."""
    claims: list[Claim]


def apply_import(*, batch: ImportBatch, expected: str, by: str, heard: Heard = unheard_stages) -> ImportBatch:
    """Write what the preview with the fingerprint `expected` showed: all rows or none.

    Raises `NotAllowed` if it is applied already or the database refuses a value, `PlanChanged` if the outcome differs.
    """
    try:
        return _applied(batch, expected, by, heard)
    except IntegrityError as error:
        if isinstance(error.__cause__, psycopg.errors.CheckViolation):
            log.exception("An import planned what the database refuses.")
            rule = str(error.__cause__.diag.constraint_name)
            raise NotAllowed(
                _("The database refuses a value of this file (%(rule)s). Nothing was written.")
                % {"rule": rule}
            ) from error
        if not isinstance(error.__cause__, _TAKEN):
            raise
        log.warning("An import met what was written meanwhile: %s", str(error).split("\n")[0])
        raise PlanChanged from error


@transaction.atomic
def _applied(batch: ImportBatch, expected: str, by: str, heard: Heard) -> ImportBatch:
    batch = locked_batch(batch, ImportBatch.State.UPLOADED)
    table = table_of(batch)
    n = count_rows(batch, table)
    before = ledgers_seen()
    rows = _plan(batch, table, lambda done: heard(Stage.READING, done, 3 * n))
    if fingerprint(rows) != expected or are_stale({row.entry.pk for row in rows if row.entry}, before):
        raise PlanChanged
    if any(row.is_open for row in rows):
        raise NotAllowed(
            _("For each row in question, say whether it is the same model. Then apply the import.")
        )
    foretell(rows)
    others = _in_other_languages(batch, table)
    with recorded("import", who=by, file=batch.file_name, batch=batch.pk):
        written = _write(batch, rows, by, lambda share: heard(Stage.WRITING, n + int(n * share), 3 * n))
        settle_in_chunks(
            {claim.entry_id: claim.entry for claim in written.claims}.values(),
            lambda done, of: heard(Stage.SETTLING, 2 * n + n * done // of, 3 * n),
        )
        return _close(batch, rows, written, by, others)


def _in_other_languages(batch: ImportBatch, table: SourceTable) -> dict[str, list[dict[str, Any]]]:
    """Return the notes of each row in the other site languages, so that the result can later be read in any of them."""
    found = {}
    for language, _name in settings.LANGUAGES:
        if language != get_language():
            with override(language):
                rows = _plan(batch, table, unheard)
                foretell(rows)
                found[language] = [words_of(row) for row in rows]
    return found


def _write(batch: ImportBatch, rows: list[PlannedRow], by: str, say: Callable[[float], None]) -> Written:
    """Create the planned rows; `say` receives the share done, from 0 to 1."""
    written = Written(
        source=_make_source(batch) if batch.contents == Contents.MODELS else None,
        developers=_make_developers(rows),
        entries=_make_entries(rows),
        claims=[],
    )
    reviewer = by if batch.options["status"] == Status.ACCEPTED and written.source else ""
    planned = sum(len(row.claims) for row in rows)
    for chunk in chunks([row for row in rows if row.fate != Fate.REFUSED]):
        made = [claim for row in chunk for claim in _claims_of(row, written)]
        _decide(made, reviewer)
        written.claims.extend(Claim.objects.bulk_create(made))
        say(len(written.claims) / max(1, planned))
    return written


def _close(
    batch: ImportBatch,
    rows: list[PlannedRow],
    written: Written,
    by: str,
    others: dict[str, list[dict[str, Any]]],
) -> ImportBatch:
    """Store on the batch the result of each row, and the ids that undo has to remove."""
    batch.state, batch.source, batch.content = ImportBatch.State.APPLIED, written.source, b""
    batch.applied_by, batch.applied_at = by, timezone.now()
    batch.rows = [
        told(row, written.entries.get(row.slug))
        | {"in": {language: words[at] for language, words in others.items()}}
        for at, row in enumerate(rows)
    ]
    batch.counts = dict(Counter(row.fate.value for row in rows))
    batch.made = {
        "claims": [claim.pk for claim in written.claims],
        "entries": [entry.pk for entry in written.entries.values()],
        "developers": [developer.pk for developer in written.developers.values()],
        "version": ClaimEvent.objects.aggregate(latest=Max("pgh_id"))["latest"] or 0,
    }
    batch.save()
    return batch


def plan_of(batch: ImportBatch) -> list[PlannedRow]:
    """Return what applying `batch` would do now."""
    return _plan(batch, table_of(batch), unheard)


def _plan(batch: ImportBatch, table: SourceTable, report: Report) -> list[PlannedRow]:
    if batch.contents == Contents.CLAIMS:
        return ClaimPlanner(batch.mapping, batch.decisions).plan(table, report)
    is_sheet = batch.encoding.startswith("xlsx")
    planner = ModelPlanner(
        batch.mapping,
        batch.decisions,
        stated_date(batch),
        Steering.of(batch),
        is_sheet=is_sheet,
        sha256=_sha256(batch),
    )
    return planner.plan(table, report)


def _sha256(batch: ImportBatch) -> str:
    return hashlib.sha256(batch.text.encode()).hexdigest()


def stated_date(batch: ImportBatch) -> DateRange | None:
    """Return the day that the curator gave as the file's date; partial dates in the file are read relative to it."""
    words = batch.options.get("file_date", "")
    day = date.fromisoformat(words) if words else None
    return date_range(Days(day, day)) if day else None


def settle_in_chunks(entries: Iterable[Entry], say: Callable[[int, int], None]) -> None:
    """Settle the entries in chunks; `say` receives the number done and the total."""
    of, done = sorted(entries, key=lambda entry: entry.pk), 0
    for chunk in chunks(of):
        settle(chunk)
        done += len(chunk)
        say(done, len(of))


def locked_batch(batch: ImportBatch, state: ImportBatch.State) -> ImportBatch:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise NotAllowed(_("Another import is being applied: wait until it is done."))
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != state:
        raise NotAllowed(
            _("Somebody else was first: this import is %(state)s.") % {"state": batch.get_state_display()}
        )
    return batch


def _today() -> DateRange:
    return date_range(Days(timezone.localdate(), timezone.localdate()))


def _make_source(batch: ImportBatch) -> Source:
    name = batch.file_name[-60:]
    return Source.objects.create(
        slug=f"{IMPORTED}{batch.pk}",
        file_name=f"import-{batch.pk}-{name}",
        sha256=_sha256(batch),
        name_zh=name, name_en=name, publisher_zh="编辑导入", publisher_en="Imported by curators",
        published=stated_date(batch) or _today(), condition_zh="按文件原样导入", condition_en="As it stood in the file",
        position=next_position(),
    )  # fmt: skip


def _make_developers(rows: list[PlannedRow]) -> dict[str, Developer]:
    """Create the unknown developers that rows name; keyed by folded name."""
    named = (one for row in rows if row.fate != Fate.REFUSED for one in row.new_developers.items())
    return make_developers(named)


def _make_entries(rows: list[PlannedRow]) -> dict[str, Entry]:
    new = [Entry(slug=row.slug) for row in rows if row.slug and not row.joins]
    return {entry.slug: entry for entry in Entry.objects.bulk_create(new)}


def _claims_of(row: PlannedRow, written: Written) -> Iterator[Claim]:
    entry = row.entry or written.entries[row.slug]
    for planned in row.claims:
        value = dict(planned.value)
        if name := value.pop("new_developer", ""):
            value["developer"] = written.developers[fold(name)]
        yield Claim(entry=entry, field=planned.field, **planned.columns(written.source), **value)


def _decide(claims: list[Claim], reviewer: str) -> None:
    """Number the claims and accept them as `reviewer`; a claim that contradicts a preferred one stays proposed."""
    number_claims(claims)
    if not reviewer:
        return
    now = timezone.now()
    existing = Claim.objects.filter(entry__in={claim.entry_id for claim in claims}, preferred=True)
    filled = {(claim.entry_id, column_of(claim)): claim for claim in existing}
    for claim in claims:
        column = column_of(claim)
        filling = filled.get((claim.entry_id, column)) if column else None
        if claim.field in SINGLE_VALUED and filling and not _agree(claim, filling):
            continue
        claim.status, claim.preferred = Status.ACCEPTED, column is not None and filling is None
        claim.reviewed_by, claim.reviewed_at = reviewer, now
        if claim.preferred:
            filled[claim.entry_id, column] = claim


def _agree(claim: Claim, other: Claim) -> bool:
    """Return whether two claims of one column give the same value."""
    columns = ("answer", "token", "number", "parent_id")
    return all(getattr(claim, column) == getattr(other, column) for column in columns)
