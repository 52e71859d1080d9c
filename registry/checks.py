"""System checks: of each PostgreSQL server, before migrations; of production's settings, with `check --deploy`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import OperationalError, connections

from registry.environment import read_dotenv
from registry.grants import may_forge
from registry.health import why_not_ready

OLDEST = 15
THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


@register(Tags.database)
def database_is_fit(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Errors for a server that is too old, or a database whose character type is not Unicode."""
    return [error for alias in databases or [] for error in _errors(alias)]


@register(Tags.security, deploy=True)
def settings_are_for_production(**_: Any) -> list[CheckMessage]:
    """What production's environment lacks, or what is unsafe in it, in addition to Django's own checks."""
    return [*_of_addresses(), *_of_the_environment()]


def _of_addresses() -> Iterator[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS lets the site be called by any name: write its names.", id="registry.E004")
    elif not set(settings.ALLOWED_HOSTS) - THIS_MACHINE:
        yield Error(
            "ALLOWED_HOSTS names this machine alone: add the names under which readers come.",
            id="registry.E005",
        )
    if not settings.HTTPS:
        yield Error(
            "HTTPS is 0: passwords and sessions travel in the clear. Set HTTPS=1.", id="registry.E012"
        )
    elif not settings.BEHIND_PROXY:
        yield Error(
            "BEHIND_PROXY is 0: the site does not see that nginx ends TLS, and sends every reader in a circle.",
            hint="BEHIND_PROXY=1, with deploy/nginx.conf before the site.",
            id="registry.E006",
        )


def _of_the_environment() -> Iterator[CheckMessage]:
    if not settings.DATABASE_URL:
        yield Error(
            "DATABASE_URL is not set: the site would make a PostgreSQL of its own, which is for trying it out.",
            id="registry.E007",
        )
    if read_dotenv(settings.ENV_FILE).get("DATABASE_OWNER_URL"):
        yield Warning(
            f"{settings.ENV_FILE} names the database's owner: whoever breaks into the site could rewrite history.",
            hint="Move DATABASE_OWNER_URL to owner.env, which the service does not read.",
            id="registry.W002",
        )
    if not settings.REQUIRE_2FA:
        yield Info("REQUIRE_2FA is 0: a password alone opens the curation site.", id="registry.I001")


@register(Tags.database, deploy=True)
def site_can_be_served(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What must be made before the site is started: files, tables, somebody who may log in."""
    if "default" not in (databases or []):
        return []
    return [*_of_files(), *([] if _silence("default") else _of_what_is_in_it())]


def _of_files() -> Iterator[CheckMessage]:
    if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        yield Error("The static files are not collected: run `manage.py collectstatic`.", id="registry.E008")
    for source in Path(settings.LOCALE_PATHS[0]).rglob("*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            yield Error(
                f"{made.name} of {made.parts[-3]} is missing or old: compile the translations (deploy/install does).",
                id="registry.E009",
            )


def _of_what_is_in_it() -> Iterator[CheckMessage]:
    if why := why_not_ready():
        yield Error(why, hint="Run deploy/install while the site is stopped.", id="registry.E010")
    elif not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        yield Warning("Nobody may log in: run `manage.py createsuperuser`.", id="registry.W003")


@register(Tags.database)
def history_is_safe(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning if the role that serves could write history itself, as in a database with a single role."""
    if (
        settings.TESTING
        or settings.DATABASE_AS_OWNER
        or "default" not in (databases or [])
        or _silence("default")
        or not may_forge("default")
    ):
        return []
    return [
        Warning(
            "The role that the site serves with owns the history, and could forge it.",
            hint="Make two roles with deploy/roles.sql, set DATABASE_OWNER_URL for the commands, and migrate "
            "(docs/operations.md, “Two roles”).",
            id="registry.W001",
        )
    ]


def _errors(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return [Error("The site runs on PostgreSQL and nothing else.", id="registry.E001")]
    if why := _silence(alias):
        return [Error(f"The database does not answer ({why}).", id="registry.E011")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, datctype, pg_encoding_to_char(encoding) "
            "FROM pg_database WHERE datname = current_database()"
        )
        major, ctype, encoding = cursor.fetchone()
    return list(complaints(major, ctype, encoding))


def _silence(alias: str) -> str:
    """Why the database does not answer; "" if it does."""
    try:
        connections[alias].ensure_connection()
    except OperationalError as error:
        return str(error).strip().split("\n")[0]
    return ""


def complaints(major: int, ctype: str, encoding: str) -> list[CheckMessage]:
    """Errors for a database of this major version, LC_CTYPE and encoding."""
    found: list[CheckMessage] = []
    if major < OLDEST:
        found.append(
            Error(f"PostgreSQL {major} is too old: {OLDEST} or later is needed.", id="registry.E002")
        )
    if ctype in {"C", "POSIX"} or encoding != "UTF8":
        found.append(
            Error(
                f"The database has LC_CTYPE {ctype} and encoding {encoding}, in which a search in Chinese finds nothing.",
                hint="Make another: CREATE DATABASE baimo TEMPLATE template0 ENCODING 'UTF8' "
                "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';",
                id="registry.E003",
            )
        )
    return found
