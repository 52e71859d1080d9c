"""Limits log-in attempts before a password is hashed.

Attempts are counted by name and household together, by household, by network, and by name. So one address can neither
try many names nor lock a user out elsewhere, and many addresses cannot try one name for long. A device that has logged
in as this user before is recognised by a cookie and counted separately: no stranger can lock it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from unicodedata import normalize

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from models_catalog.limits.senders import hashed, household, network, past
from models_catalog.models import LoginAttempt

PERIOD = timedelta(minutes=15)
MOST = {"sender": 5, "household": 20, "network": 60, "name": 100}
"""Attempts per PERIOD by kind of count. One network alone does not reach the limit of a name."""
MOST_OF_A_DEVICE = 5
DEVICE_DAYS = 180
MAX_NAME_CHARS = 1_000
"""Characters of a name that are read; no user name is longer."""

_ONE_AT_A_TIME = 0x6C6F67696E
"""Advisory lock for counting attempts: "login" in ASCII."""


@dataclass(frozen=True)
class Attempt:
    """An attempt that may proceed, or has to wait for `seconds`."""

    counted: dict[str, str]
    seconds: int = 0
    row: LoginAttempt | None = None
    closes_household: bool = False
    """Whether it has to wait because of its address, whatever the name."""

    @property
    def is_known(self) -> bool:
        """Whether it comes from a device that has logged in as this user before."""
        return "device" in self.counted

    def forget(self) -> None:
        """Delete the counted attempts after a successful log-in."""
        by = "device" if self.is_known else "sender"
        LoginAttempt.objects.filter(**{by: self.counted[by]}).delete()

    def take_back(self) -> None:
        """Delete this attempt, which was not checked."""
        if self.row:
            self.row.delete()


def attempt(*, username: str, address: str, cookie: str = "") -> Attempt:
    """Count an attempt unless it has to wait. Refused ones are not counted: nobody can use up others' limits."""
    name = counted_name(username)
    with transaction.atomic():
        with connection.cursor() as cursor:  # serialises a burst of attempts
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        LoginAttempt.objects.filter(past(PERIOD)).delete()
        device = _device(name, cookie)
        if device and not _wait("device", device, MOST_OF_A_DEVICE):
            counted = {"device": device}
        else:
            counted = _counted_by(name, address)
            waits = {by: _wait(by, counted[by], most) for by, most in MOST.items()}
            if any(waits.values()):
                from_here = max(waits["household"], waits["network"])
                return Attempt(counted, max(waits.values()), closes_household=from_here > 0)
        return Attempt(counted, row=LoginAttempt.objects.create(**counted))


def _counted_by(name: str, address: str) -> dict[str, str]:
    return {
        "sender": hashed("login", name, household(address)),
        "household": hashed("login from", household(address)),
        "network": hashed("login from", network(address)),
        "name": hashed("login as", name),
    }


def _wait(by: str, value: str, most: int) -> int:
    """Seconds until fewer than `most` attempts count; 0 if that is so now."""
    times = LoginAttempt.objects.filter(**{by: value}).order_by("-at").values_list("at", flat=True)
    full_since = list(times[most - 1 : most])
    if not full_since:
        return 0
    return max(1, int((full_since[0] + PERIOD - timezone.now()).total_seconds()) + 1)


def device_cookie(username: str) -> str:
    """The value of the cookie that identifies this browser at later log-ins by this name."""
    return signing.dumps([hashed("device of", counted_name(username)), get_random_string(22)], salt="device")


def is_device_of(username: str, cookie: str) -> bool:
    """Whether a cookie belongs to a device that has logged in by this name."""
    return bool(cookie and _device(counted_name(username), cookie))


def _device(name: str, cookie: str) -> str:
    """The hashed id of the device that has logged in by this name; "" if the cookie is invalid."""
    try:
        of, number = signing.loads(cookie, salt="device", max_age=timedelta(days=DEVICE_DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return hashed("device", number) if of == hashed("device of", name) else ""


def counted_name(username: str) -> str:
    """One form for all spellings of a user's name: the log-in form strips and normalises its input too."""
    return normalize("NFKC", username.strip()[:MAX_NAME_CHARS]).strip().casefold()


def end_sessions(*, user: User, but: str | None = None) -> None:
    """Delete all sessions of `user`, but for that one: a session that is only refused would be valid again with the account."""
    for session in Session.objects.exclude(pk=but or "").iterator():  # only staff have sessions
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
