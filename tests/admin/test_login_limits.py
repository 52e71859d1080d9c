"""Guessing passwords: counted before one is hashed, by name, address, network and device; hashed by few at a time."""

from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from models_catalog.limits import passwords
from models_catalog.limits.logins import MOST, attempt, device_cookie
from models_catalog.limits.turns import STRANGERS, turn
from models_catalog.models import LoginAttempt
from models_catalog.roles import Role
from tests.admin.test_logins import log_in
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed, by the hasher of production but quickly."""
    settings.PASSWORD_HASHERS = ["models_catalog.limits.passwords.BoundedHasher"]
    monkeypatch.setattr(passwords.BoundedHasher, "iterations", 1)
    done: list[str] = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self: Any, password: str, *more: Any) -> str:
        done.append(password)
        return encode(self, password, *more)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    return done


def try_names(number: int, address: str = "203.0.113.7", name: str = "user-{}") -> None:
    for one in range(number):
        attempt(username=name.format(one), address=address.format(one))


def known(client: Client, name: str = "somebody") -> Client:
    client.cookies[site.DEVICE_COOKIE_NAME] = device_cookie(name)
    return client


def test_one_address_over_many_names_is_held_up_before_a_hash(client: Client, hashes: list[str]) -> None:
    codes = [log_in(client, "guess", name=f"user-{n}").status_code for n in range(MOST["household"] + 3)]
    assert codes == [200] * MOST["household"] + [429] * 3
    assert hashes == ["guess"] * MOST["household"]


@pytest.mark.parametrize("address", ["2001:db8:1:{:x}::1", "198.51.100.{}"])
def test_neighbours_are_counted_together(client: Client, address: str) -> None:
    try_names(MOST["network"], address)
    assert log_in(client, "guess", name="another", REMOTE_ADDR=address.format(200)).status_code == 429


@pytest.mark.parametrize("elsewhere", ["2001:db8:2::1", "198.51.101.1"])
def test_other_networks_are_not(client: Client, elsewhere: str) -> None:
    make_user("somebody", Role.VIEWER)
    try_names(MOST["network"], "2001:db8:1:{:x}::1")
    try_names(MOST["network"], "198.51.100.{}")
    assert log_in(client, REMOTE_ADDR=elsewhere).status_code == 302


def test_one_address_cannot_lock_a_user_out_elsewhere(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    for _try in range(MOST["name"] + 5):
        log_in(client, "guess", REMOTE_ADDR="203.0.113.7")
    assert log_in(client, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_many_addresses_cannot_try_one_name_for_long_but_its_owners_device_enters(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    try_names(MOST["name"], "10.0.{}.1", name="somebody")
    assert log_in(client).status_code == 429
    assert log_in(known(client)).status_code == 302


def test_a_device_is_remembered_by_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    cookie = log_in(client).cookies[site.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert "somebody" not in cookie.value
    client.post("/admin/logout/")
    try_names(MOST["name"], "10.0.{}.1", name="somebody")
    assert log_in(client).status_code == 302


@pytest.mark.parametrize("cookie", ["x", "WyJhIiwiYiJd:1x:y", device_cookie("another"), "\ud800"])
def test_a_cookie_of_no_or_another_device_changes_nothing(client: Client, cookie: str) -> None:
    make_user("somebody", Role.VIEWER)
    try_names(MOST["name"], "10.0.{}.1", name="somebody")
    assert attempt(username="somebody", address="203.0.113.7", cookie=cookie).seconds > 0


def test_a_stolen_device_has_no_more_tries_than_others(client: Client) -> None:
    try_names(MOST["name"], "10.0.{}.1", name="somebody")
    codes = [log_in(known(client), "guess").status_code for _try in range(1)]
    cookie = client.cookies[site.DEVICE_COOKIE_NAME].value
    waits = [attempt(username="somebody", address="::1", cookie=cookie).seconds for _try in range(5)]
    assert (codes, [seconds > 0 for seconds in waits]) == ([200], [False] * 4 + [True])


def test_an_own_account_does_not_wipe_out_what_was_tried_on_others(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    try_names(MOST["household"] - 1, "127.0.0.1")
    assert log_in(client).status_code == 302
    attempt(username="user-99", address="127.0.0.1")
    assert log_in(Client(), name="another").status_code == 429


def test_nothing_is_hashed_beyond_the_bound_and_such_a_try_is_not_counted(
    client: Client, hashes: list[str]
) -> None:
    with turn(STRANGERS, 1), turn(STRANGERS, 2):  # as two other processes
        answer = log_in(client, "guess")
    assert (answer.status_code, answer["Retry-After"], hashes) == (503, "5", [])
    assert not LoginAttempt.objects.exists()


def test_a_known_device_has_a_turn_that_strangers_cannot_take(client: Client, hashes: list[str]) -> None:
    make_user("somebody", Role.VIEWER)
    with turn(STRANGERS, 1), turn(STRANGERS, 2):
        assert log_in(known(client)).status_code == 302


@pytest.mark.parametrize("name", ["nobody", "somebody", "disabled"])
def test_a_wrong_password_takes_one_hash_whoever_it_is(client: Client, hashes: list[str], name: str) -> None:
    make_user("somebody", Role.VIEWER)
    make_user("disabled", Role.VIEWER)
    User.objects.filter(username="disabled").update(is_active=False)
    hashes.clear()
    log_in(client, "guess", name=name)
    assert hashes == ["guess"]


def test_the_old_password_is_not_guessed_through_a_session(client: Client) -> None:
    client.force_login(make_user("somebody", Role.VIEWER))
    sent = {"old_password": "guess", "new_password1": "a new horse", "new_password2": "a new horse"}
    codes = [client.post("/admin/password_change/", sent).status_code for _try in range(6)]
    assert codes == [200] * 5 + [429]
