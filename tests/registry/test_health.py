"""The two questions of a supervisor."""

import os

import pytest
from django.db import connection
from django.test import Client

from registry.health import TOO_OLD

OLDER_BY_ONE = "The database is older than the code: 1 migrations are not applied."


def test_healthz_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_answers_when_migrated(client: Client) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_refuses_writes(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('models_catalog', '9999_of_next_year', now())",
            "The database is newer than the code: it has 1 migrations more.",
        ),
        ("DELETE FROM django_migrations WHERE app = 'sessions'", OLDER_BY_ONE),
        ("DELETE FROM django_migrations WHERE name = '0053_manufacturing'", TOO_OLD),
    ],
)
def test_readyz_says_whether_database_or_code_is_older(client: Client, statement: str, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["reason"]) == (503, reason)


@pytest.mark.django_db
def test_readyz_tells_a_database_without_rights_from_one_out_of_reach(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE newcomer_{os.getpid()}; SET LOCAL ROLE newcomer_{os.getpid()}")
    reason = client.get("/readyz").json()["reason"]
    assert reason == "The database is older than the code: the role that serves has no rights in it."
