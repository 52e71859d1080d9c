"""Tests and checks learn nothing of the shell that they are called from, and wait for nothing without end."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.needs import Need, summary
from tests.processes import clean, python

CHECKOUT: Path = settings.BASE_DIR
STRANGE = {
    "DEBUG": "0",
    "DATABASE_URL": "x",
    "DJANGO_SETTINGS_MODULE": "x",
    "PYTHONPATH": "/x",
    "PYTHONUNBUFFERED": "1",
}


def alone(*arguments: str, **variables: str) -> dict[str, str]:
    """What a program sees of these variables."""
    command = [str(CHECKOUT / ".ci" / "alone"), *arguments, "env"]
    seen = subprocess.run(command, env=clean(**variables), capture_output=True, text=True, check=True).stdout
    return dict(line.split("=", 1) for line in seen.splitlines() if "=" in line)


@pytest.mark.parametrize("name", sorted(STRANGE))
def test_a_setting_of_the_caller_is_not_seen(name: str) -> None:
    assert name not in alone(**STRANGE)


@pytest.mark.parametrize(
    "name", ["PIP_INDEX_URL", "UV_CACHE_DIR", "https_proxy", "SSL_CERT_FILE", "TEST_DATABASE_URL"]
)
def test_what_a_machine_needs_is_seen_as_it_is(name: str) -> None:
    assert alone(**{name: "a 'b' $c"})[name] == "a 'b' $c"


def test_the_site_sees_its_settings_and_no_others() -> None:
    seen = alone("--site", **STRANGE)
    assert (set(STRANGE) & set(seen), seen["DATABASE_URL"]) == ({"DEBUG", "DATABASE_URL"}, "x")


def test_every_target_runs_alone() -> None:
    lines = (CHECKOUT / "Makefile").read_text().replace("\\\n", " ").splitlines()
    recipes = [line for line in lines if line.startswith("\t")]
    assert not [
        line
        for line in recipes
        if ".venv/bin/python" in line and not re.search(r"\.ci/alone|-x \.venv", line)
    ]


def code() -> Iterator[tuple[Path, str]]:
    for folder in ("tests", "bench"):
        for path in (CHECKOUT / folder).rglob("*.py"):
            if path != Path(__file__):
                yield path, path.read_text("utf-8")


def test_no_program_of_a_test_inherits_the_callers_environment() -> None:
    spread = re.compile(r"\*\*os\.environ\b|os\.environ \||os\.environ\.copy|in os\.environ\.items")
    assert {path.name for path, text in code() if spread.search(text)} <= {"suite.py", "wrk.py"}


def test_no_test_needs_a_program_that_a_machine_may_lack() -> None:
    named = re.compile(r"\[\s*\"(ps|pgrep|lsof|curl|wget|ss|nc)\"")
    found = {(path.name, match[1]) for path, text in code() for match in named.finditer(text)}
    assert found <= {("test_three_lines.py", "curl")}  # skipped without it


def test_measurements_start_without_a_setting_of_the_shell() -> None:
    command = python("-c", "import bench.__main__, bench.faults, bench.wrk")
    done = subprocess.run(command, cwd=CHECKOUT, env=clean(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_left_out_is_one_line_with_the_way_to_have_it() -> None:
    one, other = Need("A", False, "apt install a"), Need("B", False, "apt install b")
    reasons = [other.reason, f"Skipped: {one.reason}", f"Skipped: {one.reason}"]
    assert (
        summary(reasons)
        == "Left out: 3 tests; 2 for want of A (apt install a); 1 for want of B (apt install b)."
    )


def test_nothing_left_out_is_nothing_said() -> None:
    assert summary([]) == ""


def test_a_test_that_hangs_fails_under_its_name(pytestconfig: pytest.Config) -> None:
    first, second = float(pytestconfig.getini("timeout")), float(pytestconfig.getini("faulthandler_timeout"))
    assert 0 < first < second
    assert pytestconfig.getini("faulthandler_exit_on_timeout")
