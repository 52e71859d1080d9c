"""Commands on a database that an older version made, before the site had a role of its own in it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from registry import commands
from registry.health import TOO_OLD
from tests.databases import empty_database, two_roles
from tests.processes import clean, manage

OLD = "CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)"


@pytest.fixture(scope="module")
def old() -> Iterator[str]:
    with empty_database(f"old_{os.getpid()}") as url:
        with psycopg.connect(url) as connection:
            connection.execute(OLD)
        yield url


def run(url: str, *command: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        manage(*command), env=clean(**two_roles(url)), input=said, capture_output=True, text=True, check=False
    )


@pytest.mark.server
@pytest.mark.parametrize(
    "command",
    [
        "makemigrations --check --dry-run",
        "showmigrations models_catalog",
        "check",
        "check --database default",
    ],
)
def test_what_asks_for_its_state_or_nothing_works(old: str, command: str) -> None:
    done = run(old, *command.split())
    assert (done.returncode, done.stderr) == (0, "")


QUERY = "from models_catalog.models import Entry; Entry.objects.count()"


@pytest.mark.server
@pytest.mark.parametrize(
    "command",
    [["load_registry"], ["load_registry", "--if-possible"], ["clearsessions"], ["shell", "-c", QUERY]],
)
def test_what_needs_its_tables_says_which_command_comes_first(old: str, command: list[str]) -> None:
    done = run(old, *command)
    assert done.returncode == 1
    assert done.stderr == (
        "The database is older than the code: the role that serves has no rights in it. "
        "`manage.py migrate` or `make run` brings it up to date.\n"
    )


@pytest.mark.server
@pytest.mark.parametrize("command", ["migrate", "showmigrations"])
def test_a_database_within_the_squashed_migrations_is_led_to_their_last_commit(command: str) -> None:
    with empty_database(f"between_{os.getpid()}") as url:
        with psycopg.connect(url) as connection:
            connection.execute(OLD)
            connection.execute(
                "INSERT INTO django_migrations VALUES (1, 'models_catalog', '0001_registry', now())"
            )
        done = run(url, command)
    assert (done.returncode, done.stderr) == (1, f"{TOO_OLD}\n")


def test_other_errors_keep_their_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("no database's fault")
    except KeyError as error:
        commands.explain(KeyError, error, error.__traceback__)
    assert "Traceback" in capsys.readouterr().err


def test_the_prompt_asks_the_same_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    commands.prepare("shell")
    assert (sys.excepthook, "DATABASE_AS_OWNER" in os.environ) == (commands.explain, False)
