"""Statements that are too long to be read among operations: the files of `sql/`."""

from pathlib import Path

from django.db.migrations import RunSQL

FOLDER = Path(__file__).with_name("sql")


def run(name: str, undo: str) -> RunSQL:
    """Run the statements of one file; `undo` takes back what they make."""
    return RunSQL((FOLDER / f"{name}.sql").read_text(encoding="utf-8"), undo)


def backing_with(*numbers: str) -> RunSQL:
    """Have the database refuse these numbers of an entry, too, where no accepted claim gives them; undone, only those before them."""
    text = (FOLDER / "backing.sql").read_text(encoding="utf-8")
    function = text[text.index("CREATE FUNCTION") : text.index("$$;") + 3].replace(
        "CREATE", "CREATE OR REPLACE", 1
    )
    last = "        ('parameters', '', entry.parameters, NULL),\n"

    def with_all(names: tuple[str, ...]) -> str:
        rows = "".join(f"        ('{name}', '', entry.{name}, NULL),\n" for name in names)
        return function.replace(last, last + rows)

    return RunSQL(with_all(numbers), with_all(numbers[:-1]))
