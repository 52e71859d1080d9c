"""An import while a curator works on a row of it: one of them is told, and neither loses what the other wrote."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import NumericRange

from models_catalog.claims.merge import merge_entries
from models_catalog.claims.propose import propose_claim
from models_catalog.claims.recording import delete_rows
from models_catalog.history.versions import ChangedMeanwhile, version_of_claims
from models_catalog.intake.tables import apply as imports
from models_catalog.intake.tables import undo as import_undo
from models_catalog.intake.tables.apply import PlanChanged
from models_catalog.intake.tables.undo import since_applied, undo_import
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Field, Status
from tests.decisions import accept_claim
from tests.elsewhere import elsewhere
from tests.factories import make_entry, make_sector, make_source, propose, unsaved_claim
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db(transaction=True)
BILLION = NumericRange(10**9, 10**9 + 1)
ROW = "公司,大模型,参数\n百度,文心一言,2600亿\n"


@pytest.fixture
def entry() -> Entry:
    return make_entry("文心一言", developers=["百度"])


def between(monkeypatch: pytest.MonkeyPatch, step: str, act: Callable[[], Any]) -> list[Any]:
    """Let somebody act elsewhere right after this step of the next import; what came of it."""
    usual = getattr(imports, step)
    done: list[Any] = []

    def and_then(*given: Any) -> Any:
        made = usual(*given)
        if connection.in_atomic_block and not done:  # it is applied, and not only planned
            done.append(elsewhere(act))
        return made

    monkeypatch.setattr(imports, step, and_then)
    return done


def proposal(entry: Entry) -> Claim:
    return propose_claim(claim=unsaved_claim(entry, Field.PARAMETERS, number=BILLION), proposer="else")


def accepted(entry: Entry) -> Claim:
    return accept_claim(claim=propose(entry, Field.PARAMETERS, number=BILLION), reviewer="else")


def merged(entry: Entry) -> Any:
    return merge_entries(kept=Entry.objects.get(slug="yiyan"), merged=entry, by="else")


def deleted(entry: Entry) -> Any:
    return delete_rows(rows=Entry.objects.filter(pk=entry.pk), by="else")


@pytest.mark.parametrize("act", [proposal, accepted, merged, deleted])
def test_what_was_written_since_the_rows_were_planned_stops_the_import(
    entry: Entry, monkeypatch: pytest.MonkeyPatch, act: Callable[[Entry], Any]
) -> None:
    make_source("another"), make_entry("一言", slug="yiyan")
    done = between(monkeypatch, "_plan", lambda: act(entry))
    with pytest.raises(PlanChanged):
        apply(batch_of(ROW))
    assert (len(done), Claim.objects.filter(source__slug__startswith="import-").count()) == (1, 0)


def test_others_at_work_elsewhere_do_not_stop_it(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_entry("盘古")
    between(monkeypatch, "_plan", lambda: proposal(other))
    apply(batch_of(ROW))
    assert entry.claims.filter(field=Field.PARAMETERS, status=Status.ACCEPTED).count() == 1


def test_a_name_that_was_taken_meanwhile_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, "_plan", lambda: make_entry("轩辕", slug="xuanyuan"))
    with pytest.raises(PlanChanged):
        apply(batch_of("公司,大模型\n度小满,轩辕\n"))
    assert Entry.objects.count() == 1


def test_whoever_saves_while_it_writes_is_told_what_it_wrote(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, seen = propose(entry, Field.PARAMETERS, number=BILLION), version_of_claims(entry)

    def save() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 100")
        try:
            return accept_claim(claim=claim, reviewer="else", version=seen)
        except Exception as error:
            return error

    done = between(monkeypatch, "_make_source", save)
    apply(batch_of(ROW))
    assert "lock timeout" in str(done[0])
    with pytest.raises(ChangedMeanwhile):
        accept_claim(claim=claim, reviewer="else", version=seen)


def test_undoing_takes_nothing_that_was_decided_while_it_looked(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sector("金融")
    batch = apply(batch_of(ROW, status=Status.PROPOSED))
    claim = entry.claims.get(field=Field.PARAMETERS)
    usual = since_applied

    def looked(batch: Any) -> Any:
        since = usual(batch)
        with pytest.raises(Exception, match="lock timeout"):
            elsewhere(hurried)
        return since

    def hurried() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 100")
        accept_claim(claim=claim, reviewer="else")

    monkeypatch.setattr(import_undo, "since_applied", looked)
    undo_import(batch=batch, by="curator")
    assert not Claim.objects.filter(pk=claim.pk).exists()
