"""The whole of production: gunicorn with its own configuration behind nginx with ours, over the database of the tests."""

import http.client
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from pytest_django.plugin import DjangoDbBlocker

from bench.site import Site
from tests.deploy.proxied import NAME, Answer, Front, nginx
from tests.factories import make_entry
from tests.imports.test_import_runs import url_of_test_database
from tests.needs import NGINX, OPENSSL
from tests.static import collected

pytestmark = [pytest.mark.server, NGINX.mark, OPENSSL.mark, pytest.mark.django_db(transaction=True)]
LOGIN = "/admin/login/"


@pytest.fixture(scope="module")
def front(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    with django_db_blocker.unblock():
        url = url_of_test_database()
    with _site(url) as port, nginx(tmp_path_factory.mktemp("nginx"), port) as front:
        yield front


@contextmanager
def _site(url: str) -> Iterator[int]:
    asked = {"HTTPS": "1", "BEHIND_PROXY": "1", "ALLOWED_HOSTS": f"{NAME},127.0.0.1"}
    site = Site(url, collected(), CSRF_TRUSTED_ORIGINS=f"https://{NAME}", **asked)
    site.start()
    try:
        yield site.port
    finally:
        site.stop()


def tried(front: Front, address: str, forged: str) -> Answer:
    """One log-in with a wrong password from an address of this machine, which says of itself that it is another."""
    page = _asked(front, address, "GET", "", {})
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.content)
    assert token
    body = urlencode(
        {"csrfmiddlewaretoken": token[1].decode(), "username": f"of {address}", "password": "wrong"}
    )
    cookies = {
        "Cookie": page.headers["set-cookie"].partition(";")[0],
        "Referer": f"https://{NAME}{LOGIN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _asked(front, address, "POST", body, {**cookies, "X-Forwarded-For": forged})


def _asked(front: Front, address: str, method: str, body: str, headers: dict[str, str]) -> Answer:
    context = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", front.port, timeout=60, context=context)
    plain = http.client.HTTPConnection("127.0.0.1", front.port, source_address=(address, 0))
    plain.connect()
    connection.sock = context.wrap_socket(plain.sock, server_hostname=NAME)
    connection.request(method, LOGIN, body, {"Host": NAME, **headers})
    return Answer.of(connection)


def test_a_guesser_waits_whatever_address_he_claims_and_others_do_not(front: Front) -> None:
    answers = [tried(front, "127.0.0.1", f"9.9.9.{n}") for n in range(7)]
    assert [one.status for one in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 60
    assert tried(front, "127.0.0.2", "127.0.0.1").status == 200


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/models.csv", True), ("/feeds/changes.atom", True), ("/models/", False), ("/admin/login/", False),
     ("/readyz", False), ("/robots.txt", False), ("/no-such.csv", False)],
)  # fmt: skip
def test_what_the_site_lets_be_kept_is_kept_and_nothing_else(front: Front, path: str, kept: bool) -> None:
    make_entry("文心一言")
    found = [front.ask(path, Accept_Language="en").headers.get("x-cache") for _ in range(2)]
    assert (found[-1] == "HIT") is kept


def test_each_language_is_kept_for_itself(front: Front) -> None:
    feeds = [front.ask("/feeds/changes.atom", Accept_Language=one) for one in ("en", "zh", "en", "zh")]
    assert [("Baimo: what changes" in one.content.decode()) for one in feeds] == [True, False, True, False]


@pytest.mark.parametrize(("size", "status"), [(60_000, 400), (100_000, 413), (5_300_000, 413)])
def test_what_is_too_large_is_refused_in_time(front: Front, size: int, status: int) -> None:
    assert front.ask("/language/", "POST", b"x" * size).status == status


def test_the_site_is_alive_and_ready_and_knows_its_name(front: Front) -> None:
    assert [front.ask(path).status for path in ("/healthz", "/readyz")] == [200, 200]
    feed = front.ask("/feeds/changes.atom", X_Forwarded_Host="forged.example").content.decode()
    assert (f'href="https://{NAME}/' in feed, "forged" in feed) == (True, False)


def test_pages_say_what_production_has_to_say(front: Front) -> None:
    page, login = front.ask("/en/about/"), front.ask(LOGIN)
    assert page.headers["strict-transport-security"] == "max-age=63072000"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert re.fullmatch(r"__Host-csrf=.*; HttpOnly;.*; Secure", login.headers["set-cookie"])
