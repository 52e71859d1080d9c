"""What a PostgreSQL server and the settings of production must be."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from registry.checks import complaints, database_is_fit, settings_are_for_production, site_can_be_served
from tests.processes import clean, manage


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ((15, "C.UTF-8", "UTF8"), []),
        ((18, "zh_CN.UTF-8", "UTF8"), []),
        ((14, "C.UTF-8", "UTF8"), ["registry.E002"]),
        ((15, "C", "UTF8"), ["registry.E003"]),
        ((15, "POSIX", "SQL_ASCII"), ["registry.E003"]),
        ((18, "zh_CN.GBK", "EUC_CN"), ["registry.E003"]),
    ],
)
def test_unfit_servers_are_refused(server: tuple[int, str, str], expected: list[str]) -> None:
    assert [error.id for error in complaints(*server)] == expected


@pytest.mark.django_db
def test_the_server_of_the_tests_is_fit() -> None:
    assert database_is_fit(["default"]) == []


GOOD = {
    "ALLOWED_HOSTS": ["example.org", "127.0.0.1"],
    "HTTPS": True,
    "BEHIND_PROXY": True,
    "DATABASE_URL": "x",
    "REQUIRE_2FA": True,
}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, []),
        ({"ALLOWED_HOSTS": ["*"]}, ["registry.E004"]),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, ["registry.E005"]),
        ({"HTTPS": False}, ["registry.E012"]),
        ({"BEHIND_PROXY": False}, ["registry.E006"]),
        ({"DATABASE_URL": ""}, ["registry.E007"]),
        ({"REQUIRE_2FA": False}, ["registry.I001"]),
    ],
    ids=str,
)
def test_what_production_lacks_is_said(
    settings: Any, tmp_path: Path, wrong: dict[str, Any], expected: list[str]
) -> None:
    for name, value in (GOOD | wrong | {"ENV_FILE": tmp_path / "none"}).items():
        setattr(settings, name, value)
    assert [one.id for one in settings_are_for_production()] == expected


def test_a_service_that_reads_the_owners_address_is_said(settings: Any, tmp_path: Path) -> None:
    settings.ENV_FILE = tmp_path / "site.env"
    settings.ENV_FILE.write_text("DATABASE_OWNER_URL=postgresql://baimo_owner@/baimo\n")
    assert "registry.W002" in {one.id for one in settings_are_for_production()}


@pytest.mark.django_db
def test_files_and_accounts_that_are_not_there_are_said(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT, settings.LOCALE_PATHS = str(tmp_path), [tmp_path]
    (tmp_path / "zh/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "zh/LC_MESSAGES/django.po").touch()
    found = [one.id for one in site_can_be_served(["default"])]
    assert found == ["registry.E008", "registry.E009", "registry.W003"]


@pytest.mark.django_db
def test_a_site_that_is_ready_is_not_complained_of(settings: Any, tmp_path: Path, admin_user: Any) -> None:
    settings.STATIC_ROOT, settings.LOCALE_PATHS = str(tmp_path), [tmp_path]
    (tmp_path / "staticfiles.json").touch()
    assert site_can_be_served(["default"]) == []


def checked(**variables: str) -> subprocess.CompletedProcess[str]:
    environment = clean(**variables)
    return subprocess.run(
        manage("check", "--deploy", "--database", "default"),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.server
def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    done = checked(SECRET_KEY="x" * 50, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert ("The database does not answer (" in done.stderr, "Traceback" in done.stderr) == (True, False)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "x" * 50, "HTTPS": "perhaps"}, "HTTPS is 'perhaps': write 1 or 0."),
        ({"ENV_FILE": "/no/such.env"}, "ENV_FILE names /no/such.env, which is not there."),
    ],
)
def test_settings_that_cannot_be_read_are_one_sentence(variables: dict[str, str], said: str) -> None:
    done = checked(**variables)
    assert (done.returncode, done.stderr.startswith(said), done.stderr.count("\n")) == (1, True, 1)
