"""PgBouncer in transaction mode: every page and file is as without it, and a site whose limits it swallows is not started."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from models_catalog.models.vocabulary import Field
from tests.elsewhere import all_at_once, elsewhere
from tests.factories import make_claim, make_developer, make_entry
from tests.needs import PGBOUNCER
from tests.registry.pooled import LIMITS, connected_by, pgbouncer

pytestmark = [pytest.mark.server, PGBOUNCER.mark, pytest.mark.django_db(transaction=True)]
CLIENTS, ROUNDS = 6, 2
ASKED = [
    "/models/", "/en/models/?q=model", "/api/v1/models/", "/models.csv", "/models.xlsx",
    "/claims.json", "/feeds/changes.atom", "/feeds/changes.json", f"/models/?as_of={timezone.localdate()}", "/readyz",
]  # fmt: skip


def answers() -> list[tuple[str, int]]:
    """Status of each address, asked by one client."""
    client = Client()
    return [(path, _status(client, path)) for path in ASKED * ROUNDS]


def _status(client: Client, path: str) -> int:
    answer = client.get(path)
    _ = answer.getvalue()  # a file that breaks off raises
    return answer.status_code


@pytest.fixture
def _rows() -> None:
    developer = make_developer("智谱")
    for number in range(30):
        entry = make_entry(f"模型{number}", name_en=f"Model {number}")
        make_claim(entry, Field.DEVELOPER, developer=developer)


@pytest.mark.usefixtures("_rows")
def test_clients_at_once_are_answered_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = elsewhere(answers)
    with pgbouncer() as url, connected_by(LIMITS.pooled(url), monkeypatch):
        found = all_at_once(*[answers] * CLIENTS)
    assert {one for one in expected if one[1] != 200} == set()
    assert found == [expected] * CLIENTS


def why_unfit(entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> str:
    with connected_by(entry, monkeypatch):
        return elsewhere(LIMITS.why_unfit)


@pytest.fixture
def _bounded_role() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        of = 'ALTER ROLE "{}" IN DATABASE "{}"'.format(*cursor.fetchone())
        cursor.execute(f"{of} SET statement_timeout = '3000'; {of} SET lock_timeout = 2000")
        yield
        cursor.execute(f"{of} RESET ALL")


def test_a_role_without_limits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pgbouncer() as url:
        assert "SET statement_timeout = '3000';" in why_unfit(LIMITS.pooled(url), monkeypatch)


@pytest.mark.usefixtures("_bounded_role")
def test_a_role_with_limits_is_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pgbouncer() as url:
        assert why_unfit(LIMITS.pooled(url), monkeypatch) == ""


@pytest.mark.usefixtures("_bounded_role")
def test_a_pooler_that_nobody_named_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pgbouncer(ignored="options") as url:
        assert "DATABASE_POOLER_URL" in why_unfit(LIMITS.database(url), monkeypatch)


def test_a_database_that_is_asked_itself_is_fit(client: Client) -> None:
    assert (LIMITS.why_unfit(), client.get("/readyz").status_code) == ("", 200)


@pytest.mark.parametrize("file", ["registry/commands.py", "registry/serve.py"])
def test_commands_go_past_it(file: str) -> None:
    assert 'os.environ["DATABASE_POOLER_URL"] = ""' in Path(settings.BASE_DIR, file).read_text("utf-8")
