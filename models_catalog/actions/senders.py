"""Who sends, as limits count it: by keyed hashes, which tell nobody an address or a name, not even by trying all of them."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

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
