"""The registry on a socket, as browsers and other people's programs meet it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.publish.releases.freeze import make_release


@contextmanager
def served_registry(blocker: DjangoDbBlocker, then: Callable[[], object] = lambda: None) -> Iterator[str]:
    """Address of a running site with the registry and its release in it, and what `then` does afterwards.

    Loaded once for tests that only read: the rows are committed, and removed at the end.
    """
    with blocker.unblock():
        load_fixtures(settings.CATALOG_FIXTURES_DIR)
        make_release(day=date(2026, 11, 22))
        then()
        server = LiveServer("127.0.0.1")
        yield str(server.url)
        server.stop()
        empty_the_catalog()


def empty_the_catalog() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("models_catalog").get_models()]
    connection.ops.execute_sql_flush([f"TRUNCATE {', '.join(tables)} CASCADE"])
