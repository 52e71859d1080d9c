"""Holding up who sends many reports: five an hour from one address, whichever process takes them."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from models_catalog.models import Report, ReportTry

MAX_REPORTS = 5
PERIOD = timedelta(hours=1)
"""So many from one address in so long."""

MAX_WAITING = 5_000
"""Reports that may wait over all: some megabytes. No entry has a limit, which a few addresses could use up."""

_ONE_AT_A_TIME = 0x7265706F7274
"""The advisory lock under which reports are counted and taken: "report" in ASCII."""


class SentTooMany(ValueError):
    """This address has no report left; `seconds` says for how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class QueueFull(ValueError):
    """More reports wait than curators can look at."""


def take_one(address: str) -> None:
    """Count one report of `address`. Raises `SentTooMany`, `QueueFull`; within the transaction that saves the report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    now = timezone.now()
    ReportTry.objects.filter(at__lte=now - PERIOD).delete()
    sender = hashed(address)
    times = list(ReportTry.objects.filter(sender=sender).order_by("-at").values_list("at", flat=True))
    if len(times) >= MAX_REPORTS:
        raise SentTooMany(max(1, -int((now - times[MAX_REPORTS - 1] - PERIOD).total_seconds() // 1)))
    if Report.objects.waiting().count() >= MAX_WAITING:
        raise QueueFull
    ReportTry.objects.create(sender=sender)


def hashed(address: str) -> str:
    """A name for who sends that tells nobody the address, not even by trying all of them, without the site's key."""
    return salted_hmac("report", household(address), algorithm="sha256").hexdigest()


def household(address: str) -> str:
    """What one reader holds: an address of IPv4, or of IPv6 the 2^64 addresses of a household."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        known = known.ipv4_mapped or known
    return str(ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
