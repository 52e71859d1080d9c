"""Who reads from a replica, of which moment, and who does not. A second connection to the same database plays the replica."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from models_catalog.history.replicas import SEEN, ReplicaMiddleware, ReplicaRouter
from models_catalog.history.version import version
from models_catalog.models import Entry, Sector
from tests.factories import make_sector

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FAR = f"{'0' * 32}.{10**17}"
"""The cookie of a reader who has read further than any replica has come."""


@pytest.fixture(scope="module", autouse=True)
def _replica(django_db_setup: None) -> Iterator[None]:
    connections.settings["replica1"] = deepcopy(connections["default"].settings_dict)
    yield
    del connections["replica1"], connections.settings["replica1"]


def answered(request: HttpRequest, view: Callable[[], Any] = lambda: None) -> tuple[HttpResponse, Any]:
    """What the middleware makes of the answer to a request, and what the view found."""
    found: list[Any] = []

    def answer(request: HttpRequest) -> HttpResponse:
        found.append(view())
        return HttpResponse()

    response = ReplicaMiddleware(answer)(request)
    assert isinstance(response, HttpResponse)
    return response, found[0]


def alias(request: HttpRequest, model: type[Model]) -> str | None:
    found: str | None = answered(request, lambda: ReplicaRouter().db_for_read(model))[1]
    return found


@pytest.mark.parametrize(
    ("method", "path", "model", "expected"),
    [
        ("GET", "/models/", Entry, "replica1"),
        ("HEAD", "/models.csv", Entry, "replica1"),
        ("POST", "/models/", Entry, None),
        ("GET", "/admin/models_catalog/entry/", Entry, None),
        ("GET", "/healthz", Entry, None),
        ("GET", "/models/", User, None),
        ("GET", "/models/", Session, None),
    ],
)
def test_only_public_reads_of_the_catalog_may_lag(
    rf: RequestFactory, method: str, path: str, model: type[Model], expected: str | None
) -> None:
    assert alias(rf.generic(method, path), model) == expected


def test_a_request_sees_one_moment_under_one_name(rf: RequestFactory) -> None:
    make_sector("金融")

    def change_between() -> tuple[Any, ...]:
        before, name = list(Sector.objects.values_list("name_zh", flat=True)), version().name
        Sector.objects.using("default").update(name_zh="改")
        return before == list(Sector.objects.values_list("name_zh", flat=True)), name == version().name

    assert answered(rf.get("/models/"), change_between)[1] == (True, True)


def test_a_replica_that_lags_behind_what_the_reader_saw_is_passed_over(rf: RequestFactory) -> None:
    request = rf.get("/models/")
    request.COOKIES[SEEN] = FAR
    assert alias(request, Entry) == "default"


def test_a_replica_that_does_not_answer_is_passed_over(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connections["replica1"].settings_dict, "PORT", "1")
    connections["replica1"].close()
    assert alias(rf.get("/models/"), Entry) == "default"


def test_the_primary_too_is_read_of_one_moment(rf: RequestFactory) -> None:
    request = rf.get("/models/")
    request.COOKIES[SEEN] = FAR
    make_sector("金融")

    def change_between() -> list[str]:
        list(Sector.objects.all())
        Sector.objects.using("replica1").update(name_zh="改")
        return list(Sector.objects.values_list("name_zh", flat=True))

    assert answered(request, change_between)[1] == ["金融"]


def test_a_reader_of_a_young_state_is_told_it_once(rf: RequestFactory) -> None:
    make_sector("金融")
    request = rf.get("/models/")
    told = answered(request)[0].cookies[SEEN]
    request.COOKIES[SEEN] = told.value
    assert (bool(told["httponly"]), SEEN in answered(request)[0].cookies) == (True, False)


@pytest.mark.parametrize("words", ["", "x", "0.0", f"{'0' * 32}.{'9' * 19}", f"{'0' * 32}.-1"])
def test_a_cookie_that_is_not_ours_is_as_none(rf: RequestFactory, words: str) -> None:
    request = rf.get("/models/")
    request.COOKIES[SEEN] = words
    assert alias(request, Entry) == "replica1"


def test_commands_read_what_is_written() -> None:
    assert ReplicaRouter().db_for_read(Entry) is None


@pytest.mark.parametrize(("db", "expected"), [("default", True), ("replica1", False)])
def test_only_the_default_is_migrated(db: str, expected: bool) -> None:
    assert ReplicaRouter().allow_migrate(db, "models_catalog") is expected


@pytest.mark.parametrize(("told", "expected"), [("", "public, no-cache"), (FAR, "private, no-cache")])
def test_no_proxy_keeps_another_state_than_the_reader_names(
    rf: RequestFactory, told: str, expected: str
) -> None:
    request = rf.get("/models/")
    request.COOKIES[SEEN] = told
    response = ReplicaMiddleware(
        lambda _request: HttpResponse(headers={"Cache-Control": "public, no-cache"})
    )(request)
    assert response.headers["Cache-Control"] == expected


def test_the_state_that_a_reader_names_may_be_kept(rf: RequestFactory) -> None:
    make_sector("金融")
    request = rf.get("/models/")
    request.COOKIES[SEEN] = answered(request)[0].cookies[SEEN].value
    response = ReplicaMiddleware(
        lambda _request: HttpResponse(headers={"Cache-Control": "public, no-cache"})
    )(request)
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_a_replica_that_is_lost_while_it_is_read_is_replaced_by_another(rf: RequestFactory) -> None:
    read: list[str | None] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        read.append(ReplicaRouter().db_for_read(Entry))
        if read == ["replica1"]:
            connections["replica1"].connection.close()
            connections["replica1"].settings_dict["PORT"] = "1"
            return HttpResponse(status=503)
        return HttpResponse()

    before = connections["replica1"].settings_dict["PORT"]
    assert ReplicaMiddleware(answer)(rf.get("/models/")).status_code == 200
    connections["replica1"].settings_dict["PORT"] = before
    assert read == ["replica1", "default"]


def test_a_page_that_took_too_long_is_not_made_twice(rf: RequestFactory) -> None:
    made: list[int] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        made.append(1)
        with pytest.raises(DatabaseError), connections["replica1"].cursor() as cursor:
            cursor.execute("SELECT no_such_thing")
        return HttpResponse(status=503)

    assert ReplicaMiddleware(answer)(rf.get("/models/")).status_code == 503
    assert made == [1]
