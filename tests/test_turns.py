"""Turns: so many at a time over all processes, and given back by whoever dies."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from models_catalog.limits import turns
from models_catalog.limits.turns import TooManyAtOnce, turn

HOLDS = """
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.TURNS_FOLDER = tmp_path / "turns"


def test_there_are_so_many_turns_and_no_more() -> None:
    with turn("dear", 2), turn("dear", 2):
        with pytest.raises(TooManyAtOnce), turn("dear", 2):
            pass
        with turn("other", 1):
            pass
    with turn("dear", 1):
        pass


def test_an_error_within_gives_the_turn_back() -> None:
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), turn("dear", 1):
            raise ZeroDivisionError


def test_a_process_that_is_killed_gives_its_turn_back(settings: Any) -> None:
    with turn("dear", 1):
        pass
    command = [sys.executable, "-c", HOLDS, str(settings.TURNS_FOLDER / "dear-0")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(TooManyAtOnce), turn("dear", 1):
            pass
        other.kill()
    with turn("dear", 1):
        pass


def test_a_folder_that_others_may_enter_is_not_used(settings: Any) -> None:
    settings.TURNS_FOLDER.mkdir()
    settings.TURNS_FOLDER.chmod(0o777)
    turns._own_folder.cache_clear()
    with turn("dear", 1):
        assert [*settings.TURNS_FOLDER.iterdir()] == []


def test_one_may_wait_and_the_next_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAITING", 1)
    at_work, waiting = turn("dear", 1), turn("dear-waiting", 1)
    with at_work, waiting, pytest.raises(TooManyAtOnce), turn("dear", 1, wait=60):
        pass


def test_who_waits_gets_the_turn_that_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    held = turn("dear", 1)
    held.__enter__()
    monkeypatch.setattr(
        "models_catalog.limits.turns.time.sleep", lambda _seconds: held.__exit__(None, None, None)
    )
    with turn("dear", 1, wait=60):
        pass


def test_some_threads_of_a_process_are_left_for_pages(settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 99
    with ExitStack() as held:
        for _thread in range(settings.THREADS // 2):
            held.enter_context(turns.dear())
        with pytest.raises(TooManyAtOnce), turns.dear(wait=60):
            pass
    with turns.dear():
        pass
