"""Holding up who sends many reports: five an hour from one address, whichever process takes them."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from models_catalog.actions.senders import hashed, household, network, past
from models_catalog.models import Report, ReportTry

MAX_REPORTS, MAX_OF_A_NETWORK = 5, 20
PERIOD = timedelta(hours=1)
"""So many from one address, and from its neighbours with it, in so long."""

MAX_WAITING = 5_000
"""Reports that may wait over all: some megabytes. No entry has a limit, which a few addresses could use up."""

_ONE_AT_A_TIME = 0x7265706F7274
"""The advisory lock under which reports are counted and taken: "report" in ASCII."""


class SentTooMany(ValueError):
    """This address, or its network, has no report left; `seconds` says for how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class QueueFull(ValueError):
    """More reports wait than curators can look at."""


def take_one(address: str) -> None:
    """Count one report of `address`. Raises `SentTooMany`, `QueueFull`; within the transaction that saves the report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    ReportTry.objects.filter(past(PERIOD)).delete()
    sender, around = hashed("report", household(address)), hashed("report from", network(address))
    seconds = max(_wait("sender", sender, MAX_REPORTS), _wait("network", around, MAX_OF_A_NETWORK))
    if seconds:
        raise SentTooMany(seconds)
    if Report.objects.waiting().count() >= MAX_WAITING:
        raise QueueFull
    ReportTry.objects.create(sender=sender, network=around)


def _wait(by: str, value: str, most: int) -> int:
    """Seconds until there are fewer than `most` reports; 0 if there are now."""
    times = ReportTry.objects.filter(**{by: value}).order_by("-at").values_list("at", flat=True)
    full_since = list(times[most - 1 : most])
    if not full_since:
        return 0
    return max(1, -int((timezone.now() - full_since[0] - PERIOD).total_seconds() // 1))
