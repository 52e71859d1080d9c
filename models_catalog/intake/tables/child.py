"""The child process that reads one upload under resource limits and exits.

Input: file name, sheet and headings as JSON, a line feed, the file. Output: the result as JSON, a line feed, the text.
"""

import json
import resource
import sys
from typing import Any

sys.modules["numpy"] = None  # type: ignore[assignment]  # keeps openpyxl from loading it, which costs memory

from models_catalog.intake.tables.files import file_of  # noqa: E402  # after the line above
from models_catalog.intake.tables.limits import MEMORY_BYTES, SECONDS, too_costly  # noqa: E402
from models_catalog.intake.tables.rows import Unreadable, read_table  # noqa: E402


def main() -> None:
    _bound(resource.RLIMIT_AS, MEMORY_BYTES)
    _bound(resource.RLIMIT_CPU, SECONDS)
    _bound(resource.RLIMIT_FSIZE, 0)
    asked, _line_feed, content = sys.stdin.buffer.read().partition(b"\n")
    name, sheet, headings = json.loads(asked)
    try:
        found = file_of(name, content, sheet, frozenset(headings))
        read_table(found.text, delimiter=found.delimiter)
    except Unreadable as error:
        _refuse(error)
    except MemoryError:
        _refuse(too_costly())
    else:
        _say({name: value for name, value in vars(found).items() if name != "text"}, found.text)


def _bound(what: int, most: int) -> None:
    """Set a hard resource limit, where the system supports it."""
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):  # macOS has no address-space limit: only the time limits apply
        return


def _refuse(why: Unreadable) -> None:
    _say({"refused": why.words, "values": why.values})


def _say(found: dict[str, Any], text: str = "") -> None:
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + text.encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main()
