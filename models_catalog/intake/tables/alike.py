"""Rows of one table that may name the same model in two spellings: 文心一言, 文心一言(ERNIE Bot), wenxin yiyan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models_catalog.text.names import Keys, fold, keys

LONGEST = 24
"""Folded characters of a name; a longer one is not looked for within others, nor others within it."""
SHORTEST_SPELT = 5
"""Letters that a name has at least to be looked for within the pinyin of others."""
MOST = 8
"""Rows that one row is asked about; more would not be read."""
_ANY = None
"""In place of a maker: whoever it is."""

Form = tuple[str, str | None]


@dataclass(frozen=True)
class Spelt:
    """What a row calls its model, what else it is called there, and by whom it is made, each maker as one key."""

    line: int
    names: Sequence[str]
    aliases: Sequence[str]
    makers: frozenset[str]


def alike_rows(rows: Sequence[Spelt]) -> dict[int, list[int]]:
    """Line → earlier lines that may name the same model; two makers' models of one name are two.

    Alike are two names of which one is the other in pinyin or initials, or stands within the other.
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
    """The rows with the keys of their names; pinyin, which costs time, only where a name is spelt in letters."""
    is_spelt = any(fold(name).isascii() for row in rows for name in (*row.names, *row.aliases))

    def keyed(names: Sequence[str]) -> list[Keys]:
        return [keys(name) if is_spelt else Keys(fold(name), "", "") for name in names]

    return [(row, keyed(row.names), keyed(row.aliases)) for row in rows]


class _Index:
    """Lines by form and maker; of each the first few."""

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
        """Those with one of the forms whose makers are the row's, or not told."""
        for form in forms:
            for maker in (*row.makers, "") if row.makers else (_ANY,):
                yield from self._lines.get((form, maker), ())


def _within(name: Keys, known: _Index) -> Iterator[str]:
    """The forms that `known` has and that stand within the name, or within its pinyin if they are long enough."""
    for whole, shortest in ((name.folded, 2), (name.pinyin, SHORTEST_SPELT)):
        for length in known.lengths:
            for start in (
                range(len(whole) - length + 1) if shortest <= length <= len(whole) <= LONGEST else ()
            ):
                part = whole[start : start + length]
                if part in known.forms and not cuts_number(whole, start, start + length):
                    yield part


def cuts_number(whole: str, start: int, end: int) -> bool:
    """Whether a number goes on beyond whole[start:end]: 轩辕1 is not within 轩辕10."""
    edges = (whole[max(0, start - 1) : start + 1], whole[end - 1 : end + 1])
    return any(len(edge) == 2 and edge.isdigit() for edge in edges)
