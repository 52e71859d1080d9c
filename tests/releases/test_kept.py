"""The current package is built once for all processes, by one, and kept until the registry changes."""

from typing import Any

import pytest

from models_catalog.history.version import version
from models_catalog.limits.turns import TooManyAtOnce, turn
from models_catalog.publish.releases import kept
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.kept import current_package
from models_catalog.publish.releases.package import members
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.TURNS_FOLDER = tmp_path / "turns"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One item for each time that a package was built."""
    times: list[int] = []

    def counted(edition: Edition) -> dict[str, bytes]:
        times.append(1)
        return members(edition)

    monkeypatch.setattr("models_catalog.publish.releases.kept.members", counted)
    return times


def read() -> bytes:
    with current_package(version()) as file:
        return file.read()


def test_one_state_is_built_once(built: list[int]) -> None:
    make_entry()
    assert (read() == read(), len(built)) == (True, 1)


def test_another_state_takes_its_place_and_a_reader_of_the_first_reads_on(
    built: list[int], settings: Any
) -> None:
    make_entry()
    with current_package(version()) as first:
        make_entry("文心")
        assert read() != first.read() != b""
    assert len([*settings.TURNS_FOLDER.glob("package-*.zip")]) == 1


def test_while_one_builds_it_nobody_else_does(built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0)
    with turn("package", 1), pytest.raises(TooManyAtOnce):
        read()
    assert built == []


def test_what_a_killed_builder_left_is_no_package(settings: Any) -> None:
    settings.TURNS_FOLDER.mkdir(mode=0o700)
    left = settings.TURNS_FOLDER / "package-0.part"
    left.write_bytes(b"PK")
    assert (len(read()) > 2, left.exists()) == (True, False)
