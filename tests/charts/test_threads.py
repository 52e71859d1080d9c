"""What threads share answers all of them as it answers one, from its first use on."""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from models_catalog.charts.registry import CHARTS
from tests.charts.conftest import built


def figures() -> dict[str, Any]:
    return {name: built(name).figure() for name in CHARTS}


@cache
def answers(way: str, pictures: str) -> dict[str, list[str]]:
    """Job → the different answers that `tests.hammer` got in a fresh process, once for the same figures (as JSON)."""
    command = [sys.executable, "-m", "tests.hammer", way]
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        input=pictures,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("way", ["together", "scattered"])
@pytest.mark.usefixtures("shared_registry")
def test_ten_threads_at_first_use_are_answered_as_one_thread(way: str) -> None:
    pictures = json.dumps(figures())
    alone = answers("alone", pictures)
    assert [found for found in alone.values() if len(found[0]) != 64] == []  # no errors
    assert answers(way, pictures) == alone
