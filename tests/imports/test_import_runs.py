"""An import in a process of its own: it says how far it is, and whatever kills it leaves nothing."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.curation.imports import pages as import_pages
from models_catalog.curation.imports import preview
from models_catalog.intake.tables.apply import apply_import, plan_of
from models_catalog.intake.tables.plan import fingerprint
from models_catalog.intake.tables.runs import Standing, carry_out, latest_run, standing, start_run
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import Claim, Entry, ImportBatch, ImportRun
from tests.checksums import checksums
from tests.factories import make_developer, make_entry
from tests.imports.test_import import batch_of

What, Outcome = ImportRun.What, ImportRun.Outcome
PATIENCE = 60
GATE = 4_711
"""An advisory lock at which a test lets a run wait."""


def table_of(rows: int) -> str:
    return "公司,大模型,参数\n" + "".join(f"度小满,轩辕{n},{n}亿\n" for n in range(1, rows + 1))


def run_of(batch: ImportBatch, what: str = What.APPLY) -> ImportRun:
    expected = fingerprint(plan_of(batch)) if what == What.APPLY else ""
    return ImportRun.objects.create(batch=batch, what=what, started_by="curator", expected=expected)


def content() -> list[tuple[Any, ...]]:
    """What an import makes, without the numbers of rows."""
    claims = Claim.objects.order_by("entry__slug", "key").values_list(
        "entry__slug", "key", "status", "text", "number", "developer__slug", "line", "start", "quotation"
    )
    entries = Entry.objects.order_by("slug").values_list("slug", "name_zh", "parameters", "developers__slug")
    return [*claims, *entries]


def wait_until(happened: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() - begun < PATIENCE, "it did not happen"
        time.sleep(0.02)  # leave the processor to those who are waited for


def url_of_test_database() -> str:
    found: dict[str, Any] = connection.get_connection_params()
    user = f"{found.get('user', '')}:{found.get('password') or ''}".strip(":")
    host = str(found.get("host") or "").replace("/", "%2F")
    return f"postgresql://{user}@{host}:{found.get('port') or 5432}/{found['dbname']}"


@contextmanager
def process_of(run: ImportRun, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    monkeypatch.setenv("TEST_DATABASE_URL", url_of_test_database())
    process = subprocess.Popen([sys.executable, settings.BASE_DIR / "manage.py", "run_import", str(run.pk)])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def gate_at(percent: int) -> Iterator[psycopg.Connection[Any]]:
    """Let the run wait as it says that it has come so far, until the block ends; by a trigger, so that nothing sleeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NEW.done * 100 >= {percent} * NEW.total AND NEW.total > 0 THEN PERFORM pg_advisory_xact_lock({GATE}); END IF;"
            " RETURN NEW; END $$;"
            "CREATE TRIGGER gate BEFORE UPDATE ON models_catalog_importrun FOR EACH ROW EXECUTE FUNCTION gate()"
        )
    with psycopg.connect(url_of_test_database(), autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [GATE])
        try:
            yield keeper
        finally:
            keeper.execute("SELECT pg_advisory_unlock(%s)", [GATE])
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER gate ON models_catalog_importrun; DROP FUNCTION gate")


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = %s", [GATE]
        )
        return cursor.fetchone() is not None


def is_gone(run: ImportRun) -> bool:
    """Whether the server noticed that the process is no more: nothing holds the lock of imports."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("percent", [10, 50, 90])
def test_a_killed_import_leaves_nothing_and_can_be_run_again(
    percent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, untouched = checksums(), batch_of(table_of(100))
    carry_out(run_of(untouched))
    wanted = content()
    undo_import(batch=untouched, by="curator")
    run = run_of(batch_of(table_of(100)))
    with process_of(run, monkeypatch) as process:
        with gate_at(percent):
            wait_until(is_waiting)
            process.kill()
            process.wait()
        wait_until(lambda: is_gone(run))
    run.refresh_from_db()
    assert (checksums(), run.batch.state) == (before, ImportBatch.State.UPLOADED)
    assert (run.ended_at, standing(run), run.percent // 10) == (None, Standing.INTERRUPTED, percent // 10)
    with process_of(run_of(run.batch), monkeypatch) as again:
        assert again.wait(PATIENCE) == 0
    assert content() == wanted
    print(f"seen: killed at {percent} %: checksums as before; run again: {len(wanted)} rows as undisturbed")  # noqa: T201  # for `make faults`


@pytest.mark.django_db(transaction=True)
def test_a_run_is_seen_from_outside_while_it_works(
    monkeypatch: pytest.MonkeyPatch, admin_client: Client
) -> None:
    run = run_of(batch_of(table_of(100)))
    address = reverse("admin:models_catalog_importbatch_change", args=[run.batch_id])
    with process_of(run, monkeypatch) as process:
        with gate_at(50):
            wait_until(is_waiting)
            page = admin_client.get(address)
            shown, seen = page.content.decode(), page.context["run"]
            with pytest.raises(NotAllowed):
                start_run(batch=run.batch, what=What.APPLY, by="other")
            refused = carry_out(run_of(batch_of("公司,大模型\n度小满,轩辕\n")))
            assert not Entry.objects.exists()
        assert process.wait(PATIENCE) == 0
    assert (30 <= seen.percent < 50, 'role="status"' in shown, f"{seen.percent} %" in shown) == (True,) * 3
    assert refused.outcome == Outcome.REFUSED
    print("seen: of two imports at once one is told, and the other ends")  # noqa: T201  # for `make faults`
    run.refresh_from_db()
    assert (run.outcome, run.percent, Entry.objects.count()) == (Outcome.DONE, 100, 100)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_finds_another_registry_says_so() -> None:
    run = run_of(batch_of(table_of(1)))
    make_entry("轩辕1", developers=[make_developer("度小满")])
    assert carry_out(run).outcome == Outcome.CHANGED


@pytest.mark.django_db(transaction=True)
def test_a_run_takes_back_what_another_made() -> None:
    before, batch = checksums(), batch_of(table_of(30))
    assert carry_out(run_of(batch)).outcome == Outcome.DONE
    batch.refresh_from_db()
    assert carry_out(run_of(batch, What.UNDO)).outcome == Outcome.DONE
    assert checksums() == before


@pytest.mark.django_db(transaction=True)
def test_a_run_is_carried_out_once() -> None:
    run = carry_out(run_of(batch_of(table_of(1))))
    with pytest.raises(NotAllowed):
        carry_out(run)


@pytest.mark.django_db
def test_progress_only_grows() -> None:
    batch = batch_of(table_of(60))
    heard: list[tuple[int, int]] = []
    apply_import(
        batch=batch, expected=fingerprint(plan_of(batch)), by="curator",
        heard=lambda stage, done, total: heard.append((done, total)),
    )  # fmt: skip
    assert heard == sorted(heard)
    assert heard[-1] == (180, 180)


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_applied_by_a_process(monkeypatch: pytest.MonkeyPatch, admin_client: Client) -> None:
    monkeypatch.setattr(import_pages, "ROWS_AT_ONCE", 1)
    monkeypatch.setenv("TEST_DATABASE_URL", url_of_test_database())
    batch = batch_of(table_of(2))
    address = reverse("admin:models_catalog_importbatch_apply", args=[batch.pk])
    response = admin_client.post(address, {"fingerprint": fingerprint(plan_of(batch))})
    run = latest_run(batch)
    assert run is not None
    assert "data-import-progress" in admin_client.get(response["Location"]).content.decode()
    wait_until(lambda: ImportRun.objects.exclude(ended_at=None).exists())
    wait_until(lambda: is_gone(run))
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == (ImportBatch.State.APPLIED, "admin")


@pytest.mark.django_db
def test_an_interrupted_run_is_told(admin_client: Client) -> None:
    run = run_of(batch_of(table_of(1)))
    ImportRun.objects.update(done=1, total=3)
    address = reverse("admin:models_catalog_importbatch_change", args=[run.batch_id])
    with translation.override("en"):
        assert "interrupted" in str(preview.told_of(run, run.batch))
    assert admin_client.get(address).context["told"]
