"""Rows of one table that may name the same model in two spellings: 文心一言, 文心一言(ERNIE Bot), wenxin yiyan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models_catalog.text.names import Keys, fold, keys

LONGEST = 24
"""Maximum folded length of a name that is compared by containment."""
SHORTEST_SPELT = 5
"""Minimum number of letters for a match inside the pinyin of another name."""
MOST = 8
"""Maximum number of rows that one row is asked about."""
_ANY = None
"""Wildcard for the maker."""

Form = tuple[str, str | None]


@dataclass(frozen=True)
class Spelt:
    """The names, other names and makers of one row; each maker is a key shared by all of its names."""

    line: int
    names: Sequence[str]
    aliases: Sequence[str]
    makers: frozenset[str]


def alike_rows(rows: Sequence[Spelt]) -> dict[int, list[int]]:
    """Return line → earlier lines that may name the same model. The same name by two makers means two models.

    Two names are alike if one is the pinyin or initials of the other, or contained in it.
    """
    spelt = _keyed(rows)
    typed, called = _Index(), _Index()
    for row, names, aliases in spelt:
        for one in [*names, *aliases]:
            typed.add(row, {one.folded, one.pinyin, *([one.initials] if len(one.initials) > 2 else [])})
        called.add(row, {one.folded for one in names})
    found: dict[int, set[int]] = defaultdict(set)
    for row, names, aliases in spelt:
        others = {line for one in [*names, *aliases] for line in typed.lines(row, [one.folded])}
        others |= {line for one in names for line in called.lines(row, _within(one, called))}
        for line in others - {row.line}:
            found[max(line, row.line)].add(min(line, row.line))
    return {line: sorted(others)[:MOST] for line, others in found.items()}


def _keyed(rows: Sequence[Spelt]) -> list[tuple[Spelt, list[Keys], list[Keys]]]:
    """Return the rows with the keys of their names; pinyin, which is slow, only if some name is in Latin letters."""
    is_spelt = any(fold(name).isascii() for row in rows for name in (*row.names, *row.aliases))

    def keyed(names: Sequence[str]) -> list[Keys]:
        return [keys(name) if is_spelt else Keys(fold(name), "", "") for name in names]

    return [(row, keyed(row.names), keyed(row.aliases)) for row in rows]


class _Index:
    """Lines by form and maker, with a limit on the lines of each."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        self.lengths: set[int] = set()
        self._lines: dict[Form, list[int]] = defaultdict(list)

    def add(self, row: Spelt, forms: set[str]) -> None:
        forms = {form for form in forms if form}
        self.forms |= forms
        self.lengths.update(map(len, forms))
        for form in forms:
            for maker in (*(row.makers or [""]), _ANY):
                lines = self._lines[form, maker]
                if len(lines) <= MOST:
                    lines.append(row.line)

    def lines(self, row: Spelt, forms: Iterable[str]) -> Iterator[int]:
        """Yield the lines with one of the forms and with the same maker as the row, or where either has no maker."""
        for form in forms:
            for maker in (*row.makers, "") if row.makers else (_ANY,):
                yield from self._lines.get((form, maker), ())


def _within(name: Keys, known: _Index) -> Iterator[str]:
    """Yield the forms in `known` that occur within the name, or within its pinyin if they are long enough."""
    for whole, shortest in ((name.folded, 2), (name.pinyin, SHORTEST_SPELT)):
        for length in known.lengths:
            for start in (
                range(len(whole) - length + 1) if shortest <= length <= len(whole) <= LONGEST else ()
            ):
                part = whole[start : start + length]
                if part in known.forms and not cuts_number(whole, start, start + length):
                    yield part


def cuts_number(whole: str, start: int, end: int) -> bool:
    """Return whether whole[start:end] splits a number: 轩辕1 is not within 轩辕10."""
    edges = (whole[max(0, start - 1) : start + 1], whole[end - 1 : end + 1])
    return any(len(edge) == 2 and edge.isdigit() for edge in edges)
