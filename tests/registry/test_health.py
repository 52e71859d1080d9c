"""The two questions of a supervisor."""

import pytest
from django.test import Client


def test_healthz_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_answers_when_migrated(client: Client) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_refuses_writes(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
