"""The settings, and the environment that they are read from."""

import logging
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from registry.environment import Environment, read_dotenv
from registry.settings import LIMITS, env
from tests.processes import clean, python

READ = re.compile(r'(?:env\.(?:text|flag|number|words)|os\.environ\.get)\(\s*"([A-Z0-9_]+)"')


def test_example_names_every_variable_that_is_read() -> None:
    code = [
        "registry/settings.py",
        "registry/embedded/binaries.py",
        "gunicorn.conf.py",
    ]
    read = {name for path in code for name in READ.findall((settings.BASE_DIR / path).read_text())}
    assert set(read_dotenv(settings.BASE_DIR / ".env.example")) == read


NOT_FOR_PRODUCTION = {
    "ENV_FILE",
    "DEBUG",
    "TEST_DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_AS_OWNER",
    "PG_BIN",
    "CATALOG_SOURCES_DIR",
}


def test_production_is_given_every_setting_that_it_may_want() -> None:
    lines = (settings.BASE_DIR / "deploy/site.env").read_text("utf-8").splitlines()
    named = [line.removeprefix("#").partition("=") for line in lines if re.match(r"#?[A-Z0-9_]+=", line)]
    defaults = read_dotenv(settings.BASE_DIR / ".env.example")
    assert {name for name, _is, _value in named} == defaults.keys() - NOT_FOR_PRODUCTION
    assert {
        name: value
        for name, _is, value in named
        if f"#{name}={value}" in lines and value != defaults[name] and name != "TRUSTED_PROXIES"
    } == {}


ASK = "import registry.settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, s.CONN_MAX_AGE)"


def process(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, with these variables and no others of ours."""
    return subprocess.run(
        python("-c", code),
        env=clean(SECRET_KEY="") | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_refuses_to_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SECRET_KEY is not set" in process(ASK, DEBUG="0").stderr


@pytest.mark.parametrize(
    ("flags", "expected"), [({}, "False False"), ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, "True True")]
)
def test_other_names_are_bound_by_the_operator_alone(flags: dict[str, str], expected: str) -> None:
    code = "import registry.settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    assert process(code, SECRET_KEY="x" * 50, **flags).stdout == f"{expected}\n"


def test_production_is_closed_by_default() -> None:
    assert process(ASK, SECRET_KEY="x" * 50, DEBUG="").stdout == "__Host-session 63072000 600\n"


@pytest.mark.parametrize("url", ["sqlite:///x", "mysql://a/b", "nonsense", "postgresql://h:port/x"])
def test_only_postgresql_is_taken(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        LIMITS.database(url)


def test_url_may_name_a_socket_and_options() -> None:
    parsed = LIMITS.database("postgresql://me:p%40ss@%2Frun%2Fpg/baimo?sslmode=require")
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


def test_a_file_that_lies_there_for_production_too_turns_no_debug_on(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DEBUG=1\nSECRET_KEY=x\n")
    environment = Environment({}, file)
    assert (environment.flag("DEBUG", default=False), environment.passed_over) == (False, ["DEBUG"])


def test_the_env_that_is_made_holds_no_debug() -> None:
    recipe = (settings.BASE_DIR / "Makefile").read_text().split("\n.env:")[1].split("\n\n")[0]
    assert ("SECRET_KEY=" in recipe, "DEBUG" in recipe) == (True, False)


def test_debug_that_was_passed_over_is_said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "passed_over", ["DEBUG"])
    apps.get_app_config("registry").ready()
    assert [record.getMessage().split(",")[0] for record in caplog.records] == [".env holds DEBUG"]


@pytest.mark.parametrize(("debug", "said"), [("1", "DEBUG is on"), ("0", "")])
def test_a_web_server_is_refused_debug(debug: str, said: str) -> None:
    done = process("import registry.wsgi", SECRET_KEY="x" * 50, DEBUG=debug)
    assert (said in done.stderr, done.returncode) == (True, int(debug))
