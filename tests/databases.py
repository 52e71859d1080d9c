"""Databases beside that of the tests, for programs that a test starts."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings

from registry.embedded import SITE
from registry.embedded.server import ROLE, Server


@contextmanager
def empty_database(name: str, like: str = "") -> Iterator[str]:
    """Its owner's URL; it is dropped in the end. `like` names a database to copy, where the server has it."""
    server = Server(settings.BASE_DIR, hasty=True)
    host = server.use()
    with psycopg.connect(host=host, user=ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        has = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [like]).fetchone()
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like if has else 'template1'}")
        yield f"postgresql://{ROLE}@{host.replace('/', '%2F')}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.leave()


def two_roles(url: str) -> dict[str, str]:
    """What the environment says of a site with a role of its own in the database that `url` opens as the owner."""
    return {
        "DATABASE_URL": url.replace(f"//{ROLE}@", f"//{SITE}@"),
        "DATABASE_OWNER_URL": url,
        "SECRET_KEY": "x" * 50,
    }
