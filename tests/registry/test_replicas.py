"""Who reads from a replica, and who does not."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from models_catalog.models import Entry
from registry import replicas
from registry.replicas import ReplicaMiddleware, ReplicaRouter


@pytest.fixture(autouse=True)
def _one_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicas, "connections", ["default", "replica1"])


def alias(request: HttpRequest, model: type[Model]) -> str | None:
    found: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(ReplicaRouter().db_for_read(model))
        return HttpResponse()

    ReplicaMiddleware(view)(request)
    return found[0]


@pytest.mark.parametrize(
    ("method", "path", "model", "expected"),
    [
        ("GET", "/models/", Entry, "replica1"),
        ("HEAD", "/models.csv", Entry, "replica1"),
        ("POST", "/models/", Entry, None),
        ("GET", "/admin/models_catalog/entry/", Entry, None),
        ("GET", "/models/", User, None),
        ("GET", "/models/", Session, None),
    ],
)
def test_only_public_reads_of_the_catalog_may_lag(
    rf: RequestFactory, method: str, path: str, model: type[Model], expected: str | None
) -> None:
    assert alias(rf.generic(method, path), model) == expected


def test_commands_read_what_is_written() -> None:
    assert ReplicaRouter().db_for_read(Entry) is None


def test_without_replicas_everything_is_the_default(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "connections", ["default"])
    assert alias(rf.get("/models/"), Entry) is None


@pytest.mark.parametrize(("db", "expected"), [("default", True), ("replica1", False)])
def test_only_the_default_is_migrated(db: str, expected: bool) -> None:
    assert ReplicaRouter().allow_migrate(db, "models_catalog") is expected
