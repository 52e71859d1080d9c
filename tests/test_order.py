"""What begins first is there, and does begin first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.order import LONGEST, in_order


def test_every_long_file_is_there() -> None:
    here = {path.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert [name for name in LONGEST if name not in here] == []


def test_the_longest_begin_and_the_others_keep_their_places() -> None:
    items: Any = [
        SimpleNamespace(path=Path(name)) for name in ("b/test_b.py", "x/test_serve.py", "a.py", LONGEST[0])
    ]
    in_order(items)
    assert [str(one.path) for one in items] == [LONGEST[0], "x/test_serve.py", "b/test_b.py", "a.py"]


def test_those_that_share_rows_are_the_last_of_their_file() -> None:
    tests = [("a.py", ["db", "shared_pair"]), ("a.py", ["db"]), ("b.py", ["shared_many"]), ("b.py", [])]
    items: Any = [SimpleNamespace(path=Path(name), fixturenames=names) for name, names in tests]
    in_order(items)
    assert [(str(one.path), one.fixturenames) for one in items] == [tests[1], tests[0], tests[3], tests[2]]
