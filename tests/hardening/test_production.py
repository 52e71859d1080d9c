"""The site under production settings: cookies, transport, and what an error shows. Asked of a process of its own."""

import json
import subprocess
from typing import Any

import pytest
from django.conf import settings

from tests.processes import clean, python
from tests.static import collected

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
client = Client(raise_request_exception=False)
def ask(path, method="get", **extra):
    answer = getattr(client, method)(path, secure=extra.pop("secure", True), headers={"Host": "example.org"}, **extra)
    cookies = {name: dict(one) for name, one in answer.cookies.items()}
    return {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
print(json.dumps({
    "language": ask("/language/", "post", data={"language": "en", "next": "/"}),
    "login": ask("/admin/login/"),
    "plain": ask("/about/?q=1", secure=False),
    "health": ask("/healthz", secure=False),
    "missing": ask("/nothing/"),
    "names": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE,
                settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN],
}))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The answers of a site without DEBUG and with HTTPS, which has no database at all."""
    environment = {
        "DEBUG": "0", "HTTPS": "1", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "example.org",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "DATABASE_POOL_SIZE": "0", "STATIC_ROOT": str(collected()),
        "DJANGO_SETTINGS_MODULE": "registry.settings", "PYTHONPATH": str(settings.BASE_DIR), "LOG_LEVEL": "CRITICAL",
    }  # fmt: skip

    def run(*arguments: str) -> str:
        done = subprocess.run(
            python(*arguments),
            env=clean(**environment),
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2_000:]
        return done.stdout

    answers: dict[str, Any] = json.loads(run("-c", ASK).splitlines()[-1])
    return answers


def test_cookies_cannot_be_set_by_a_neighbour(production: dict[str, Any]) -> None:
    assert production["names"] == ["__Host-session", "__Host-csrf"]


def test_the_session_cookie_is_closed(production: dict[str, Any]) -> None:
    assert production["session"] == [True, True, "Lax", "/", None]


@pytest.mark.parametrize(("page", "name"), [("language", "language"), ("login", "__Host-csrf")])
def test_cookies_are_closed(production: dict[str, Any], page: str, name: str) -> None:
    cookie = production[page]["cookies"][name]
    found = [cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain")]
    assert found == [True, True, "Lax", "/", ""]


def test_plain_http_is_sent_to_https(production: dict[str, Any]) -> None:
    answer = production["plain"]
    assert (answer["status"], answer["headers"]["Location"]) == (301, "https://example.org/about/?q=1")


def test_a_supervisor_needs_no_https(production: dict[str, Any]) -> None:
    assert production["health"]["status"] == 200


def test_browsers_are_told_to_stay_with_https(production: dict[str, Any]) -> None:
    said = production["login"]["headers"]["Strict-Transport-Security"]
    assert said == "max-age=63072000"  # of this name alone


def test_an_unknown_page_is_one_without_a_database_too(production: dict[str, Any]) -> None:
    assert production["missing"]["status"] in (404, 503)
