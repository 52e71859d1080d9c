"""The site with its real data, in the system's Chromium."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.publish.releases.freeze import make_release
from tests.needs import BROWSER, CHROMIUM

# Playwright's own loop runs in this thread; the database is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=20_000)  # ms: a busy machine is no finding


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)  # so that there is a database
            item.add_marker(BROWSER.mark)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site, with the registry in it: loaded once, since these tests only read."""
    with django_db_blocker.unblock():
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
        make_release(day=date(2026, 11, 22))
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        _empty_the_catalog()


def _empty_the_catalog() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("models_catalog").get_models()]
    connection.ops.execute_sql_flush([f"TRUNCATE {', '.join(tables)} CASCADE"])


class Complaints(list[str]):
    """What the browser complained of: refused by the policy, failed to load, raised an error."""


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


DESK: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """The tab of a file's tests: opening one for each takes half a second of the processor."""
    context = browser.new_context(base_url=site, locale="en-GB", viewport=DESK, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, complaints: Complaints) -> Iterator[Page]:
    """An empty tab that remembers nothing of the test before. A test with `add_init_script` needs one of its own."""
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: complaints.append(str(error)),
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    yield tab
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    forget(tab)


def forget(tab: Page) -> None:
    """Clear what a test can leave behind in its tab."""
    for other in tab.context.pages:
        if other != tab:
            other.close()
    tab.unroute_all(behavior="ignoreErrors")
    tab.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.context.clear_permissions()
    tab.emulate_media(media="null", color_scheme="light", forced_colors="null", reduced_motion="reduce")
    tab.set_viewport_size(DESK)


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser without script."""
    context: BrowserContext = browser.new_context(base_url=site, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()
