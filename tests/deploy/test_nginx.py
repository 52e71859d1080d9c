"""The proxy of `deploy/nginx.conf`, for real: it takes requests whole, keeps what may be kept, and tells the site who asks."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.deploy.proxied import FILE, NAME, Behind, Front, behind, nginx
from tests.needs import NGINX, OPENSSL

pytestmark = [pytest.mark.server, NGINX.mark, OPENSSL.mark]
PUBLIC = "public, max-age=300"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Front, Behind]]:
    told = Behind()
    with behind(told) as port, nginx(tmp_path_factory.mktemp("nginx"), port) as front:
        yield front, told


@pytest.fixture
def front(both: tuple[Front, Behind]) -> Front:
    return both[0]


@pytest.fixture
def site(both: tuple[Front, Behind]) -> Behind:
    both[1].headers, both[1].content = {}, b"made"
    both[1].asked.clear()
    return both[1]


def test_the_site_is_told_who_asks_by_the_proxy_alone(front: Front, site: Behind) -> None:
    front.ask(
        "/zh/",
        X_Forwarded_For="6.6.6.6",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="forged",
        Forwarded="for=6.6.6.6",
    )
    (_path, headers, _length) = site.asked[0]
    told = [
        headers.get(name)
        for name in ("host", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded")
    ]
    assert told == [NAME, "127.0.0.1", "https", None, None]


@pytest.mark.parametrize("header", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER"])
def test_names_that_a_server_might_believe_do_not_pass(front: Front, site: Behind, header: str) -> None:
    with front.tls(NAME) as connection:
        connection.sendall(
            f"GET /zh/ HTTP/1.1\r\nHost: {NAME}\r\n{header}: x\r\nConnection: close\r\n\r\n".encode()
        )
        assert connection.recv(1_000).startswith(b"HTTP/1.1 200")
    assert header.lower() not in site.asked[0][1]


def test_the_site_hears_of_no_request_before_all_of_it_is_there(front: Front, site: Behind) -> None:
    with front.tls(NAME) as slow:
        slow.sendall(f"POST /language/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 6\r\n\r\nabc".encode())
        assert front.ask("/zh/").status == 200
        assert [path for path, _headers, _length in site.asked] == ["/zh/"]
        slow.sendall(b"def")
        assert slow.recv(1_000).startswith(b"HTTP/1.1 200")
    assert [(path, length) for path, _headers, length in site.asked][1:] == [("/language/", 6)]


def test_clients_who_are_slow_never_reach_the_site(front: Front, site: Behind) -> None:
    held = [socket.create_connection(("127.0.0.1", front.port)) for _ in range(300)]
    assert (front.ask("/zh/").status, len(site.asked)) == (200, 1)
    for connection in held:
        connection.close()


def test_an_answer_is_taken_whole_from_the_site_before_a_slow_reader_has_it(
    front: Front, site: Behind
) -> None:
    site.content = b"x" * 8_000_000
    with front.tls(NAME) as slow:
        slow.sendall(f"GET /zh/ HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        slow.recv(10)  # and no more, for now
        assert front.ask("/en/").content == site.content


@pytest.mark.parametrize(("size", "status"), [(4_200_000, 200), (5_300_000, 413)])
def test_a_table_may_be_as_large_as_the_site_takes_and_no_larger(
    front: Front, site: Behind, size: int, status: int
) -> None:
    assert front.ask("/admin/models_catalog/importbatch/add/", "POST", b"x" * size).status == status
    assert [length for _path, _headers, length in site.asked] == ([size] if status == 200 else [])


@pytest.mark.parametrize(
    ("headers", "path", "times"),
    [({"Cache-Control": PUBLIC}, "/kept.csv", 1), ({}, "/unsaid.csv", 2), ({"Cache-Control": "no-cache"}, "/asked.csv", 2),
     ({"Cache-Control": "private, max-age=300"}, "/private.csv", 2), ({"Cache-Control": "no-store"}, "/secret.csv", 2),
     ({"Cache-Control": PUBLIC, "Set-Cookie": "a=b"}, "/cookie.csv", 2), ({"Cache-Control": PUBLIC}, "/zh/", 2)],
)  # fmt: skip
def test_only_what_the_site_lets_be_kept_is_kept(
    front: Front, site: Behind, headers: dict[str, str], path: str, times: int
) -> None:
    site.headers = headers
    assert [front.ask(path).content for _ in range(2)] == [b"made", b"made"]
    assert len(site.asked) == times


def test_each_form_that_vary_names_is_kept_apart(front: Front, site: Behind) -> None:
    site.headers = {"Cache-Control": PUBLIC, "Vary": "Accept-Language"}
    for language in ("zh", "en", "zh", "en"):
        front.ask("/varied.csv", Accept_Language=language)
    assert [headers["accept-language"] for _path, headers, _length in site.asked] == ["zh", "en"]


def test_whoever_has_an_answer_asks_the_site_whether_it_holds(front: Front, site: Behind) -> None:
    site.headers = {"Cache-Control": "no-cache", "ETag": '"1"'}
    assert front.ask("/tagged.csv", If_None_Match='"1"').status == 304
    assert front.ask("/tagged.csv", If_None_Match='"2"').status == 200
    assert front.ask("/tagged.csv").headers["etag"] == '"1"'


def test_headers_of_the_site_pass_as_they_are(front: Front, site: Behind) -> None:
    said = {
        "Content-Security-Policy": "default-src 'none'",
        "Strict-Transport-Security": "max-age=1",
        "ETag": 'W/"x"',
        "Vary": "Cookie",
    }
    site.headers = said
    for path in ("/zh/", "/headers.csv"):
        found = front.ask(path).headers
        assert {name: found[name.lower()] for name in said} == said


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/zh/admin/login/", "/en/admin/password_change/", "/zh/models/pangu/report/"]
)
def test_a_flood_of_forms_is_told_to_come_back(front: Front, site: Behind, path: str) -> None:
    answers = [front.ask(path, "POST", b"a=b") for _ in range(40)]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    assert {(answer.headers["retry-after"], answer.headers["cache-control"]) for answer in refused} == {
        ("60", "no-store")
    }
    assert front.ask(path).status == 200  # whoever only looks is not counted


def test_plain_http_is_led_to_https(front: Front) -> None:
    answer = front.ask_plainly("/zh/?q=1", NAME)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/zh/?q=1")


def test_a_name_that_is_not_ours_reaches_no_site(front: Front, site: Behind) -> None:
    with pytest.raises(ConnectionError):
        front.ask_plainly("/", "evil.example")
    with pytest.raises(OSError, match=r"(?i)unrecognized|alert"):
        front.tls("evil.example")
    assert site.asked == []


@pytest.mark.django_db(transaction=True)
def test_the_site_behind_it_knows_that_it_is_reached_safely(settings: Any, tmp_path: Path) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    settings.SECURE_HSTS_SECONDS, settings.ALLOWED_HOSTS = 60, [NAME]
    server = LiveServer("127.0.0.1")
    with nginx(tmp_path, int(server.url.rpartition(":")[2])) as front:
        page, file = front.ask("/zh/about/"), front.ask("/models.csv")
    server.stop()
    assert (page.status, page.headers["strict-transport-security"], file.status) == (200, "max-age=60", 200)
    assert "百模图鉴" in page.content.decode()


def test_the_file_says_what_is_to_be_changed() -> None:
    assert FILE.read_text("utf-8").count("# HERE") == 2
