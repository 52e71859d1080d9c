"""HARDENING's permission table, from the URLconf: every address × identity × method."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.desk import Desk, contents, given_back
from tests.permissions.table import EVERYONE, STAFF, TABLE, Rule, Who

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CATCH_ALL = {r"(?P<url>.*)$", r"^api/(?P<rest>.*/)?$"}
"""Addresses where nothing is."""
WRITTEN_BY_READING = {"admin:two_factor", "admin:two_factor_picture"}
"""Pages that make the secret which they show."""


def addresses(resolver: URLResolver, prefix: str = "", route: str = "") -> Iterator[str]:
    """The name of every address in the URLconf; its route where it has none."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, inner, route + str(pattern.pattern))
        elif str(pattern.pattern) not in CATCH_ALL and not _old_admin(pattern):
            yield prefix + pattern.name if pattern.name else route + str(pattern.pattern)


def _old_admin(pattern: URLPattern) -> bool:
    """`<object>/` without `change/`, which only redirects there."""
    return pattern.name is None and str(pattern.pattern) == "<path:object_id>/"


ADDRESSES = sorted(set(addresses(get_resolver())))


def test_every_address_is_listed() -> None:
    assert set(ADDRESSES) - set(TABLE) == set(), "add them to tests/permissions/table.py"


def test_every_listed_address_exists() -> None:
    assert set(TABLE) - set(ADDRESSES) == set()


def outcome(client: Client, method: str, address: str) -> str:
    """`allowed` (be it to be told what is missing), `login`, `forbidden` or `no method`; else the status."""
    response: Any = client.generic(method, address)
    if response.streaming:
        b"".join(response.streaming_content)  # what is not read is not closed
    if response.status_code == 302 and (
        "/login/?next=" in response["Location"]
        or (address == reverse("admin:logout") and response["Location"] == reverse("admin:index"))
    ):
        return "login"
    names = {403: "forbidden", 404: "forbidden", 405: "no method"}
    return names.get(response.status_code) or (
        "allowed" if response.status_code <= 400 else str(response.status_code)
    )


def expected(rule: Rule, who: Who, method: str) -> set[str]:
    """The outcomes that are right. Who may not read at all may be told so before the method is looked at.

    OPTIONS is what a browser asks before it reads open data for the page of another site.
    """
    if method == "OPTIONS" and rule.read == EVERYONE:
        return {"allowed", "no method"}
    if method not in ("GET", "HEAD", "POST"):
        return {"no method"}
    allowed = rule.write if method == "POST" else rule.read
    if who in allowed:
        return {"allowed"}
    if rule.read == EVERYONE:
        return {"no method"}
    refused = {"forbidden"} if who in STAFF else {"login"}
    return refused if allowed else refused | {"no method"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ADDRESSES if name in TABLE])
def test_address_answers_only_whom_it_may(name: str, desk: Desk) -> None:
    """And nothing changes by being refused, or by reading."""
    rule = TABLE[name]
    address = reverse(name, args=rule.args(desk.world))
    found, changed = {}, set()
    for who in Who:
        with given_back():
            for method in sorted(METHODS, key="POST".__eq__):  # last, which may change something
                found[who, method] = outcome(desk.client(who), method, address)
                if method in ("DELETE", "OPTIONS") or (method == "POST" and who not in rule.write):
                    changed |= {(who, method)} if contents() != desk.before else set()
    wrong = {case: answer for case, answer in found.items() if answer not in expected(rule, *case)}
    assert wrong == {}
    assert changed == set() or name in WRITTEN_BY_READING
