"""Logging in: held up after too many tries, with a second factor where it is set up or demanded."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.fixtures import Settings

from models_catalog.models import Entry, LoginAttempt
from models_catalog.models.vocabulary import Field
from models_catalog.roles import Role
from tests.factories import propose
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def log_in(client: Client, password: str = "correct horse", name: str = "somebody", **more: Any) -> Any:
    query = more.pop("query", "")
    return client.post(
        LOGIN + query, {"username": name, "password": password, **more.pop("data", {})}, **more
    )


def code_of(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    return f"{totp.token():06}"


def confirmed_device(user: Any) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="app", confirmed=True)


def test_a_right_password_enters(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    assert log_in(client).status_code == 302


def test_the_sixth_try_is_held_up_even_with_the_right_password(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    tries = [log_in(client, "wrong").status_code for _try in range(5)]
    held_up = log_in(client)
    assert (tries, held_up.status_code) == ([200] * 5, 429)
    assert 0 < int(held_up["Retry-After"]) <= 15 * 60 + 1


@pytest.mark.parametrize(
    "variant",
    [
        "somebody ",
        " somebody",
        "somebody\u3000",
        "ｓomebody",
        "ｓｏｍｅｂｏｄｙ",
        "SOMEBODY",
        "\u2002ſomebody",
    ],
)
def test_one_name_is_counted_however_it_is_written(client: Client, variant: str) -> None:
    """The form strips and normalises what is typed, so that each of these names one user."""
    make_user("somebody", Role.VIEWER)
    for name in ("somebody", variant, "somebody", variant, "somebody"):
        log_in(client, "wrong", name=name)
    assert [log_in(client, name=name).status_code for name in (variant, "somebody")] == [429, 429]


def test_codes_are_counted_under_the_name_however_it_is_written(client: Client) -> None:
    confirmed_device(make_user("somebody", Role.VIEWER))
    codes = [log_in(client, name=f"somebody{' ' * n}", data={"otp_token": "0"}).status_code for n in range(6)]
    assert codes == [200] * 5 + [429]


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "请在"), ("en", "Try again in 15 minutes.")])
def test_who_is_held_up_is_told_in_their_language(client: Client, language: str, told: str) -> None:
    for _try in range(5):
        log_in(client, "wrong")
    page = log_in(client, headers={"accept-language": language})
    assert (page.status_code, told in page.content.decode()) == (429, True)


@pytest.mark.parametrize(
    ("name", "address"), [("another", "127.0.0.1"), ("somebody", "10.0.0.9"), ("somebody", "2001:db8::1")]
)
def test_others_are_not_held_up(client: Client, name: str, address: str) -> None:
    make_user(name, Role.VIEWER)
    for _try in range(6):
        log_in(client, "wrong")
    assert log_in(client, name=name, REMOTE_ADDR=address).status_code == 302


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 429), (2, 200)])
def test_only_our_own_proxies_say_who_tries(
    client: Client, settings: Settings, proxies: int, last: int
) -> None:
    """The first address is the reader's own word: believed with one proxy too many, which is why one counts them."""
    settings.TRUSTED_PROXIES = proxies
    codes = [
        log_in(client, "wrong", headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}).status_code
        for number in range(6)
    ]
    assert codes[-1] == last


def test_after_a_quarter_of_an_hour_one_may_try_again(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    for _try in range(6):
        log_in(client, "wrong")
    LoginAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert log_in(client).status_code == 302


def test_a_try_is_kept_under_a_hash_that_needs_the_sites_key(client: Client, settings: Settings) -> None:
    for key in ("one-key", "another-key"):
        settings.SECRET_KEY = key
        log_in(client, "wrong", name="Somebody", REMOTE_ADDR="203.0.113.7")
        log_in(client, "wrong", name="SOMEBODY", REMOTE_ADDR="203.0.113.7")
    senders = list(LoginAttempt.objects.order_by("pk").values_list("sender", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(one::text, '') FROM models_catalog_loginattempt AS one")
        row = cursor.fetchone()[0].casefold()
    assert (senders[0] == senders[1], len(set(senders))) == (True, 2)
    assert not any(word in row for word in ("somebody", "203.0.113"))


def test_old_tries_go_with_the_next(client: Client) -> None:
    log_in(client, "wrong")
    LoginAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    log_in(client, "wrong", name="another")
    assert LoginAttempt.objects.count() == 1


def test_a_log_in_that_succeeds_is_forgotten(client: Client) -> None:
    make_user("somebody", Role.VIEWER)
    log_in(client, "wrong")
    log_in(client)
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert('evil')", "https:evil.example",
        "%2F%2Fevil.example", "/%5Cevil.example", "%09//evil.example", "/%09/evil.example", "\\\\evil.example",
        "https://testserver@evil.example/", "data:text/html,evil",
    ],
)  # fmt: skip
def test_next_stays_on_the_site(client: Client, next_page: str) -> None:
    make_user("somebody", Role.VIEWER)
    assert "evil" not in log_in(client, query=f"?next={next_page}")["Location"]


def test_a_session_ends_when_its_user_is_disabled(client: Client) -> None:
    user = make_user("somebody", Role.ADMIN)
    log_in(client)
    user.is_active = False
    user.save()
    assert client.get("/admin/").status_code == 302


def test_whoever_has_a_second_factor_needs_it(client: Client) -> None:
    device = confirmed_device(make_user("somebody", Role.VIEWER))
    assert log_in(client).status_code == 200
    assert log_in(client, data={"otp_token": "000000"}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert log_in(client, data={"otp_token": code_of(device)}).status_code == 302


def test_codes_are_not_guessed_one_after_another(client: Client) -> None:
    device = confirmed_device(make_user("somebody", Role.VIEWER))
    log_in(client, data={"otp_token": "000000"})
    assert log_in(client, data={"otp_token": code_of(device)}).status_code == 200


@pytest.mark.parametrize(
    ("wrong_before", "code", "told"),
    [
        (0, "", "Enter the code from your app too"),
        (0, "000000", "not the code of now"),
        (1, "right", "Wait a little"),
    ],
)
def test_who_lacks_a_code_is_told_so_and_not_that_the_password_is_wrong(
    client: Client, wrong_before: int, code: str, told: str
) -> None:
    device = confirmed_device(make_user("somebody", Role.VIEWER))
    for _try in range(wrong_before):
        log_in(client, data={"otp_token": "000000"})
    code = code_of(device) if code == "right" else code
    page = log_in(client, data={"otp_token": code}, headers={"accept-language": "en"})
    assert [told in error for error in page.context["form"].non_field_errors()] == [True]


def test_a_right_code_that_is_not_looked_at_is_not_called_wrong(client: Client) -> None:
    client.force_login(make_user("somebody", Role.VIEWER))
    client.get("/admin/two-factor/")
    client.post("/admin/two-factor/", {"token": "000000"})
    sent = {"token": code_of(TOTPDevice.objects.get())}
    page = client.post("/en/admin/two-factor/", sent, follow=True)
    assert "Wait a little" in str([*page.context["messages"]][-1])


def test_who_set_it_up_elsewhere_gives_its_code_here(client: Client, settings: Settings) -> None:
    """A session that is older than the second factor is asked for it, not locked out."""
    settings.REQUIRE_2FA = True
    user = make_user("somebody", Role.CURATOR)
    log_in(client)
    device = confirmed_device(user)
    assert 'name="otp_token"' in client.get(LOGIN).content.decode()
    assert log_in(client, data={"otp_token": code_of(device)}).status_code == 302
    assert client.get("/admin/models_catalog/entry/").status_code == 200


def test_where_it_is_demanded_nobody_enters_without(client: Client, settings: Settings) -> None:
    settings.REQUIRE_2FA = True
    make_user("somebody", Role.ADMIN)
    log_in(client)
    assert client.get("/admin/models_catalog/entry/").status_code == 302
    assert client.get(LOGIN)["Location"] == "/admin/two-factor/"


def test_setting_it_up_opens_the_door(client: Client, settings: Settings) -> None:
    settings.REQUIRE_2FA = True
    make_user("somebody", Role.ADMIN)
    log_in(client)
    client.get("/admin/two-factor/")
    client.post("/admin/two-factor/", {"token": code_of(TOTPDevice.objects.get())})
    assert client.get("/admin/models_catalog/entry/").status_code == 200


def test_setting_it_up_ends_sessions_that_were_opened_with_the_password_alone(client: Client) -> None:
    user, other = make_user("somebody", Role.ADMIN), Client()
    for one in (client, other):
        one.force_login(user)
    client.get("/admin/two-factor/")
    client.post("/admin/two-factor/", {"token": code_of(TOTPDevice.objects.get())})
    assert [one.get("/admin/").status_code for one in (client, other)] == [200, 302]


def test_the_secret_is_a_picture_until_it_is_confirmed(client: Client) -> None:
    user = make_user("somebody", Role.VIEWER)
    client.force_login(user)
    picture = client.get("/admin/two-factor/code.svg")
    assert (picture["Content-Type"], b'fill="white"' in picture.content) == ("image/svg+xml", True)
    TOTPDevice.objects.update(confirmed=True)
    assert client.get("/admin/two-factor/code.svg").status_code == 403


def test_the_front_page_shows_what_waits(client: Client) -> None:
    client.force_login(make_user("somebody", Role.VIEWER))
    assert client.get("/admin/").context["dashboard"].waiting == 0


@pytest.mark.parametrize("count", [1, 5])
def test_the_front_page_calls_new_entries_by_the_names_that_wait(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    client.force_login(make_user("somebody", Role.VIEWER))
    for number in range(count):
        propose(Entry.objects.create(slug=f"jifeng-{number}"), Field.NAME, text=f"极风{number}", token="zh")
    with django_assert_num_queries(16):
        shown = client.get("/admin/").context["dashboard"]
    assert {change.entry.label for change in shown.changes} == {f"极风{number}" for number in range(count)}


def test_page_on_which_a_password_is_changed_is_kept_by_nobody(admin_client: Client) -> None:
    assert "no-store" in admin_client.get("/admin/password_change/")["Cache-Control"]
