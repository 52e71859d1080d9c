"""A server whose clock was wrong, a day ahead or an hour behind, and was put right: nobody waits for it, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.claims.propose import revise_claim
from models_catalog.curation.two_factor import _why_not
from models_catalog.history.as_of import standing_on
from models_catalog.history.entry import history_of
from models_catalog.intake.tables.runs import running_runs
from models_catalog.limits.logins import MOST, attempt
from models_catalog.limits.senders import MAX_REPORTS, SentTooMany, take_one
from models_catalog.models import Entry, ImportRun
from models_catalog.models.vocabulary import Field
from models_catalog.publish.releases.freeze import make_release
from models_catalog.roles import Role
from tests.factories import make_entry
from tests.imports.test_import import batch_of
from tests.permissions.world import make_user

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = timezone.now


class Clock:
    """The clock of this process, wrong by so much."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.wrong_by = timedelta()
        patch.setattr(timezone, "now", lambda: NOW() + self.wrong_by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def try_to_log_in() -> int:
    return attempt(username="eve", address="192.0.2.1").seconds


def send_report() -> int:
    try:
        take_one("192.0.2.1")
    except SentTooMany as error:
        return error.seconds
    return 0


@pytest.mark.parametrize(("do", "most"), [(try_to_log_in, MOST["sender"]), (send_report, MAX_REPORTS)])
def test_tries_under_a_clock_ahead_hold_nobody_up_for_longer(clock: Clock, do: Any, most: int) -> None:
    clock.wrong_by = DAY
    assert [do() > 0 for _ in range(most + 1)] == [False] * most + [True]
    clock.wrong_by = timedelta()
    assert do() == 0


@pytest.mark.parametrize(("do", "most"), [(try_to_log_in, MOST["sender"]), (send_report, MAX_REPORTS)])
def test_a_moment_between_two_machines_forgives_nothing(clock: Clock, do: Any, most: int) -> None:
    clock.wrong_by = timedelta(seconds=30)
    for _ in range(most):
        do()
    clock.wrong_by = timedelta()
    assert do() > 0


@pytest.mark.parametrize("wrong_by", [DAY, -HOUR])
def test_sessions_stay_open(client: Client, clock: Clock, wrong_by: timedelta) -> None:
    client.force_login(make_user("curator", Role.CURATOR))
    statuses = []
    for moved in (timedelta(), wrong_by, timedelta()):
        clock.wrong_by = moved
        statuses.append(client.get("/admin/").status_code)
    assert statuses == [200, 200, 200]


def test_codes_refused_under_a_clock_ahead_are_looked_at_again(clock: Clock) -> None:
    device = TOTPDevice.objects.create(user=User.objects.create_user("eve"), name="app")
    clock.wrong_by = DAY
    assert not device.verify_token("000000")
    clock.wrong_by = timedelta()
    _why_not([device])
    assert device.verify_is_allowed()[0]


def test_a_process_started_under_a_clock_ahead_does_not_seem_to_live_for_a_day(clock: Clock) -> None:
    clock.wrong_by = DAY
    run = ImportRun.objects.create(batch=batch_of("大模型\n文心\n"), what=ImportRun.What.APPLY)
    assert list(running_runs()) == [run]
    clock.wrong_by = timedelta()
    assert list(running_runs()) == []


def made_an_hour_ahead() -> Entry:
    """An entry of which history says that it was made in an hour."""
    entry = make_entry("文心", parameters="2600亿")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("claim", "entry"):
            name = f"models_catalog_{table}event"
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {name} SET pgh_created_at = pgh_created_at + interval '1 hour'")
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    return entry


def sized_twice() -> Entry:
    """The same, its size changed once the clock of the database was put right."""
    entry = made_an_hour_ahead()
    claim = entry.claims.get(field=Field.PARAMETERS)
    claim.stated = "三千亿"
    revise_claim(claim=claim, reviewer="curator")
    return entry


def test_history_is_told_in_the_order_in_which_it_was_made() -> None:
    entry = sized_twice()
    assert history_of(entry)
    with standing_on(NOW() + 2 * HOUR):
        assert Entry.objects.get().parameters_stated == "三千亿"


def test_a_release_shows_what_its_package_holds() -> None:
    made_an_hour_ahead()
    release = make_release()
    with standing_on(release.created_at):
        assert Entry.objects.get().parameters_stated == "2600亿"


@pytest.mark.parametrize("path", ["/models.csv", "/api/v1/models/", "/feeds/changes.json"])
def test_what_is_of_a_time_to_come_has_no_date_and_another_tag(client: Client, path: str) -> None:
    make_entry("盘古")
    before = client.get(path).headers["ETag"]
    sized_twice()
    answer = client.get(path, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert (answer.status_code, "Last-Modified" in answer.headers) == (200, False)
    assert answer.headers["ETag"] != before
