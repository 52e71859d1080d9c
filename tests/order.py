"""The longest files of tests begin first, so that no process works at one of them while the others have nothing left."""

from pathlib import Path

import pytest

LONGEST = (
    "test_access.py", "test_serve.py", "test_inputs.py", "test_nothing_proposed.py", "test_cases.py", "test_schema.py",
    "test_nasty_forms.py", "test_zoom.py", "test_racing_edits.py", "test_import_runs.py", "test_threads.py", "test_xss.py",
    "test_gunicorn_behind.py",
)  # fmt: skip
"""By the durations of a whole run (`pytest --durations=0`)."""


def longest_first(items: list[pytest.Item]) -> None:
    """Move them to the front; all others keep their places."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    return LONGEST.index(path.name) if path.name in LONGEST else len(LONGEST)
