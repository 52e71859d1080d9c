"""Refusals at the log-in are cheap: from memory, on one page for all, by few threads."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from models_catalog.limits import door as doors
from models_catalog.limits.door import Door, door, threads_for_strangers
from models_catalog.limits.logins import MOST, device_cookie
from models_catalog.models import LoginAttempt
from models_catalog.roles import Role
from tests.admin.test_login_limits import try_names
from tests.admin.test_logins import log_in
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def full() -> Iterator[None]:
    """As many look at tries of strangers as may."""
    with ExitStack() as held:
        for _thread in range(max(1, site.THREADS // 2)):
            held.enter_context(threads_for_strangers())
        yield


def test_a_refusal_is_repeated_without_a_query(client: Client, django_assert_num_queries: Any) -> None:
    try_names(MOST["household"], "127.0.0.1")
    assert log_in(client, "guess", name="another").status_code == 429
    with django_assert_num_queries(0):
        answer = log_in(client, "guess", name="a-third")
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 900) == (429, True)
    assert "no-store" in answer["Cache-Control"]


def test_the_counts_are_asked_again_soon(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "AGAIN", 0.0)
    door.close("127.0.0.1", 900, again=0.0)
    assert log_in(client, "guess").status_code == 200


def test_nobody_waits_at_the_door_for_a_name_that_others_tried(client: Client) -> None:
    for _try in range(MOST["sender"] + 1):
        answer = log_in(client, "guess")
    assert answer.status_code == 429
    assert log_in(client, "guess", name="another").status_code == 200


def test_few_threads_look_at_tries_of_strangers(client: Client, full: None) -> None:
    answer = log_in(client, "guess")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not LoginAttempt.objects.exists()


def test_refusals_are_counted_and_then_the_household_waits(client: Client, full: None) -> None:
    codes = [log_in(client, "guess", name=f"u{n}").status_code for n in range(doors.MOST + 2)]
    assert codes == [503] * doors.MOST + [429] * 2
    assert log_in(client, "guess", REMOTE_ADDR="203.0.113.9").status_code == 503


def test_an_owners_device_passes_a_closed_door(client: Client, full: None) -> None:
    make_user("somebody", Role.VIEWER)
    door.close("127.0.0.1", 900)
    client.cookies[site.DEVICE_COOKIE_NAME] = device_cookie("somebody")
    assert log_in(client).status_code == 302


def test_the_door_forgets_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "KNOWN", 2)
    one = Door()
    for name in "abc":
        one.close(name, 60)
    assert [one.seconds(name) > 0 for name in "abc"] == [False, True, True]


def test_a_thread_that_is_done_is_free_again(client: Client) -> None:
    for number in range(site.THREADS + 1):
        assert log_in(client, "guess", name=f"u{number}").status_code == 200
