"""Every address answers the second and the third time as it did the first: from the page cache, or made again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.history import changes
from models_catalog.pages.http import sharing
from tests.hardening.site import body
from tests.permissions.desk import Desk
from tests.permissions.table import EVERYONE, TABLE, Who
from tests.permissions.test_permissions import WRITTEN_BY_READING

pytestmark = pytest.mark.django_db

TIMES = 3
OPEN = sorted(name for name in TABLE if TABLE[name].read == EVERYONE and name != "admin:login")
CLOSED = sorted(set(TABLE) - set(OPEN) - WRITTEN_BY_READING - {"admin:logout"})
"""Pages of the desk, each with a token that is masked anew: their headers are the same."""


@pytest.fixture(autouse=True)
def _keeping(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGES_IN_MEMORY_BYTES = 10_000_000
    # What happened before the test is long ago: no answer waits for it while the test runs.
    monkeypatch.setattr(changes, "SETTLING", timedelta(0))
    monkeypatch.setattr(sharing, "SETTLED", timedelta(0))


def addresses(desk: Desk, name: str) -> list[str]:
    """The address in both languages; a chart's page also as it is put into pages elsewhere."""
    path = reverse(name, args=TABLE[name].args(desk.world))
    queries = ["", "?embed=1"] if name == "chart" else [""]
    return [f"{prefix}{path}{query}" for prefix in ("/zh", "/en") for query in queries]


def answer(client: Client, address: str) -> tuple[int, list[tuple[str, str]], bytes]:
    response: Any = client.get(address)
    return response.status_code, sorted(response.headers.items()), body(response)


@pytest.mark.parametrize("name", OPEN)
def test_it_answers_the_same_every_time(desk: Desk, name: str) -> None:
    client = desk.client(Who.ANONYMOUS)
    for address in addresses(desk, name):
        first, *later = [answer(client, address) for _time in range(TIMES)]
        assert [*map(_told, later)] == [_told(first)] * (TIMES - 1), address
        # A form's token is masked anew, a spreadsheet notes when it was written.
        if b"csrf" not in first[2] and not first[2].startswith(b"PK"):
            assert [found[2] == first[2] for found in later] == [True] * (TIMES - 1), address


@pytest.mark.parametrize("name", OPEN)
def test_a_304_says_nothing_else_than_the_answer(desk: Desk, name: str) -> None:
    """A browser puts its headers in place of those that it keeps: a frame's exception, for one, would be gone."""
    client = desk.client(Who.ANONYMOUS)
    for address in addresses(desk, name):
        first: Any = client.get(address)
        body(first)
        if known := first.headers.get("ETag"):
            again = client.get(address, headers={"if-none-match": known})
            told = {*again.headers.items()} - {*first.headers.items()}
            assert (again.status_code, {name for name, _value in told} - {"Content-Length", "Vary"}) == (
                304,
                set(),
            )


@pytest.mark.parametrize("name", CLOSED)
def test_a_page_of_the_desk_has_the_same_headers_every_time(desk: Desk, name: str) -> None:
    client = desk.client(Who.SUPERUSER)
    for address in addresses(desk, name):
        first, *later = [_told(answer(client, address)) for _time in range(TIMES)]
        assert later == [first] * (TIMES - 1), address


def _told(found: tuple[int, list[tuple[str, str]], bytes]) -> tuple[int, list[tuple[str, str]]]:
    """Status and headers, but for the moment itself: in what is packed, and in what nobody may keep."""
    status, headers, content = found
    moments = {"Content-Length"} if content.startswith(b"PK") else set()
    if "no-store" in dict(headers).get("Cache-Control", ""):
        moments |= {"Expires"}
    return status, [one for one in headers if one[0] not in moments]
