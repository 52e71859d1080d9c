"""Statements that are too long to be read among operations: the files of `sql/`."""

from pathlib import Path

from django.db.migrations import RunSQL

FOLDER = Path(__file__).with_name("sql")


def run(name: str, undo: str) -> RunSQL:
    """Run the statements of one file; `undo` takes back what they make."""
    return RunSQL((FOLDER / f"{name}.sql").read_text(encoding="utf-8"), undo)
