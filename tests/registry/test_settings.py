"""The settings, and the environment that they are read from."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from registry.environment import Environment, read_dotenv
from registry.settings import database

READ = re.compile(r'(?:env\.(?:text|flag|number|words)|environ\.get)\(\s*"([A-Z0-9_]+)"')


def test_example_names_every_variable_that_is_read() -> None:
    code = ["registry/settings.py", "registry/embedded/binaries.py", "gunicorn.conf.py"]
    read = {name for path in code for name in READ.findall((settings.BASE_DIR / path).read_text())}
    assert set(read_dotenv(settings.BASE_DIR / ".env.example")) == read


def production(**variables: str) -> subprocess.CompletedProcess[str]:
    """Import the settings as a process of its own would, with these variables and no others of ours."""
    code = (
        "import registry.settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.CONN_MAX_AGE)"
    )
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "", **variables}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_refuses_to_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SECRET_KEY is not set" in production(DEBUG="0").stderr


def test_production_is_closed_by_default() -> None:
    assert production(SECRET_KEY="x" * 50, DEBUG="").stdout == "__Host-session 63072000 600\n"


@pytest.mark.parametrize("url", ["sqlite:///x", "mysql://a/b", "nonsense", "postgresql://h:port/x"])
def test_only_postgresql_is_taken(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        database(url)


def test_url_may_name_a_socket_and_options() -> None:
    parsed = database("postgresql://me:p%40ss@%2Frun%2Fpg/baimo?sslmode=require")
    found = (
        parsed["HOST"],
        parsed["PASSWORD"],
        parsed["OPTIONS"]["sslmode"],
        parsed["OPTIONS"]["connect_timeout"],
    )
    assert found == ("/run/pg", "p@ss", "require", 2)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("0", False), ("", True), (" ", True), (None, True)]
)
def test_flag_reads_yes_and_no(value: str | None, expected: bool) -> None:
    assert Environment({} if value is None else {"X": value}).flag("X", default=True) is expected


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_flag_refuses_anything_else(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write 1 or 0"):
        Environment({"X": value}).flag("X", default=True)


@pytest.mark.parametrize("value", ["-1", "1.5", "２", "many"])
def test_number_refuses_what_is_none(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        Environment({"X": value}).number("X", default=1)


def test_process_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\nX=file\nY='quoted = yes'\n")
    environment = Environment({"X": "process"}, file)
    assert (environment.text("X"), environment.text("Y")) == ("process", "quoted = yes")


def test_what_django_says_is_logged_once() -> None:
    assert (logging.getLogger("django").handlers, logging.getLogger("django").propagate) == ([], True)
