"""The order of tests: the longest files first, so that no process works at one of them while the others have nothing left.

Within a file, those that share rows come last: the rows stay until the file ends (tests/once.py).
"""

from pathlib import Path

import pytest

LONGEST = (
    "test_access.py", "test_serve.py", "test_inputs.py", "test_nothing_proposed.py", "test_cases.py", "test_schema.py",
    "test_nasty_forms.py", "test_zoom.py", "test_racing_edits.py", "test_import_runs.py", "test_threads.py", "test_xss.py",
    "test_gunicorn_behind.py",
)  # fmt: skip
"""By the durations of a whole run (`pytest --durations=0`)."""


SHARED = "shared_"
"""How the names of fixtures begin whose rows the tests of a file share."""


def in_order(items: list[pytest.Item]) -> None:
    """Move them to their places; all others keep theirs."""
    files = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (_place(item.path), files[item.path], _shares(item)))


def _place(path: Path) -> int:
    return LONGEST.index(path.name) if path.name in LONGEST else len(LONGEST)


def _shares(item: pytest.Item) -> bool:
    return any(name.startswith(SHARED) for name in getattr(item, "fixturenames", ()))
