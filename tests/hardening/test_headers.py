"""What every answer carries, whatever kind of page it is, and what no answer does."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from models_catalog.catalog import home
from tests.hardening.site import PUBLIC, Site, body
from tests.permissions.table import NOBODY, TABLE

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "connect-src 'self'", "font-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
REQUIRED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
EMBEDDABLE = {"chart_embed"}
"""Pages that other sites may frame, and say so."""

TYPES = (
    "text/html; charset=utf-8", "text/csv; charset=utf-8", "text/plain; charset=utf-8", "application/json", "application/csvm+json", "text/markdown; charset=utf-8",
    "application/xml",
    "application/atom+xml; charset=utf-8", "application/rss+xml; charset=utf-8", "image/svg+xml", "image/png",
    "application/x-bibtex; charset=utf-8", "application/x-research-info-systems; charset=utf-8", "application/vnd.apache.parquet", "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip


def missing(response: Any) -> dict[str, str]:
    """The headers that an answer lacks or has otherwise, by name."""
    found = {name: response.headers.get(name, "") for name in REQUIRED}
    if response.headers.get("Access-Control-Allow-Origin") == "*":  # open data: other sites may read it
        found["Cross-Origin-Resource-Policy"] = found["Cross-Origin-Resource-Policy"].replace(
            "cross-", "same-"
        )
    wrong = {name: value for name, value in found.items() if value != REQUIRED[name]}
    policy = {one.strip() for one in response.headers.get("Content-Security-Policy", "").split(";")}
    return wrong if policy == POLICY else {**wrong, "Content-Security-Policy": str(policy ^ POLICY)}


def answers(site: Site) -> dict[str, Any]:
    """One answer of every kind: pages, files, redirects, refusals, errors."""
    client = Client(raise_request_exception=False)
    addresses = {name: site.path(name) for name in PUBLIC if name not in EMBEDDABLE}
    found = {name: client.get(path) for name, path in addresses.items()}
    found |= {f"HEAD {name}": client.head(path) for name, path in addresses.items()}
    found |= {
        "redirect to the slash": client.get("/about"),
        "redirect to the language": client.get("/en"),
        "not found": client.get("/nothing/"),
        "not found as json": client.get("/api/nothing"),
        "bad host": client.get("/about/", headers={"Host": "evil.example"}),
        "bad query": client.get("/models.csv?sectr=1"),
        "wrong method": client.post("/about/"),
        "static file": client.get("/static/css/base.css"),
        "static file not there": client.get("/static/nothing.css"),
        "login": client.get("/admin/login/"),
        "to the login": client.get("/admin/"),
        "no token": Client(enforce_csrf_checks=True).post("/language/"),
    }
    return found


def test_every_answer_carries_the_headers(site: Site) -> None:
    wrong = {name: gaps for name, response in answers(site).items() if (gaps := missing(response))}
    assert wrong == {}


def test_every_page_says_what_it_is(site: Site) -> None:
    client = Client()
    types = {name: client.get(site.path(name)).headers.get("Content-Type", "") for name in PUBLIC}
    assert {name: said for name, said in types.items() if said.partition("; version")[0] not in TYPES} == {}


def test_an_outage_carries_the_headers_and_says_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(home, "numbers", gone)
    response = client.get("/en/")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"], missing(response)) == (
        503,
        "5",
        "no-store",
        {},
    )


def test_a_mistake_of_ours_carries_the_headers_and_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(home, "numbers", broken)
    response = Client(raise_request_exception=False).get("/en/")
    assert (response.status_code, missing(response), b"secret" in response.content) == (500, {}, False)


def test_admin_pages_carry_the_headers(site: Site) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    pages = [name for name in TABLE if name.startswith("admin:") and name != "admin:logout"]
    found = {name: client.get(reverse(name, args=TABLE[name].args(site.world))) for name in pages}
    assert {name: gaps for name, response in found.items() if (gaps := missing(response))} == {}


def test_no_page_holds_an_inline_script_or_style(site: Site) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    paths = [site.path(name) for name in PUBLIC] + [
        reverse(name, args=TABLE[name].args(site.world))
        for name in TABLE
        if name.startswith("admin:") and name != "admin:logout"
    ]
    inline = re.compile(
        rb"<style\b|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>|\sstyle=\"|\son[a-z]+=\"|href=\"javascript:"
    )
    found = {}
    for path in paths:
        response = client.get(path)
        if response.headers.get("Content-Type", "").startswith("text/html") and (
            hit := inline.search(response.content)
        ):
            found[path] = response.content[max(0, hit.start() - 60) : hit.end() + 60]
    assert found == {}


# --- Methods -----------------------------------------------------------------------------------------------------------


def test_read_only_pages_refuse_every_other_method(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    read_only = [name for name in PUBLIC if TABLE[name].write == NOBODY]
    methods = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
    found = {
        (name, method): client.generic(method, site.path(name)).status_code
        for name in read_only
        for method in methods
    }
    # Without a token the form protection answers first; either way nothing is done.
    assert {case: status for case, status in found.items() if status not in (403, 405)} == {}


def test_read_only_pages_answer_post_with_405(site: Site) -> None:
    client = Client(raise_request_exception=False)
    found = {name: client.post(site.path(name)) for name in PUBLIC if TABLE[name].write == NOBODY}
    assert {
        name: response.status_code for name, response in found.items() if response.status_code != 405
    } == {}


def test_head_answers_like_get_without_a_body(site: Site) -> None:
    client = Client()
    wrong = {}
    for name in PUBLIC:
        get, head = client.get(site.path(name)), client.head(site.path(name))
        content = body(head)
        if (get.status_code, get.headers.get("Content-Type"), b"") != (
            head.status_code,
            head.headers.get("Content-Type"),
            content,
        ):
            wrong[name] = (head.status_code, len(content))
    assert wrong == {}


def test_options_tells_nothing(site: Site) -> None:
    client = Client(raise_request_exception=False)
    found = {name: client.options(site.path(name)).status_code for name in PUBLIC}
    assert {name: status for name, status in found.items() if status not in (200, 204, 405)} == {}


# --- Cookies and redirects ---------------------------------------------------------------------------------------------


def test_readers_get_no_cookie(site: Site) -> None:
    client = Client()
    pages = [name for name in PUBLIC if "language" not in name]
    given = {name: list(client.get(site.path(name)).cookies) for name in pages}
    # A page with a form that changes something (the choice of a language) may carry the token of forms.
    assert {
        name: cookies for name, cookies in given.items() if set(cookies) - {settings.CSRF_COOKIE_NAME}
    } == {}


AWAY = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "data:text/html,x", "/%09/evil.example", "\t//evil.example", "https:/evil.example", "//evil.example@testserver/",
    "/\t/evil.example", "https://testserver@evil.example/", "ftp://evil.example", " //evil.example", "/\n/evil.example", "//%5cevil.example",
    "..//evil.example", "?next=//evil.example",
]  # fmt: skip


def leaves(location: str) -> bool:
    """Whether a browser that follows `location` from this site may end up elsewhere."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    target = urlsplit(urljoin("http://testserver/admin/login/", read))
    return read.startswith("//") or (target.scheme, target.netloc) != ("http", "testserver")


@pytest.mark.parametrize("address", AWAY)
def test_choosing_a_language_stays_on_the_site(client: Client, address: str) -> None:
    response = client.post("/language/", {"language": "en", "next": address})
    assert (response.status_code, leaves(response["Location"])) == (303, False)


@pytest.mark.parametrize("address", AWAY)
def test_logging_in_stays_on_the_site(client: Client, address: str) -> None:
    User.objects.create_superuser("root", password="correct horse")
    response = client.post(
        "/admin/login/", {"username": "root", "password": "correct horse", "next": address}
    )
    assert (response.status_code, leaves(response["Location"])) == (302, False)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/about",
        "/\\evil.example/about",
        "//evil.example",
        "/en//evil.example",
        "///evil.example/about",
    ],
)
def test_the_redirect_to_a_slash_stays_on_the_site(client: Client, path: str) -> None:
    response = client.generic("GET", "/", PATH_INFO=path)
    assert not leaves(response.headers.get("Location", "/"))
