"""Senders as limits count them, by keyed hashes instead of IP addresses and names; and the limits on error reports."""

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
"""Prefix lengths by IP version: of one reader, and of the largest network that one customer gets."""

SKEW = timedelta(minutes=1)
"""Accepted clock difference between two machines of the site."""


def hashed(purpose: str, *words: str) -> str:
    return salted_hmac(purpose, "\0".join(words), algorithm="sha256").hexdigest()


def household(address: str) -> str:
    """An IPv4 address, or the /64 network of an IPv6 address."""
    return _within(address, HOUSEHOLD)


def network(address: str) -> str:
    """The network of addresses that one sender may control: a /24 of IPv4, a /48 of IPv6."""
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
    """Condition on expired attempts: older than `period`, or in the future because a clock was set back."""
    now = timezone.now()
    return Q(at__lte=now - period) | Q(at__gt=now + SKEW)


MAX_REPORTS, MAX_OF_A_NETWORK = 5, 20
PERIOD = timedelta(hours=1)
"""The most reports per period from one household, and from one network."""

MAX_WAITING = 5_000
"""The most open reports in total: some megabytes. There is no limit per entry, which a few addresses could use up."""

_ONE_AT_A_TIME = 0x7265706F7274
"""Advisory lock for counting and saving reports: "report" in ASCII."""


class SentTooMany(ValueError):
    """This household or network may send no report for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class QueueFull(ValueError):
    """There are more open reports than curators can review."""


def take_one(address: str) -> None:
    """Count one report of `address`, in the transaction that saves it. Raises `SentTooMany`, `QueueFull`."""
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
    """Seconds until fewer than `most` reports count; 0 if that is so now."""
    times = ReportTry.objects.filter(**{by: value}).order_by("-at").values_list("at", flat=True)
    full_since = list(times[most - 1 : most])
    if not full_since:
        return 0
    return max(1, -int((timezone.now() - full_since[0] - PERIOD).total_seconds() // 1))
