"""`python -m bench.published LOG COMMIT DATE`: what `make bench` printed, as the tables of docs/speed.md."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.site import CHECKOUT

DOCUMENT = CHECKOUT / "docs" / "speed.md"
_SIZE = re.compile(r"(?P<n>[\d,]+) entries, [\d,]+ developers; load (?P<load>[\d.]+);")
_TIME = r"(\S+ \[\S+\])"
_ROW = re.compile(rf"(\S.*?)\s{{2,}}{_TIME}\s+(\S+)\s+{_TIME}\s+{_TIME}\s+(\S+)\s+(\S+)\s+(met|kept|missed)$")
_WORDS = {"met": "met", "kept": "met by kept pages only", "missed": "missed"}
_HEAD = """| work | made | p95 | kept | Datasette | ratio made | ratio kept | goal 5 |
|---|---|---|---|---|---|---|---|
"""
_SECTION = re.compile(r"^### ([\d,]+) entries.*?(?=^##)", re.MULTILINE | re.DOTALL)


def sections(log: str, commit: str, date: str) -> Iterator[tuple[str, str]]:
    """Each size in the log, as it is written, and its section of the document."""
    for part in re.split(r"\n(?=[\d,]+ entries, )", log):
        if not (size := _SIZE.match(part)):
            continue
        rows, told = [], []
        for line in part.splitlines()[2:]:
            if found := _ROW.match(line):
                *cells, goal = found.groups()
                rows.append(f"| {' | '.join([*cells, _WORDS[goal]])} |\n")
            elif line.startswith(("CSV ", "memory ")) or "requests/s" in line:
                told.append(line)
        title = f"### {size['n']} entries, {date} at {commit} (load at the beginning {size['load']})"
        yield size["n"], f"{title}\n\n{_HEAD}{''.join(rows)}\n{'; '.join(told)}.\n\n"


def filled(document: str, log: str, commit: str, date: str) -> str:
    """The document with the sections of the log in place of those of the same sizes, and new ones behind them."""
    made = dict(sections(log, commit, date))
    if not made:
        raise ValueError("the log has no table")
    standing = {found[1]: found[0] for found in _SECTION.finditer(document)}
    sizes = sorted({**standing, **made}, key=lambda size: int(size.replace(",", "")))
    first = min(document.index(section) for section in standing.values())
    for section in standing.values():
        document = document.replace(section, "")
    new = "".join(made.get(size) or standing[size] for size in sizes)
    return document[:first] + new + document[first:]


if __name__ == "__main__":
    log, commit, date = sys.argv[1:]
    DOCUMENT.write_text(filled(DOCUMENT.read_text(), Path(log).read_text(), commit, date))
