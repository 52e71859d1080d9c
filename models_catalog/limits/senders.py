"""Who sends, as limits count it: by keyed hashes, which tell nobody an address or a name; and who sends many reports."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from models_catalog.models import Report, ReportTry

HOUSEHOLD = {4: 32, 6: 64}
NETWORK = {4: 24, 6: 48}
"""Bits of an address that its holder cannot choose: one reader's, and the widest that providers hand to one customer."""

SKEW = timedelta(minutes=1)
"""So far the clocks of two machines of one site may differ."""


def hashed(purpose: str, *words: str) -> str:
    return salted_hmac(purpose, "\0".join(words), algorithm="sha256").hexdigest()


def household(address: str) -> str:
    """An address of IPv4, or of IPv6 the 2^64 addresses of a household."""
    return _within(address, HOUSEHOLD)


def network(address: str) -> str:
    """The neighbourhood from which one sender may come with many addresses: a /24 of IPv4, a /48 of IPv6."""
    return _within(address, NETWORK)


def _within(address: str, bits: dict[int, int]) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 6:
        known = known.ipv4_mapped or known
    found = ip_network((known, bits[known.version]), strict=False)
    return str(found.network_address) if bits[known.version] == found.max_prefixlen else str(found)


def past(period: timedelta) -> Q:
    """Tries that count no more: older than `period`, or of a time to come, by a clock that was put back since."""
    now = timezone.now()
    return Q(at__lte=now - period) | Q(at__gt=now + SKEW)


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
