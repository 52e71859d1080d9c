"""What a client is told when the database is slow or gone."""

import psycopg
import pytest
from django.db import DataError, InterfaceError, InternalError, OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory

from registry.health import readyz
from registry.middleware.database import explain

pytestmark = [pytest.mark.urls("tests.registry.urls"), pytest.mark.django_db]


def test_a_cut_off_query_is_a_503(client: Client) -> None:
    response = client.get("/en/sleep/")
    assert (response.status_code, response["Retry-After"], response["Content-Type"]) == (
        503,
        "5",
        "text/html; charset=utf-8",
    )


def test_a_cut_off_page_says_so(client: Client) -> None:
    assert "took too long" in client.get("/en/sleep/").content.decode()


def test_json_is_answered_in_json(client: Client) -> None:
    assert client.get("/en/sleep.json").json()["title"] == "Service Unavailable"


def test_csv_is_answered_in_plain_text(client: Client) -> None:
    assert client.get("/en/sleep.csv")["Content-Type"] == "text/plain; charset=utf-8"


def test_a_mistake_of_ours_stays_one(client: Client) -> None:
    with pytest.raises(ProgrammingError):
        client.get("/mistake/")


def caused(error: Exception, cause: type[Exception]) -> Exception:
    error.__cause__ = cause()
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("connection refused"), 503),
        (InterfaceError("connection already closed"), 503),
        (caused(OperationalError(), psycopg.errors.LockNotAvailable), 503),
        (caused(OperationalError(), psycopg.errors.DiskFull), 503),
        (caused(InternalError(), psycopg.errors.ReadOnlySqlTransaction), 503),
        (InternalError("current transaction is aborted"), None),
        (DataError("out of range"), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_explain_answers_for_the_database_alone(
    rf: RequestFactory, error: Exception | None, status: int | None
) -> None:
    response = explain(rf.get("/"), error)
    assert (response and response.status_code) == status


def test_readyz_says_when_the_database_is_gone(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = readyz(rf.get("/readyz"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
