"""Bulk acceptance of the claims that an import proposed, and its undo."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.claims.decide import decide
from models_catalog.claims.judge import Column, column_of
from models_catalog.claims.merge import decided_after
from models_catalog.claims.recording import recorded
from models_catalog.claims.settle import settle
from models_catalog.history.versions import ledgers_seen, lock_entries
from models_catalog.intake.tables.apply import (
    Heard,
    PlanChanged,
    locked_batch,
    settle_in_chunks,
    unheard_stages,
)
from models_catalog.intake.tables.plan import Fate
from models_catalog.models import Claim, ClaimEvent, Entry, ImportBatch, ImportRun
from models_catalog.models.vocabulary import SINGLE_VALUED, WITHOUT_CATEGORY, Field, NameKind, Status, Verdict

Stage = ImportRun.Stage


class Scope(TextChoices):
    """Which claims of an import are decided on together."""

    CLEAR = "clear", _("those of models about which nothing is noted, and that contradict nothing")
    ALL = "all", _("all to be reviewed")
    ACCEPTED = "accepted", _("those that were accepted together")


class Concern(TextChoices):
    """A reason to look at an imported claim before accepting it."""

    NONE = "none", _("Nothing noted")
    LEFT_OUT = "left-out", _("Something of the row was left out, or is doubtful")
    NEAR_DEVELOPER = "near-developer", _("New developer near another")
    ASKED = "asked", _("The row was asked about")
    CONFLICT = "conflict", _("Contradicts a value that is held")

    def condition(self, batch: ImportBatch) -> Q:
        """Return the filter for the claims of `batch` that this concern applies to."""
        if self == Concern.NONE:
            noted = Concern.LEFT_OUT.models(batch) | Concern.NEAR_DEVELOPER.models(batch)
            return ~Q(entry__in=noted) & ~Q(contradicts())
        return Q(contradicts()) if self == Concern.CONFLICT else Q(entry__in=self.models(batch))

    def models(self, batch: ImportBatch) -> set[int]:
        """Return the ids of the entries whose rows have this concern."""
        noted: dict[Concern, Callable[[dict[str, Any]], Any]] = {
            Concern.LEFT_OUT: lambda row: row["notes"] or row.get("doubts"),
            Concern.NEAR_DEVELOPER: lambda row: row.get("near_developers"),
            Concern.ASKED: lambda row: str(row["line"]) in batch.decisions,
        }
        told = (row for row in batch.rows if row["fate"] != Fate.REFUSED and noted[self](row))
        return {row["entry"] for row in told if row["entry"]}


def contradicts() -> Exists:
    """Return the condition that a preferred claim already gives the same column another value."""
    filling = Claim.objects.filter(entry=OuterRef("entry"), field=OuterRef("field"), preferred=True)
    same = Q(answer=OuterRef("answer"), token=OuterRef("token"))
    same &= Q(number=OuterRef("number")) | Q(number=None)
    same &= Q(parent=OuterRef("parent")) | Q(parent=None)
    another = Q(field__in=SINGLE_VALUED) & ~same
    release = Q(field=Field.EVENT, event=OuterRef("event")) & ~(Q(days=OuterRef("days")) | Q(days=None))
    return Exists(filling.filter(another | release))


def waiting_claims(batch: ImportBatch) -> QuerySet[Claim]:
    """Return the proposed claims of an import."""
    return Claim.objects.proposed().filter(pk__in=batch.made.get("claims", []))


def chosen_claims(batch: ImportBatch, scope: Scope) -> QuerySet[Claim]:
    """Return the claims of an applied import that a decision with this scope covers."""
    if scope == Scope.ACCEPTED:
        accepted = batch.made.get("accepted", {"claims": [], "version": 0})
        since = decided_after(accepted["version"]).filter(pgh_obj_id__in=accepted["claims"])
        own = Claim.objects.filter(pk__in=accepted["claims"], status=Status.ACCEPTED)
        return own.exclude(pk__in=since.values("pgh_obj_id"))
    # Applications have no category: a person must reject such a claim or correct the entry's kind.
    waiting = waiting_claims(batch).exclude(
        Q(field=Field.CATEGORY, entry__kind__in=WITHOUT_CATEGORY) & ~Q(token="")
    )
    return waiting.filter(Concern.NONE.condition(batch)) if scope == Scope.CLEAR else waiting


@dataclass(frozen=True)
class Outlook:
    """A preview of a bulk decision: the claims and their effects, counted."""

    claims: list[Claim]
    """Ordered by entry."""
    listed: int
    """Number of entries that become visible to readers, or stop being visible."""
    fields: list[tuple[Field, int, int, int]]
    """Per field: new values, further sources of a value, and values shown next to another that stays preferred."""
    version: str
    """Scope and hash of the claims and their entries' change history; it changes whenever the preview does."""

    @property
    def entries(self) -> list[int]:
        return list(dict.fromkeys(claim.entry_id for claim in self.claims))


def outlook(batch: ImportBatch, scope: Scope) -> Outlook:
    """Return what deciding on `scope` would do now. The number of queries does not depend on the import's size."""
    claims = list(chosen_claims(batch, scope).order_by("entry", "field", "position", "pk"))
    entries = {claim.entry_id for claim in claims}
    named = {claim.entry_id for claim in claims if claim.field == Field.NAME and claim.token == NameKind.ZH}
    is_listed = scope == Scope.ACCEPTED
    listed = Entry.objects.filter(pk__in=named, is_listed=is_listed, merged_into=None).count()
    seen = sorted(ledgers_seen(entries).items())
    told = repr([[claim.pk for claim in claims], seen])
    version = f"{scope.value}-{hashlib.sha256(told.encode()).hexdigest()[:22]}"
    return Outlook(claims, listed, _by_field(claims, entries), version)


_SAID = (
    "field",
    "answer",
    "token",
    "text",
    "number",
    "days",
    "event",
    "parent_id",
    "developer_id",
    "sector_id",
)
"""The columns that hold the value of a claim."""


def _by_field(claims: Sequence[Claim], entries: set[int]) -> list[tuple[Field, int, int, int]]:
    """Count each field's claims: new values, values that readers already see, and values next to another that stays."""
    own = {claim.pk for claim in claims}
    standing = Claim.objects.accepted().filter(entry__in=entries).exclude(pk__in=own)
    filled: set[tuple[int, Column]] = set()
    said: set[tuple[Any, ...]] = set()
    counts: Counter[tuple[str, int]] = Counter()
    for claim in (*standing, *claims):
        column, says = column_of(claim), (claim.entry_id, *(getattr(claim, name) for name in _SAID))
        place = 1 if says in said else 2 if column and (claim.entry_id, column) in filled else 0
        counts[claim.field, place] += claim.pk in own
        said.add(says)
        if column and (claim.preferred or claim.pk in own):
            filled.add((claim.entry_id, column))
    told = [(of, counts[of.value, 0], counts[of.value, 1], counts[of.value, 2]) for of in Field]
    return [one for one in told if any(one[1:])]


@transaction.atomic
def decide_on_import(*, batch: ImportBatch, by: str, seen: str, heard: Heard = unheard_stages) -> list[Claim]:
    """Accept the claims of the previewed `outlook` with version `seen`, or reopen those accepted before.

    Raises `PlanChanged` if the outcome would now differ, and `NotAllowed` if the import is not applied.
    """
    batch = locked_batch(batch, ImportBatch.State.APPLIED)
    lock_entries(Q(pk__in=Claim.objects.filter(pk__in=batch.made.get("claims", [])).values("entry")))
    scope = Scope(seen.partition("-")[0])
    now = outlook(batch, scope)
    if now.version != seen or not now.claims:
        raise PlanChanged
    n = len(now.entries)
    heard(Stage.WRITING, 1, 2 * n)
    verdict = Verdict.REOPEN if scope == Scope.ACCEPTED else Verdict.ACCEPT
    ids = {claim.pk for claim in now.claims}

    def settled(entries: list[Entry]) -> None:
        if heard is unheard_stages:
            settle(entries)
        else:
            settle_in_chunks(entries, lambda some, of: heard(Stage.SETTLING, n + n * some // of, 2 * n))

    with recorded(verdict.value, who=by, file=batch.file_name, batch=batch.pk):
        done = decide(claims=ids, verdict=verdict, by=by, settled=settled)
    batch.made = {name: value for name, value in batch.made.items() if name != "accepted"}
    if verdict == Verdict.ACCEPT:
        version = ClaimEvent.objects.aggregate(latest=Max("pgh_id"))["latest"]
        batch.made["accepted"] = {"claims": [claim.pk for claim in done], "version": version}
    batch.save(update_fields=["made"])
    return done
