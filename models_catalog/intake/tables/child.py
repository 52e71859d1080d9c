"""The process in which an upload is read: it bounds itself, reads one file, answers and ends.

In: the file's name, the sheet and the headings as JSON, a line feed, the file. Out: what was found as JSON, a line feed, the text.
"""

import json
import resource
import sys
from typing import Any

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it: memory for cells that nobody has

from models_catalog.intake.tables.files import file_of  # noqa: E402  # after what stands above
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
        read_table(found.text)
    except Unreadable as error:
        _refuse(error)
    except MemoryError:
        _refuse(too_costly())
    else:
        _say({"encoding": found.encoding, "sheet": found.sheet, "hidden_rows": found.hidden_rows}, found.text)


def _bound(what: int, most: int) -> None:
    """Set a limit that nothing in this process can lift, where the system knows it."""
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):  # macOS has no limit of address space: there the seconds must do
        return


def _refuse(why: Unreadable) -> None:
    _say({"refused": why.words, "values": why.values})


def _say(found: dict[str, Any], text: str = "") -> None:
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + text.encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main()
