"""Parts of a release's file: what a broken download takes up again."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from models_catalog.models import Release
from models_catalog.publish.releases.freeze import make_release
from tests.factories import make_entry
from tests.once import once

pytestmark = pytest.mark.django_db


def _make_release() -> Release:
    make_entry(parameters="2600亿")
    return make_release(day=date(2026, 11, 22))


shared_release = once(_make_release)


@pytest.fixture
def release(shared_release: Release, db: None) -> Release:
    return Release.objects.get(pk=shared_release.pk)


def get(client: Client, release: Release, **headers: str) -> Any:
    return client.get(f"{release.get_absolute_url()}{release.file_name}", headers=headers)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("Bytes= 10-19 ", 10, 19),
        ("bytes=10-", 10, None),
        ("bytes=10-999999999999999999", 10, None),
        ("bytes=-7", -7, None),
        ("bytes=-999999999", 0, None),
    ],
)
def test_one_range_is_cut_out(
    client: Client, release: Release, asked: str, first: int, last: int | None
) -> None:
    whole = bytes(release.package)
    response = get(client, release, range=asked)
    start, end = first % len(whole), len(whole) - 1 if last is None else last
    assert (response.status_code, response.content) == (206, whole[start : end + 1])
    assert response["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    assert (response["Content-Type"], response["ETag"]) == ("application/zip", f'"{release.sha256}"')


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-3", "lines=0-3", "bytes=0-1,5-6", "bytes=0-1,", "bytes=+1-2",
     "bytes=" + "9" * 5_000 + "-", "bytes=0-" + ",0-" * 5_000, "bytes=٣-٤"],
)  # fmt: skip
def test_what_is_not_one_range_gets_the_whole(client: Client, release: Release, asked: str) -> None:
    response = get(client, release, range=asked)
    assert (response.status_code, response["Accept-Ranges"]) == (200, "bytes")
    assert sha256(response.content).hexdigest() == release.sha256


@pytest.mark.parametrize("asked", ["bytes={size}-", "bytes={size}-{size}", "bytes=999999999999-", "bytes=-0"])
def test_a_range_past_the_end_cannot_be_satisfied(client: Client, release: Release, asked: str) -> None:
    response = get(client, release, range=asked.format(size=release.size))
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{release.size}")
    assert (response["Content-Type"], response.get("ETag")) == ("text/plain; charset=utf-8", None)


@pytest.mark.parametrize(
    ("condition", "status"),
    [('"{sha256}"', 206), ("{date}", 206), ('"other"', 200), ('W/"{sha256}"', 200), ("{tomorrow}", 200), ("*", 200)],
)  # fmt: skip
def test_a_part_is_given_only_of_the_bytes_that_are_had(
    client: Client, release: Release, condition: str, status: int
) -> None:
    made = release.created_at.timestamp()
    known = condition.format(sha256=release.sha256, date=http_date(made), tomorrow=http_date(made + 86_400))
    assert get(client, release, range="bytes=3-", if_range=known).status_code == status


def test_who_has_the_whole_gets_no_part(client: Client, release: Release) -> None:
    known = f'"{release.sha256}"'
    assert get(client, release, range="bytes=0-3", if_none_match=known).status_code == 304


def test_head_is_of_the_whole(client: Client, release: Release) -> None:
    path = f"{release.get_absolute_url()}{release.file_name}"
    response = client.head(path, headers={"range": "bytes=0-3"})
    assert (response.status_code, response["Content-Length"], response["Accept-Ranges"]) == (
        200,
        str(release.size),
        "bytes",
    )


def test_parts_make_the_whole(client: Client, release: Release) -> None:
    size = release.size // 3
    parts = [get(client, release, range=f"bytes={at}-{at + size - 1}") for at in range(0, release.size, size)]
    assert sha256(b"".join(part.content for part in parts)).hexdigest() == release.sha256


@pytest.mark.parametrize("path", ["/data/baimo.zip", "/models.csv", "/releases/1/SHA256SUMS"])
def test_what_may_change_promises_no_parts(client: Client, path: str) -> None:
    _make_release()  # whose connection may be closed
    response: Any = client.get(path, headers={"range": "bytes=0-3"})
    response.close()
    assert (response.status_code, response.get("Accept-Ranges")) == (200, None)
