"""The site with its real data, in the system's Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.needs import BROWSER, CHROMIUM
from tests.served import served_registry

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
    with served_registry(django_db_blocker) as address:
        yield address


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
