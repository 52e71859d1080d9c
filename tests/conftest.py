"""What every test gets: no way out of this machine, the site's language, and a database that goes away."""

import gc
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered
from django.utils import translation
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.limits.door import door
from models_catalog.models import Entry
from tests.factories import make_entry
from tests.migrated import Migrated
from tests.needs import summary
from tests.once import once
from tests.order import in_order

# A slow moment of a shared machine is no finding of a property test.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

GUARDS = """
SELECT tgrelid::regclass, tgname, CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END FROM pg_trigger
WHERE tgname IN ('no_truncate', 'no_silent_truncate')
"""
"""What refuses that a table be emptied, and how it is enabled."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_order(items)


def pytest_collection_finish() -> None:
    """Leave all that is loaded by now out of each later search for garbage, as gunicorn does: a tenth of a run's time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let all of it be cleared away at the end, else a library counts what it finds left as leaks."""
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with one line on what this machine lacks."""
    skipped = terminalreporter.getreports("skipped")
    if said := summary(report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)):
        terminalreporter.write_line(said)


LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str | bytes) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise ConnectionError(f"A test tried to reach {address!r}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _site_language() -> None:
    """Begin in the site's own language, whatever the request of an earlier test left active."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _open_door() -> None:
    """Let nobody wait for what an earlier test tried at the log-in."""
    door.open()


@pytest.fixture(scope="session", autouse=True)
def _contexts() -> Iterator[None]:
    """Let the test client see what a page of Jinja's is given, as it does of Django's own templates."""
    render = Template.render

    def told(self: Template, context: dict[str, Any] | None = None, request: Any = None) -> str:
        template_rendered.send(sender=self, template=self, context=dict(context or {}))
        return render(self, context, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", told)
        yield


ROLES = re.compile(r'"(?:auth_group|auth_group_permissions|auth_permission|django_content_type)"(?:, ?)?')
"""Tables that migrations fill: without them the tests behind one with real transactions would have no roles."""


def _without_roles(statement: str) -> str:
    return re.sub(r",\s*;", ";", ROLES.sub("", statement)) if statement.startswith("TRUNCATE") else statement


@pytest.fixture(scope="session", autouse=True)
def _history_may_be_flushed() -> Iterator[None]:
    """Let Django empty all tables after a test with real transactions, as only the owner of the tables can."""
    flush = DatabaseOperations.execute_sql_flush

    def unguarded(self: DatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(GUARDS)
            guards = cursor.fetchall()
        lift = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name, _how in guards]
        guard = [f"ALTER TABLE {table} ENABLE {how} TRIGGER {name}" for table, name, how in guards]
        flush(self, [*lift, *map(_without_roles, statements), *guard])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", unguarded)
        yield


curated_registry = once(lambda: load_fixtures(django_settings.CATALOG_FIXTURES_DIR))
"""The registry of our fixtures, for tests with a database."""


shared_entry = once(lambda: make_entry("轩辕", developers=["度小满"], parameters="千亿级"))
"""An entry with a developer and a size."""


@pytest.fixture
def entry(shared_entry: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_entry.pk)


@pytest.fixture(scope="session")
def migrated() -> Migrated:
    """The migrated database that is copied."""
    return Migrated()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, migrated: Migrated, django_db_blocker: DjangoDbBlocker
) -> None:
    """Before the test database is made, see whether it can be copied."""
    with django_db_blocker.unblock():
        migrated.begin()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, migrated: Migrated, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Once the test database is made, keep a copy. Before it is dropped, end the connections that a browser's broken-off requests left open."""
    with django_db_blocker.unblock():
        migrated.end()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
