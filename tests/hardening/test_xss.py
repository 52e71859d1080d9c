"""Whatever stands in the columns, no page runs it, breaks its policy, or grows wider than a telephone."""

import os
from collections.abc import Iterator
from contextvars import copy_context
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from tests.hardening.poison import poisoned
from tests.hardening.site import ADMIN_LISTS, LONG, PUBLIC, Site, body
from tests.needs import BROWSER, CHROMIUM

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.browser,
    BROWSER.mark,
]

SEEDS = [
    "<script>ran('element')</script>", "\"><img src=x onerror=ran('image')>", "'><svg/onload=ran('svg')>", "</title></textarea></script><script>ran('end')</script>",
    "\" autofocus onfocus=ran('focus') x=\"", "' style=position:fixed;inset:0 onmouseover=ran('style') '", "javascript:ran('url')//",
    "<!--><script>ran('comment')</script>-->", "<iframe srcdoc='<script>parent.ran(1)</script>'>", "{{constructor.constructor('ran(1)')()}}",
    "\u202e\u2066gnp.exe\u2069\u200f\u061c", "文心一言大模型" * 20, "W" * 150, "👨‍👩‍👧‍👦🇨🇳" * 12, "Z\u0351\u0300\u0489a\u0361l\u035cg\u0328o" * 12,
    "]]></svg><style>@import'//evil.example'</style>", "&lt;script&gt;ran('twice')&lt;/script&gt;", "\u2028\u2029\ufeff${ran('template')}`",
]  # fmt: skip

WATCH = """
window.wrong = [];
window.ran = what => window.wrong.push('ran: ' + what);
document.addEventListener('securitypolicyviolation', e => window.wrong.push('violation: ' + e.effectiveDirective + ' ' + e.blockedURI));
"""
WIDTH = 360
WIDEST = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return '';
  const beyond = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
  return root.scrollWidth + ' px, by ' + beyond.slice(-4).map(e => e.outerHTML.slice(0, 120)).join(' | ');
}"""


# Playwright's own loop runs in this thread; the database is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def telephone(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser whose requests are answered by this process, so that it sees the rows of this test."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root"))
    ours = copy_context()  # with the connection of this test, which the browser's callbacks would not see

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.netloc != "testserver":
            route.abort()
            return
        response = ours.run(client.get, quote(url.path, safe="/%"), QUERY_STRING=url.query)
        route.fulfill(status=response.status_code, headers=dict(response.headers), body=body(response))

    window = browser.new_context(viewport={"width": WIDTH, "height": 800}, service_workers="block")
    window.add_init_script(WATCH)
    window.route("**/*", answer)
    opened = window.new_page()
    yield opened
    window.close()


def complaints(page: Page, path: str) -> list[str]:
    """What went wrong on a page: scripts that ran, broken policy, and a width beyond the screen."""
    page.goto(f"http://testserver{path}", wait_until="load")
    wrong: list[str] = page.evaluate("window.wrong")
    wide: str = page.evaluate(WIDEST)
    said = [*wrong, *([f"wider than the screen: {wide}"] if wide else [])]
    return [f"{path}: {one}" for one in said]


def pages(site: Site) -> Iterator[str]:
    for name in PUBLIC:
        if not site.path(name).rpartition("/")[2]:  # files are no pages
            yield site.path(name)
    yield f"/compare/?model={site.world.slugs['entry']}&model=pangu"
    yield f"/models/?q={quote(SEEDS[1][:90])}&developer={quote(SEEDS[0])}"
    yield "/models/?q=pangu"
    yield f"/{quote(SEEDS[0])}/"


@pytest.mark.parametrize("rotation", range(len(SEEDS) if LONG else 1))
def test_public_pages_run_nothing(site: Site, telephone: Page, rotation: int) -> None:
    with poisoned(SEEDS, rotation=rotation):
        found = [one for path in pages(site) for one in complaints(telephone, path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("rotation", range(len(SEEDS) if LONG else 1))
def test_admin_pages_run_nothing(site: Site, telephone: Page, rotation: int) -> None:
    ids: dict[str, Any] = site.world.ids
    paths = [reverse(name) for name in ADMIN_LISTS]
    paths += [reverse(f"admin:{table}_change", args=[pk]) for table, pk in ids.items()]
    with poisoned(SEEDS, rotation=rotation):
        found = [
            one
            for path in paths
            for one in complaints(telephone, path)
            if not one.count("wider than the screen")
        ]
    assert not found, "\n".join(found)


def test_a_script_that_does_run_would_be_seen(telephone: Page) -> None:
    telephone.goto("http://testserver/about/")
    telephone.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran(1)>')")
    telephone.wait_for_timeout(200)
    assert telephone.evaluate("window.wrong[0]").startswith("violation: script-src")
