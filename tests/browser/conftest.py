"""The site with its real data, in the system's Chromium."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.publish.releases.freeze import make_release
from tests.needs import BROWSER, CHROMIUM

# Playwright's own loop runs in this thread; the database is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


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


@pytest.fixture
def page(browser: Browser, site: str, complaints: Complaints) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, locale="en-GB", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser without script."""
    context: BrowserContext = browser.new_context(base_url=site, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()
