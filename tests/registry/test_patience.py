"""A database that falls silent: this side stops waiting, and goes on when it speaks again."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from bench.proxy import Proxy, proxy
from registry.patient.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def between() -> Iterator[Proxy]:
    with connection.cursor() as cursor:
        here = cursor.connection.info
    with proxy(here.host, here.port) as made:
        yield made


@pytest.fixture
def asked(between: Proxy) -> Iterator[DatabaseWrapper]:
    """A connection through the proxy that has answered once."""
    through = {"HOST": "127.0.0.1", "PORT": between.port, "ANSWER_WITHIN": 0.2}
    user = connection.get_connection_params()["user"]
    made = DatabaseWrapper(connection.settings_dict | {"USER": user} | through)
    assert _answer(made) == 1
    yield made
    made.close()


def _answer(database: DatabaseWrapper) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


def test_a_silent_database_is_an_error_and_not_a_wait(between: Proxy, asked: DatabaseWrapper) -> None:
    between.flowing.clear()
    with pytest.raises(OperationalError, match="timeout"):
        _answer(asked)


def test_a_connection_that_fell_silent_is_not_used_again(between: Proxy, asked: DatabaseWrapper) -> None:
    between.flowing.clear()
    assert not asked.is_usable()


def test_a_new_connection_answers_once_the_database_speaks(between: Proxy, asked: DatabaseWrapper) -> None:
    between.flowing.clear()
    with pytest.raises(OperationalError):
        _answer(asked)
    between.flowing.set()
    asked.close_if_unusable_or_obsolete()
    assert _answer(asked) == 1


def test_the_first_question_of_a_request_is_its_health_check(
    asked: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.health_check_done = False  # as a request begins
    monkeypatch.setattr(asked, "is_usable", None)
    assert asked.first_answer(lambda: _answer(asked)) == 1


def test_the_first_question_is_asked_again_on_a_new_connection(asked: DatabaseWrapper) -> None:
    asked.health_check_done = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [asked.connection.info.backend_pid])
    assert asked.first_answer(lambda: _answer(asked)) == 1


def test_what_the_database_refuses_is_not_asked_twice(asked: DatabaseWrapper) -> None:
    asked.health_check_done = False
    tries: list[int] = []

    def refused() -> None:
        tries.append(1)
        raise OperationalError("canceling statement due to statement timeout")

    with pytest.raises(OperationalError):
        asked.first_answer(refused)
    assert tries == [1]
